"""What is done to a target: a page is asked for, a form with a file is sent, a whole proposal is made."""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pypdf import PdfWriter

from tests.load.client import EVERY, Answer, Person

ANSWERS = {
    "track": "proposal",
    "organization_kind": "company",
    "organization_name": "架空書店株式会社",
    "organization_kana": "カクウショテンカブシキガイシャ",
    "representative": "代表取締役 架空 太郎",
    "postal_code": "252-8566",
    "address": "座間市緑ケ丘一丁目1番1号",
    "section": "地域連携",
    "contact_name": "架空 花子",
    "contact_kana": "かくう はなこ",
    "email": "renkei@example.jp",
    "email_again": "renkei@example.jp",
    "phone": "046-252-7966",
    "answer_to": "free",
    "title": "閉店後の店先を、こどもの宿題の場所に（架空）",
    "overview": "閉店後の売り場を週に2日、17時から19時まで、こどもが宿題をする場所として開きます。",
    "problem": "放課後、家にひとりでいるこどもが、静かに机に向かえる場所が駅の近くにない。",
    "fields": ["こども・教育"],
    "activity": "売り場の机と明かりを使い、従業員と地域の学習支援の会が交代で見守ります。",
    "benefit": "こどもが家以外で安心して学べるようになる。",
    "own_gain": "店に親しみを持つ家庭が増えること。",
    "maturity": "idea",
    "requests": ["広報"],
    "brings": ["人", "場所"],
    "cost": "none",
    "sharing": "all",
    "publicity": "name",
    "rights": "none",
    "notices": "on",
    "pledges": EVERY,
    "privacy": "on",
}
LETTER = {"title": "題", "name": "架空 花子", "email": "hanako@example.jp", "body": "本文です。" * 40}
PARTS = ("/propose/1/", "/propose/2/", "/propose/3/")
CONFIRM = "/propose/confirm/"


@cache
def paper() -> tuple[str, bytes]:
    """A PDF of 100 kB."""
    made, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Keywords": secrets.token_hex(49_500)})
    writer.write(made)
    return "架空の図面.pdf", made.getvalue()


@dataclass
class Ready:
    """A request made ready beforehand, so that only the server's time is taken."""

    person: Person
    path: str
    sent: dict
    leads_to: str

    def send(self) -> Answer:
        answer = self.person.ask("POST", self.path, **self.sent)
        assert answer.status == 302 and answer.location.startswith(self.leads_to), (
            answer.status,
            answer.location,
            answer.page[:2000],
        )
        return answer


def at_the_floor(port: int) -> Ready:
    person = Person(port)
    page = person.get("/form/")
    sent = person.filled_in(page, LETTER, upload=paper())
    return Ready(person, page.path, sent, "/bare/")


def at_part(port: int, number: int) -> tuple[Person, Answer]:
    """A visitor who has filled in the parts before this one."""
    person = Person(port)
    page = follow(person, person.press(person.get("/propose/"), {"track": "proposal"}))
    for path in PARTS[: number - 1]:
        assert page.path == path, (page.path, page.status)
        page = follow(person, person.press(page, ANSWERS, go="next"))
    return person, page


def about_to_upload(port: int) -> Ready:
    person, page = at_part(port, 3)
    sent = person.filled_in(page, ANSWERS, go="next", upload=paper())
    return Ready(person, page.path, sent, CONFIRM)


def about_to_send(uploaded: Ready) -> Ready:
    """The same visitor, now before the last button, the paper among the answers."""
    page = uploaded.person.get(CONFIRM)
    assert paper()[0] in page.page
    sent = uploaded.person.filled_in(page, ANSWERS, go="send")
    return Ready(uploaded.person, page.path, sent, "/propose/sent/")


def follow(person: Person, answer: Answer) -> Answer:
    assert answer.status == 302, (answer.status, answer.path, answer.page[:3000])
    return person.get(answer.location)


def whole_letter(port: int) -> dict[str, float]:
    """The form, the letter, the thanks; how long its POST took."""
    ready = at_the_floor(port)
    sent = ready.send()
    follow(ready.person, sent)
    return {"insert": sent.seconds}


def whole_proposal(port: int) -> dict[str, float]:
    """Every page a proposer sees, from the first to the receipt code; how long its longest POSTs took."""
    ready = about_to_upload(port)
    uploaded = ready.send()
    ready = about_to_send(ready)
    sent = ready.send()
    assert "R" in follow(ready.person, sent).page
    return {"upload": uploaded.seconds, "send": sent.seconds}


WHOLE: dict[str, Callable[[int], dict[str, float]]] = {"floor": whole_letter, "gate": whole_proposal}
