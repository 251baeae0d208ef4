"""Papers that came with a proposal or a message."""

from django.db import models
from django.db.models import Q

from cityhall.uploads import names
from cityhall.uploads.check import megabytes


class AttachmentQuerySet(models.QuerySet):
    def of(self, cases):
        """The papers of these cases."""
        return self.filter(proposal__in=cases)

    def with_words(self):
        """With the version or the message they came with."""
        return self.select_related("submission", "message")

    def waiting_for_scan(self):
        """Those no scanner has answered for."""
        return self.filter(scan__in=[StoredFile.Scan.PENDING, StoredFile.Scan.UNSCANNED])


class StoredFile(models.Model):
    """A file from outside: checked, kept under a random name, its own name only data (D15, D16)."""

    class Scan(models.TextChoices):
        PENDING = "pending", "確かめています"
        CLEAN = "clean", "安全を確認しました"
        INFECTED = "infected", "危険なものが見つかりました"
        UNSCANNABLE = "unscannable", "確かめられませんでした"
        UNSCANNED = "unscanned", "未検査"

    name = models.CharField("保存名", max_length=64, unique=True, editable=False)
    original_name = models.CharField("ファイル名", max_length=255)
    content_type = models.CharField("種類", max_length=100)
    size = models.PositiveIntegerField("大きさ（バイト）")
    sha256 = models.CharField("指紋", max_length=64)
    scan = models.CharField("検査", max_length=12, choices=Scan, default=Scan.PENDING)
    scanned_at = models.DateTimeField("検査した時刻", null=True, blank=True)
    uploaded_at = models.DateTimeField("届いた時刻", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return names.shown(self.original_name)

    @property
    def megabytes(self):
        return megabytes(self.size)

    @property
    def is_infected(self):
        return self.scan == self.Scan.INFECTED


class Attachment(StoredFile):
    """A file somebody added to a proposal (添付資料).

    It belongs to a draft, once sent to the case; `submission` or `message` tells with which words it came.
    """

    draft = models.ForeignKey(
        "proposals.Draft",
        models.PROTECT,
        verbose_name="下書き",
        related_name="attachments",
        null=True,
        blank=True,
    )
    proposal = models.ForeignKey(
        "proposals.Proposal",
        models.PROTECT,
        verbose_name="案件",
        related_name="attachments",
        null=True,
        blank=True,
    )
    submission = models.ForeignKey(
        "proposals.Submission",
        models.PROTECT,
        verbose_name="いっしょに届いた版",
        related_name="attachments",
        null=True,
        blank=True,
    )
    message = models.ForeignKey(
        "proposals.Message",
        models.PROTECT,
        verbose_name="いっしょに届いた文",
        related_name="attachments",
        null=True,
        blank=True,
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = "添付資料"
        verbose_name_plural = "添付資料"
        indexes = [models.Index(fields=["scan", "uploaded_at"], name="attachment_to_scan")]
        constraints = [
            models.CheckConstraint(
                name="attachment_of_a_draft_or_a_case",
                condition=Q(draft__isnull=False, proposal__isnull=True)
                | Q(draft__isnull=True, proposal__isnull=False),
                violation_error_message="添付資料は、下書きか案件のどちらか1つのものです。",
            ),
        ]
