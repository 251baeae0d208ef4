"""What system administration may do on the ground floor; it sees no case."""

from itertools import product

from cityhall.access import grant
from cityhall.models import Role

MASTERS = ["department", "user", "posting", "closedday"]

grant(Role.ADMIN, *(f"cityhall.{verb}_{name}" for verb, name in product(["view", "add", "change"], MASTERS)))
grant(Role.DESK, "cityhall.view_department", "cityhall.view_closedday", "cityhall.view_outgoingmail")
