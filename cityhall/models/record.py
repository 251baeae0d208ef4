"""The shape of the append-only trail; each floor above makes its own table of it."""

from django.db import models


class ActedAs(models.TextChoices):
    """In what capacity somebody acted: a role of the city hall, or none of them."""

    DESK = "desk", "窓口"
    MEMBER = "member", "関係課"
    HEAD = "head", "所属長"
    MANAGER = "manager", "閲覧"
    ADMIN = "admin", "システム管理"
    PROPOSER = "proposer", "提案者"
    SYSTEM = "system", "自動"
    LEDGER = "ledger", "台帳"


class Record(models.Model):
    """One thing that happened to a subject (記録): appended, chained, never changed (D13).

    `on` is the JST day it happened, `entered_at` the moment it was written down. A correction is a new
    record that supersedes the old one and takes its place in the order of things.
    A table of records adds `subject`, `supersedes` and what its figures need.
    """

    sequence = models.PositiveIntegerField("通し番号")
    place = models.PositiveIntegerField("順序")
    on = models.DateField("起きた日")
    entered_at = models.DateTimeField("記録した時刻")
    by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="記録した人", related_name="+", null=True, blank=True
    )
    posting = models.ForeignKey(
        "cityhall.Posting", models.PROTECT, verbose_name="配属", related_name="+", null=True, blank=True
    )
    acted_as = models.CharField("立場", max_length=10, choices=ActedAs)
    data = models.JSONField("細目", default=dict)
    text_hash = models.CharField("文の指紋", max_length=64, blank=True)
    previous_hash = models.CharField("前の記録の指紋", max_length=64, blank=True)
    hash = models.CharField("指紋", max_length=64)

    class Meta:
        abstract = True
        ordering = ["sequence"]

    def __str__(self):
        return f"{self.on} {self.sequence}"


class RecordText(models.Model):
    """The words of a record (記録の文): erasable, its salted hash stands in the chain."""

    salt = models.CharField("塩", max_length=32)
    text = models.TextField("文")

    class Meta:
        abstract = True

    def __str__(self):
        return self.text
