"""What a visitor of the public room types; every name is fictional."""

import time_machine
from django.http import QueryDict
from django.utils import timezone

from proposals.forms import stamps, words

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


def typed(base=CONSULTATION, **changes):
    """What the browser sends, from a form drawn a while ago."""
    return base | {"stamp": stamp()} | changes


def stamp(minutes_ago=10):
    with time_machine.travel(timezone.now() - timezone.timedelta(minutes=minutes_ago), tick=False):
        return stamps.new()


def sent(base=CONSULTATION, **changes):
    """The same as the form receives it."""
    data = QueryDict(mutable=True)
    for name, value in typed(base, **changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data
