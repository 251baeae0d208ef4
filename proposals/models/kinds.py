"""The kinds of cases: by which way they came in, from where, and what they may become."""

from django.db import models


class Track(models.TextChoices):
    """The two ways in (今回のご用件)."""

    CONSULTATION = "consultation", "相談"
    PROPOSAL = "proposal", "提案"


class Origin(models.TextChoices):
    """Where a case came from."""

    FORM = "form", "公開フォーム"
    STAFF = "staff", "窓口の入力"
    LEDGER = "ledger", "台帳"


class Category(models.TextChoices):
    """What kind of case it may become (案件の種類), as the yearly report counts them."""

    STRENGTH = "strength", "地域の強みを活かした魅力創出"
    CIVIC = "civic", "市民協働・コミュニティ・NPO支援"
    OTHER = "other", "その他"
