"""The proposer's own words, version by version, and whom to call."""

from django.db import models

from proposals.search import PairsField, entry


class SubmissionManager(models.Manager):
    def get_queryset(self):
        """Without what only the search reads."""
        return super().get_queryset().defer("search_text", "search_pairs")


class Submission(models.Model):
    """A proposal as it was typed (届いたまま); nobody edits it, a revision is a new version."""

    class Cost(models.TextChoices):
        NONE = "none", "なし"
        ACTUAL = "actual", "実費程度"
        YES = "yes", "あり"
        UNKNOWN = "unknown", "未定"

    class Maturity(models.TextChoices):
        IDEA = "idea", "アイデア"
        PROTOTYPE = "prototype", "試作"
        TRIED = "tried", "実証済"
        OFFERED = "offered", "提供中"

    class Sharing(models.TextChoices):
        ALL = "all", "関係課すべてに共有してよい"
        ASK = "ask", "事前に相談してほしい"

    class Publicity(models.TextChoices):
        NAME = "name", "団体名も公表してよい"
        OUTLINE = "outline", "概要のみ公表してよい"
        ASK = "ask", "相談したい"

    class Rights(models.TextChoices):
        NONE = "none", "なし"
        YES = "yes", "あり（出願中・登録済・ノウハウ）"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="submissions"
    )
    version = models.PositiveSmallIntegerField("版", default=1)
    key = models.CharField("送信の鍵", max_length=64, unique=True, null=True, blank=True)
    submitted_at = models.DateTimeField("届いた時刻", auto_now_add=True)
    notices_version = models.CharField("お知らせの版", max_length=20, blank=True)
    pledges_version = models.CharField("約束の版", max_length=20, blank=True)
    pledges = models.JSONField("約束", default=list, blank=True)

    organization_name = models.CharField("団体名", max_length=300)
    representative = models.CharField("代表者 職・氏名", max_length=60, blank=True)
    local_base = models.CharField("座間市内の拠点・活動", max_length=200, blank=True)
    theme = models.ForeignKey(
        "proposals.Theme",
        models.PROTECT,
        verbose_name="答える困りごと",
        related_name="answers",
        null=True,
        blank=True,
    )
    title = models.CharField("件名", max_length=500)
    overview = models.TextField("概要", blank=True)
    problem = models.TextField("解決したい地域課題・背景", blank=True)
    fields = models.JSONField("分野", default=list, blank=True)
    sdgs = models.JSONField("SDGs", default=list, blank=True)
    activity = models.TextField("取組の内容", blank=True)
    benefit = models.TextField("市民・地域にとっての良いこと", blank=True)
    own_gain = models.TextField("貴団体にとっての意義", blank=True)
    requests = models.JSONField("市にお願いしたいこと", default=list, blank=True)
    requests_note = models.CharField("お願いの中身", max_length=300, blank=True)
    brings = models.JSONField("貴団体が持ち寄るもの", default=list, blank=True)
    brings_note = models.CharField("持ち寄るものの中身", max_length=300, blank=True)
    cost = models.CharField("市の費用負担", max_length=10, choices=Cost, blank=True)
    cost_amount = models.PositiveBigIntegerField("概算額（円）", null=True, blank=True)
    maturity = models.CharField("取組の段階", max_length=10, choices=Maturity, blank=True)
    wished_month = models.DateField("希望する時期", null=True, blank=True)
    capacity = models.TextField("実施体制・実績・他自治体の例", blank=True)
    measures = models.TextField("成果の測り方の案", blank=True)
    wished_partners = models.TextField("つながりたい地域団体・活動", blank=True)
    sharing = models.CharField("共有してよい範囲", max_length=10, choices=Sharing, blank=True)
    nondisclosure = models.JSONField("非公開を希望する部分", default=list, blank=True)
    nondisclosure_reason = models.CharField("非公開を希望する理由", max_length=300, blank=True)
    rights = models.CharField("知的財産", max_length=10, choices=Rights, blank=True)
    rights_note = models.CharField("知的財産の中身", max_length=200, blank=True)
    publicity = models.CharField("実現時の公表", max_length=10, choices=Publicity, blank=True)

    # of the newest version alone, never shown: what the case is found by (`proposals.search`)
    search_text = models.TextField("検索の鍵", blank=True, editable=False)
    search_pairs = PairsField("検索の印", blank=True, editable=False, default="")

    objects = SubmissionManager()

    class Meta:
        verbose_name = "届いたままの提案"
        verbose_name_plural = "届いたままの提案"
        ordering = ["proposal", "version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="submission_version_once")
        ]

    def __str__(self):
        return f"{self.proposal.number} 第{self.version}版"

    def save(self, *args, **options):
        """A new version takes the place of the one before it in the search."""
        if self._state.adding:
            vars(self).update(entry(self))
            if self.version > 1:
                earlier = Submission.objects.filter(proposal=self.proposal_id)
                earlier.update(search_text="", search_pairs="")
        super().save(*args, **options)


class Contact(models.Model):
    """Whom to call about a case (連絡先); kept apart so that it can be erased apart."""

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="contact"
    )
    section = models.CharField("部署", max_length=60, blank=True)
    name = models.CharField("担当者", max_length=60, blank=True)
    kana = models.CharField("ふりがな", max_length=60, blank=True)
    email = models.EmailField("メールアドレス", max_length=254, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    ways = models.JSONField("連絡方法", default=list, blank=True)
    consideration = models.CharField("配慮してほしいこと", max_length=300, blank=True)

    class Meta:
        verbose_name = "連絡先"
        verbose_name_plural = "連絡先"

    def __str__(self):
        return f"{self.proposal.number} {self.name}"
