"""Two things sections heard from companies, both fictional: one became a contact of a case, one waits."""

from django.utils import timezone

from proposals.models import Hint, Proposal
from proposals.services import hints
from zamagate.demo_city.city import City

KODOMO, TOSHI = "こども家庭課", "都市整備課"


def load(city: City) -> None:
    """Heard by the sections; the desk has taken up the first."""
    if Hint.objects.exists():
        return
    with city.ago(70):
        heard = _heard(
            city,
            KODOMO,
            organization_name="架空印刷株式会社",
            text="打合せに来たとき、会議室の空き時間を宿題の場所に使えないかと話されました。",
            consent=Hint.Consent.YES,
        )
    if case := Proposal.objects.filter(title__startswith="会議室の空き時間", is_fictional=True).first():
        with city.ago(67):
            hints.join(heard, case, by=city.desk)
    with city.ago(1):
        _heard(
            city,
            TOSHI,
            organization_name="架空造園有限会社",
            person="現場の責任者",
            text="公園の落ち葉を堆肥にする仕組みを、市と試してみたいそうです。",
            consent=Hint.Consent.NOT_ASKED,
        )


def _heard(city: City, section: str, **said) -> Hint:
    department = city.sections[section]
    return hints.connect(
        department,
        by=city.member(department),
        key=f"demo-{said['organization_name']}",
        heard_on=timezone.localdate(),
        how="visit",
        **said,
    )
