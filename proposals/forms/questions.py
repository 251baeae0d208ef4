"""What the public form asks, field by field (domain.md §6); MUST, FOR_PROPOSALS, FREE are its ● ◎ ○."""

from datetime import date
from functools import cached_property, lru_cache

from django import forms
from django.utils import timezone

from cityhall import calendar, text
from proposals.forms import words
from proposals.forms.fields import (
    ANYWAY,
    FOR_PROPOSALS,
    FREE,
    MUST,
    Code,
    Drop,
    Hiragana,
    Katakana,
    Line,
    Lines,
    Mail,
    Pick,
    Site,
    Tick,
    Ticks,
    amount,
)
from proposals.forms.papers import Papers
from proposals.forms.part import PartForm
from proposals.models import Submission, Theme

ANY_NUMBER = "いくつでも選べます。"
LEFT = "約束していただくことが{}つ残っています。"
MONTHS_AHEAD = 24


class Organization(PartForm):
    """1 団体と連絡先."""

    groups = {
        "団体": [
            "organization_kind", "organization_name", "organization_kana", "corporate_number",
            "representative", "postal_code", "address", "local_base", "website",
        ],
        "ご担当の方": [
            "section", "contact_name", "contact_kana", "email", "email_again", "phone", "ways",
            "consideration",
        ],
    }  # fmt: skip

    organization_kind = Pick(
        MUST,
        "団体の区分",
        words.ORGANIZATION_KINDS,
        help_text="個人の方のご意見は、市の「市民の声」で承ります。",
    )
    organization_name = Line(
        MUST, "団体名", 100, room=300, help_text="登記上の名称をお書きください。", autocomplete="organization"
    )
    organization_kana = Katakana(MUST, "団体名（フリガナ）", 150, help_text="全角カタカナ")
    corporate_number = Code(
        FREE, "法人番号", text.corporate_number, help_text="13桁。分からなければ空欄で構いません。"
    )
    representative = Line(FOR_PROPOSALS, "代表者の職・氏名", 60)
    postal_code = Code(
        FOR_PROPOSALS, "郵便番号", text.postal_code, help_text="7桁の数字", autocomplete="postal-code"
    )
    address = Line(
        FOR_PROPOSALS, "所在地", 200, help_text="本社、または主な活動場所", autocomplete="street-address"
    )
    local_base = Line(
        FREE, "座間市内の拠点・活動", 200, help_text="あれば、場所や活動を。なくても提案できます。"
    )
    website = Site(
        FREE,
        "ウェブサイト",
        max_length=300,
        assume_scheme="https",
        help_text="https:// から始まる住所",
        autocomplete="url",
    )
    section = Line(MUST, "担当者の部署", 60, help_text="部署がないときは「なし」とお書きください。")
    contact_name = Line(MUST, "担当者の氏名", 60, autocomplete="name")
    contact_kana = Hiragana(MUST, "担当者の氏名（ふりがな）", 60, help_text="ひらがな")
    email = Mail(MUST, "メールアドレス", help_text="受付のお知らせを送ります。", autocomplete="email")
    email_again = Mail(
        MUST, "メールアドレス（確認）", help_text="もう一度お書きください。", autocomplete="email"
    )
    phone = Code(
        MUST, "電話番号", text.phone, help_text="日中つながる番号を、市外局番から", autocomplete="tel"
    )
    ways = Ticks(ANYWAY, "連絡しやすい方法", words.WAYS, help_text=ANY_NUMBER)
    consideration = Lines(
        ANYWAY, "都合の良い時間、配慮してほしいこと", 300, help_text="曜日や時間帯、必要な配慮など"
    )

    def clean(self):
        super().clean()
        again = self.cleaned_data.get("email_again")
        if again and again != self.cleaned_data.get("email", again):
            self.add_error("email_again", "上のメールアドレスと違っています。どちらかを直してください。")


class Substance(PartForm):
    """2 提案の内容."""

    groups = {
        "": [
            "title", "answer_to", "theme", "overview", "problem", "fields", "sdgs", "activity", "benefit",
            "own_gain", "maturity", "wished_month", "capacity", "measures",
        ],
    }  # fmt: skip

    title = Line(MUST, "件名", 40, 5, counted=True, room=200, help_text="一目で分かる名前を、5〜40字で")
    answer_to = Pick(FOR_PROPOSALS, "提案の型", words.ANSWERS_TO, initial="free")
    theme = Drop(
        FREE,
        "どの困りごとに答えますか",
        [],
        error_messages={
            "invalid_choice": "この困りごとの募集は終わりました。ほかを選ぶか、自由な提案にしてください。"
        },
    )
    overview = Lines(MUST, "概要", 400, 20, help_text="3〜5行で。この文が、関係する課に最初に届きます。")
    problem = Lines(
        FOR_PROPOSALS,
        "解決したい地域の課題",
        600,
        20,
        help_text="誰の、どんな困りごとですか。推測でも構いません。",
    )
    fields = Ticks(MUST, "分野", words.FIELDS, help_text="いくつでも。迷うときは「その他」で大丈夫です。")
    sdgs = Ticks(FREE, "SDGs", words.SDGS, help_text="関わりの深いものを3つまで")
    activity = Lines(FOR_PROPOSALS, "取組の内容", 800, 20, help_text="何を、どこで、どうやって")
    benefit = Lines(
        FOR_PROPOSALS, "市民・地域にとっての良いこと", 400, 10, help_text="誰が、どうなるかをお書きください。"
    )
    own_gain = Lines(
        FOR_PROPOSALS, "貴団体にとっての意義", 400, 10, help_text="対等な連携のため、率直にお書きください。"
    )
    maturity = Pick(FOR_PROPOSALS, "取組の段階", Submission.Maturity.choices)
    wished_month = Drop(
        FREE,
        "希望する時期",
        lambda: _months(timezone.localdate()),
        help_text="予算を伴うものは、翌年度以降になることがあります。",
    )
    capacity = Lines(
        FREE, "実施体制・実績・他の自治体の例", 600, help_text="自ら実施できることを、分かる範囲で"
    )
    measures = Lines(FREE, "成果の測り方の案", 300, help_text="思いつく範囲で。窓口が一緒に考えます。")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "theme" in self.fields:
            self.fields["theme"].choices = self._offered

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """The open troubles by their number, asked for when one is shown or chosen."""
        return {theme.number: theme for theme in Theme.objects.offered()}

    def _offered(self) -> list[tuple[str, str]]:
        nothing = "選んでください" if self.themes else "いま公開している困りごとはありません"
        names = ((number, f"{theme.title}（{theme.department}）") for number, theme in self.themes.items())
        return [("", nothing), *names]

    def clean_theme(self):
        return self.themes.get(number) if (number := self.cleaned_data["theme"]) else None

    def clean_sdgs(self):
        if len(self.cleaned_data["sdgs"]) > 3:
            raise forms.ValidationError("3つまでにしてください。")
        return self.cleaned_data["sdgs"]

    def clean_wished_month(self):
        month = self.cleaned_data["wished_month"]
        return date.fromisoformat(f"{month}-01") if month else None

    def clean(self):
        super().clean()
        if "theme" in self.cleaned_data and not self.cleaned_data["theme"]:
            self.add_error("theme", "答える困りごとを選んでください。")


class Wishes(PartForm):
    """3 お願いと持ち寄り."""

    groups = {
        "": [
            "requests", "requests_note", "brings", "brings_note", "cost", "cost_amount", "wished_partners",
        ],
        "取り扱いの希望": ["nondisclosure", "nondisclosure_reason", "rights", "rights_note"],
        "添付資料": ["papers"],
    }  # fmt: skip

    requests = Ticks(FOR_PROPOSALS, "市にお願いしたいこと", words.REQUESTS, help_text=ANY_NUMBER)
    requests_note = Line(FREE, "お願いの中身", 300)
    brings = Ticks(FOR_PROPOSALS, "貴団体が持ち寄るもの", words.BRINGS, help_text=ANY_NUMBER)
    brings_note = Line(FREE, "持ち寄るものの中身", 300)
    cost = Pick(
        FOR_PROPOSALS,
        "市の費用負担",
        Submission.Cost.choices,
        help_text="負担がある場合、入札等で相手を決めることがあります。",
    )
    cost_amount = Code(FREE, "概算額（円）", amount, help_text="分かる範囲で")
    wished_partners = Lines(
        FREE, "つながりたい地域の団体・活動", 200, help_text="自治会・NPO・こども食堂など"
    )
    nondisclosure = Ticks(
        FREE,
        "公開を望まない部分",
        words.PARTS_TO_WITHHOLD,
        help_text="情報公開の請求があれば、条例に沿って市が判断します。",
    )
    nondisclosure_reason = Line(
        FREE, "公開を望まない理由", 300, help_text="上で選んだときは、お書きください。"
    )
    rights = Pick(
        FOR_PROPOSALS,
        "知的財産",
        Submission.Rights.choices,
        help_text="秘密の核心は書かないでください。",
    )
    rights_note = Line(FREE, "知的財産の中身", 200)
    papers = Papers(FREE, "加える書類")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("nondisclosure") and not self.cleaned_data.get("nondisclosure_reason", True):
            self.add_error("nondisclosure_reason", "公開を望まない理由をお書きください。")


class Promises(Ticks):
    """Boxes to be ticked one and all."""

    say_when_empty = say_in_summary = LEFT.format(len(words.PLEDGES))


class Agreement(PartForm):
    """4 確認と約束: asked on the page that shows everything once more."""

    sharing = Pick(
        MUST,
        "庁内で共有してよい範囲",
        Submission.Sharing.choices,
        help_text="関係する課に、同じ説明を繰り返さずに済むようにするためです。",
    )
    publicity = Pick(MUST, "実現したときの公表", Submission.Publicity.choices)
    notices = Tick(MUST, "提案の取り扱い（4つのお知らせ）を確認しました")
    pledges = Promises(
        FOR_PROPOSALS,
        "約束していただくこと",
        words.PLEDGES,
        help_text="5つすべてに印をつけてください。",
    )
    privacy = Tick(MUST, f"{words.PRIVACY}このことに同意します")

    def clean_pledges(self):
        if left := len(words.PLEDGES) - len(self.cleaned_data["pledges"]):
            raise forms.ValidationError(LEFT.format(left), params={"summary": LEFT.format(left)})
        return self.cleaned_data["pledges"]


@lru_cache(2)
def _months(today: date) -> list[tuple[str, str]]:
    this_month = today.year * 12 + today.month - 1
    days = [date(n // 12, n % 12 + 1, 1) for n in range(this_month, this_month + MONTHS_AHEAD)]
    return [("", "未定"), *((f"{day:%Y-%m}", calendar.wareki(day).removesuffix("1日")) for day in days)]
