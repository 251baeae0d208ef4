"""What each role may see of the cases through the admin; nobody moves a step there by saving a form."""

from cityhall.access import grant
from cityhall.models import Role

SEEN_BY_THE_DESK = [
    "proposal",
    "organization",
    "hearing",
    "theme",
    "submission",
    "contact",
    "decision",
    "condition",
    "support",
    "delivery",
    "proposalrecord",
]
KEPT_AT_HAND = ["replytext", "measure"]

grant(Role.DESK, *(f"proposals.view_{name}" for name in SEEN_BY_THE_DESK))
grant(Role.DESK, "proposals.add_theme", "proposals.change_theme")
grant(Role.DESK, *(f"proposals.{verb}_{name}" for verb in ("view", "add", "change") for name in KEPT_AT_HAND))
