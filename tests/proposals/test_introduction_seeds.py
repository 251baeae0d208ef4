"""次の種: what a meeting left for later comes back when the case ends."""

import pytest

from proposals.services import advance
from tests import make, make_matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def test_what_became_a_seed_is_offered_when_the_case_ends(client, desk):
    case = make_matching.case()
    make_matching.held(case, desk, "seed", text="来年度の実習の時期なら合いそうです。")
    advance(make.reload(case), "withdraw", by=desk, note="提案者の都合のため")
    client.force_login(desk)

    shown = client.get(f"/admin/proposals/proposal/{case.number}/seeds/").content.decode()

    assert "来年度の実習の時期なら合いそうです。" in shown
