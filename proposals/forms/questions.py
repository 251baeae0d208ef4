"""What the public form asks, field by field (domain.md §6); MUST, FOR_PROPOSALS, FREE are its ● ◎ ○."""

from django import forms

from cityhall import text
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
    PickTheme,
    Site,
    Tick,
    Ticks,
    amount,
)
from proposals.models import Submission, Theme, Track

ANY_NUMBER = "いくつでも選べます。"


class Beginning(forms.Form):
    """今回のご用件, and who asks."""

    track = Pick(
        MUST,
        "どちらで送りますか",
        Track.choices,
        help_text="迷ったら「相談」で大丈夫です。あとから一緒に「提案」にできます。",
        hints={
            Track.CONSULTATION: "まだ形になっていないとき。必須は17項目、10分ほど",
            Track.PROPOSAL: "市と取り組みたいことが決まっているとき。30分ほど",
        },
    )
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


class Substance(forms.Form):
    """提案の内容, and what either side brings."""

    title = Line(MUST, "件名", 40, 5, counted=True, room=200, help_text="一目で分かる名前を、5〜40字で")
    answer_to = Pick(FOR_PROPOSALS, "提案の型", words.ANSWERS_TO, initial="free")
    theme = PickTheme(
        FREE, "どの困りごとに答えますか", queryset=Theme.objects.none(), empty_label="選んでください"
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
        FREE, "希望する時期", [], help_text="予算を伴うものは、翌年度以降になることがあります。"
    )
    capacity = Lines(
        FREE, "実施体制・実績・他の自治体の例", 600, help_text="自ら実施できることを、分かる範囲で"
    )
    measures = Lines(FREE, "成果の測り方の案", 300, help_text="思いつく範囲で。窓口が一緒に考えます。")
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


class Agreement(forms.Form):
    """確認と約束."""

    sharing = Pick(
        MUST,
        "庁内で共有してよい範囲",
        Submission.Sharing.choices,
        help_text="関係する課に、同じ説明を繰り返さずに済むようにするためです。",
    )
    publicity = Pick(MUST, "実現したときの公表", Submission.Publicity.choices)
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
    notices = Tick(MUST, "提案の取り扱い（4つのお知らせ）を確認しました")
    pledges = Ticks(
        FOR_PROPOSALS,
        "約束していただくこと",
        words.PLEDGES,
        help_text="5つすべてに印をつけてください。",
    )
    privacy = Tick(MUST, f"{words.PRIVACY}このことに同意します")
