"""Other schemes a case may belong to: when each fits, who has it, what to say, what the law binds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """A way on that is not this desk's (ほかの制度・窓口)."""

    key: str
    name: str
    fits: str  # when it fits
    office: str  # whom to ask inside the city hall
    say: str  # what the proposer is told, also in the letter
    binds: str = ""  # what a law or rule asks of the city

    @property
    def place(self) -> str:
        """The next place as the proposer reads it."""
        return f"{self.name}（{self.office}）"


OTHER = "other"
SCHEMES = (
    Scheme(
        "mutual",
        "相互提案型協働事業",
        "市民活動団体やNPOが、市と事業費を分け合って行う公益の事業",
        "市民協働課",
        "毎年の募集に合わせて応募していただく制度です。応募の要件と時期を、担当からご案内します。",
        "審査と予算の議決があって決まります。ここで採択を約束しません。",
    ),
    Scheme(
        "pfi",
        "PFI法第6条の提案",
        "公共施設等の整備や運営を、民間の資金と力で行う提案",
        "対象の施設を所管する課",
        "法律にもとづく提案として、施設を所管する課が検討し、結果と理由を通知します。",
        "PFI法第6条：市は提案を検討し、結果を遅滞なく、理由を付けて提案者に通知します。",
    ),
    Scheme(
        "tender",
        "入札・随意契約",
        "市が費用を払って物や仕事を買うことになる提案",
        "契約を担当する課",
        "市が費用を払うものは、競争などの手続きで相手を決めます。入札参加の登録をご案内します。",
        "地方自治法第234条：契約は競争入札が原則で、随意契約は政令の定める場合に限られます。",
    ),
    Scheme(
        "patronage",
        "後援名義",
        "市の名前を添えるだけで、団体が自ら行う催しや取組",
        "催しの分野を所管する課",
        "市の名義の使用は、催しの分野の課で、申請書により受け付けます。",
        "後援の基準に照らして決めます。政治・宗教・営利が目的のものは承認されません。",
    ),
    Scheme(
        "advertising",
        "広告・ネーミングライツ",
        "市の施設や印刷物に、広告や名前を出す提案",
        "広告を出す物を所管する課",
        "広告の募集は公募で行います。募集の時期を、担当からご案内します。",
        "広告の基準と公募の手続きによります。",
    ),
    Scheme(
        "voice",
        "市民の声",
        "一緒に行う提案ではなく、市への要望や意見",
        "市民広聴課",
        "ご意見として担当の課に伝え、お返事が要るものは担当からお返事します。",
    ),
    Scheme(
        OTHER,
        "そのほか",
        "上のどれでもないもの（県や国の窓口、商工会など）",
        "",
        "次の窓口へ、お話を引き継ぎます。",
    ),
)
BY_KEY = {scheme.key: scheme for scheme in SCHEMES}
