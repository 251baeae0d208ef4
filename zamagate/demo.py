"""The accounts of the demo city; none of them exists in production."""

from typing import NamedTuple

PASSWORD = "demo-zama"


class Account(NamedTuple):
    username: str
    name: str


ACCOUNTS = (
    Account("desk", "窓口担当"),
    Account("desk-fuku", "窓口副担当"),
    Account("head-kodomo", "こども家庭課長"),
    Account("member-kodomo", "こども家庭課担当"),
    Account("head-chiiki", "地域福祉課長"),
    Account("member-chiiki", "地域福祉課担当"),
    Account("head-toshi", "都市整備課長"),
    Account("member-toshi", "都市整備課担当"),
    Account("manager", "閲覧（部長）"),
    Account("admin", "システム管理"),
)


def table() -> str:
    """The accounts as the lines `make run` prints."""
    lines = (f"  {account.username:<14} {PASSWORD}   {account.name}" for account in ACCOUNTS)
    return "\n".join(["デモ用アカウント（利用者名・合言葉・役割）", *lines])
