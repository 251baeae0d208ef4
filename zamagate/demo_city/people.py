"""The people of the demo city: the accounts of `zamagate.demo`, and what each is posted to."""

from datetime import date

from django.contrib.auth.hashers import make_password

from cityhall.models import Department, Posting, Role, User
from zamagate import demo

# username: role, section, title
POSTS = {
    "desk": (Role.DESK, "市民協働課", ""),
    "desk-fuku": (Role.DESK, "市民協働課", "副担当"),
    "head-kodomo": (Role.HEAD, "こども家庭課", "課長"),
    "member-kodomo": (Role.MEMBER, "こども家庭課", "担当"),
    "head-chiiki": (Role.HEAD, "地域福祉課", "課長"),
    "member-chiiki": (Role.MEMBER, "地域福祉課", "担当"),
    "head-toshi": (Role.HEAD, "都市整備課", "課長"),
    "member-toshi": (Role.MEMBER, "都市整備課", "担当"),
    "manager": (Role.MANAGER, "", "部長"),
    "admin": (Role.ADMIN, "", ""),
}


def load(sections: dict[str, Department], *, since: date) -> dict[str, User]:
    """The accounts by username, each with its posting from a day on; a changed password stays changed."""
    password = make_password(demo.PASSWORD)
    return {account.username: _person(account, password, sections, since) for account in demo.ACCOUNTS}


def _person(account, password, sections, since) -> User:
    person, _ = User.objects.get_or_create(
        username=account.username, defaults={"name": account.name, "password": password}
    )
    role, section, title = POSTS[account.username]
    Posting.objects.get_or_create(
        user=person,
        role=role,
        department=sections.get(section),
        defaults={"title": title, "valid_from": since},
    )
    return person
