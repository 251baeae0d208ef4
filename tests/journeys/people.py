"""The people of the walk: made through the models alone, so that it can run inside any city."""

from datetime import date

PASSWORD = "架空の合言葉です"
SINCE = date(2026, 4, 1)
SECTIONS = {"kodomo": "こども家庭課", "chiiki": "地域福祉課"}


def found():
    """Three sections, a desk officer, a member and a head of each section asked, a manager."""
    from cityhall.models import Department, Role

    desk = Department.objects.create(name="市民協働課", valid_from=SINCE)
    hire("desk", Role.DESK, desk)
    hire("manager", Role.MANAGER)
    for name, title in SECTIONS.items():
        staff(name, title)


def open_a_third_section():
    """One the desk did not think of; another section names it."""
    staff("toshi", "都市整備課")


def staff(name, title):
    """A section with a member and a head."""
    from cityhall.models import Department, Role

    section = Department.objects.create(name=title, valid_from=SINCE, email=f"{name}@example.jp")
    hire(f"member-{name}", Role.MEMBER, section)
    hire(f"head-{name}", Role.HEAD, section)


def hire_a_colleague():
    """A second officer at the desk."""
    from cityhall.models import Department, Role

    hire("colleague", Role.DESK, Department.objects.get(name="市民協働課"))


def hire(username, role, department=None):
    from cityhall.models import Posting, User

    user = User.objects.create_user(username, PASSWORD, name=f"架空の{username}")
    Posting.objects.create(user=user, role=role, department=department, valid_from=SINCE)
