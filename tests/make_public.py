"""What a visitor of the public room types; every name is fictional."""

import time_machine
from django.http import QueryDict
from django.utils import timezone

from proposals.forms import words
from proposals.forms.propose import CONFIRM, FORMS, parts_of

CONSULTATION = {
    "track": "consultation",
    "organization_kind": "company",
    "organization_name": "架空書店株式会社",
    "organization_kana": "カクウショテンカブシキガイシャ",
    "section": "地域連携",
    "contact_name": "架空 花子",
    "contact_kana": "かくう はなこ",
    "email": "renkei@example.jp",
    "email_again": "renkei@example.jp",
    "phone": "046-252-7966",
    "title": "閉店後の店先を、こどもの宿題の場所に",
    "overview": "閉店後の売り場を週に2日、17時から19時まで、こどもが宿題をする場所として開きます。",
    "fields": ["こども・教育"],
    "sharing": "all",
    "publicity": "name",
    "notices": "on",
    "privacy": "on",
}
PROPOSAL = CONSULTATION | {
    "track": "proposal",
    "representative": "代表取締役 架空 太郎",
    "postal_code": "252-8566",
    "address": "座間市緑ケ丘一丁目1番1号",
    "answer_to": "free",
    "problem": "放課後、家にひとりでいるこどもが、静かに机に向かえる場所が駅の近くにない。",
    "activity": "売り場の机と明かりを使い、従業員と地域の学習支援の会が交代で見守ります。",
    "benefit": "こどもが家以外で安心して学べるようになる。",
    "own_gain": "店に親しみを持つ家庭が増えること。",
    "maturity": "idea",
    "requests": ["広報"],
    "brings": ["人", "場所"],
    "cost": "none",
    "rights": "none",
    "pledges": words.PLEDGES,
}


def answers(base=CONSULTATION, **changes):
    """What a draft holds once all of this was typed."""
    data = QueryDict(mutable=True)
    for name, value in (base | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    typed = (form.typed(data, base["track"]) for form in FORMS.values())
    return {name: said for part in typed for name, said in part.items()}


def begin(visitor, base=CONSULTATION):
    """The start page is sent; the visitor's browser has a draft in hand."""
    return visitor.post("/propose/", {"track": base["track"]})


def write(visitor, part, base=CONSULTATION, go="next", **changes):
    """One part is sent with this button."""
    return visitor.post(f"/propose/{part}/", base | {"go": go} | changes)


def write_all(visitor, base=CONSULTATION, **changes):
    """From the start page to the last; the answer to its opening, some minutes ago."""
    begin(visitor, base)
    for part in parts_of(base["track"]):
        if part != CONFIRM:
            assert write(visitor, part, base, **changes).status_code == 302
    with time_machine.travel(timezone.now() - timezone.timedelta(minutes=10), tick=False):
        return visitor.get("/propose/confirm/")


def send(visitor, page, base=CONSULTATION, follow=True, **changes):
    """The last page is sent."""
    data = base | {"go": "send", "stamp": page.context["stamp"]} | changes
    return visitor.post("/propose/confirm/", data, follow=follow)


def propose(visitor, base=CONSULTATION, **changes):
    """The whole way, to the page that says it was received."""
    return send(visitor, write_all(visitor, base, **changes), base, **changes)
