"""What this floor adds to pages of other floors."""

from django.urls import reverse

from cityhall import access
from cityhall.models import Role
from cityhall.panels import Panel, panel
from cityhall.templatetags.zama import short_date
from proposals.agenda import SHOWN, Line, Section, counted, part
from trips import playbook
from trips.meetings import joined, meetings
from trips.models import Trip
from trips.queries import adopted_without_trip, finished_with_models, reports_to_check, trips_of
from trips.views.phases import history_cells
from trips.views.planned import things_of
from trips.waiting import waits


@panel("proposal.case")
@panel("proposal.section")
def of_a_case(proposal, user) -> Panel | None:
    """On a case: those of its TRIPs this person may open, or the way to open one for the desk."""
    if not (proposal.adopted_on or proposal.cancelled_on or proposal.reopened_on):
        return None  # never adopted, and so in no TRIP
    trips = list(trips_of(proposal).filter(pk__in=Trip.objects.visible_to(user)))
    travels = any(not trip.cancelled_on for trip in trips)
    may_open = proposal.adopted_on and not travels and access.has_role(user, Role.DESK)  # who sees all trips
    if not trips and not may_open:
        return None
    context = {"trips": trips, "case": proposal if may_open else None}
    return Panel("共創プロジェクト（TRIP）", "trips/_case_panel.html", context, order=60, anchor="trip")


@panel("organization.page")
def of_an_organization(organization, user) -> Panel | None:
    """On an organisation's page: how meetings led to its cases and TRIPs, and where it travels."""
    trips = Trip.objects.visible_to(user)
    met = meetings(organization, trips)
    its_own = [trip.pk for one in met for trip in one.trips]
    context = {"meetings": met, "joined": joined(organization, trips.exclude(pk__in=its_own))}
    if any(context.values()):
        context["map_key"] = f"org-{organization.pk}"
        return Panel(
            "出会いのつながり", "trips/_organization_panel.html", context, order=20, anchor="meetings"
        )


@panel("section.home")
def of_a_section(sections, user) -> Panel | None:
    """On the section's home: its TRIPs, and its adopted cases that travel in none yet."""
    trips = list(Trip.objects.of(sections).living().for_lists())
    waiting = list(adopted_without_trip().filter(department__in=sections))
    things = things_of(sections)
    if not (trips or waiting or things):
        return None
    context = {"trips": trips, "waiting": waiting, "things": things}
    return Panel("この課の共創プロジェクト（TRIP）", "trips/_section_panel.html", context, order=20)


@panel("section.waiting")
def waiting(sections, user) -> Panel:
    """For the letters that remind, and the digest: what TRIPs wait for."""
    return Panel("", "", {"waiting": waits(sections)})


@panel("desk.home")
def of_the_desk(_, user) -> Panel | None:
    """On the desk's home: adopted cases that travel in no TRIP yet, and reports to be checked."""
    if not access.has_role(user, Role.DESK):
        return None
    waiting, reports = list(adopted_without_trip()), list(reports_to_check())
    if not (waiting or reports):
        return None
    context = {"waiting": waiting, "reports": reports}
    return Panel("TRIPを開いていない案件", "trips/_desk_panel.html", context, order=60)


@panel("desk.lists")
def lists(_, user) -> Panel | None:
    """In the desk's left column: the way to the TRIPs."""
    if not access.has_role(user, Role.DESK):
        return None
    links = [
        {"name": "共創プロジェクト（TRIP）", "url": reverse("trips:list")},
        {"name": "旅の系譜図", "url": reverse("trips:map", args=["all"])},
    ]
    return Panel("案件の一覧", "", {"groups": [{"title": "案件の一覧", "links": links}]}, order=20)


@panel("logicmodel.beginnings")
def finished(_, user) -> Panel | None:
    """Where a logic model begins: finished journeys, each with the newest edition of its own model."""
    return Panel("終わった旅", "", {"of": finished_with_models(user)})


@panel("meeting.agenda")
def due(until, user) -> Panel | None:
    """On the agenda of a 共創調整会議: living TRIPs whose ふり返り is due by a day."""
    trips = Trip.objects.visible_to(user).living().filter(review_on__lte=until).order_by("review_on", "pk")
    lines = [
        Line(
            number=trip.number,
            title=trip.title,
            about=str(trip.department or ""),
            standing=trip.get_step_display(),
            why=f"ふり返りの日は{short_date(trip.review_on)}",
        )
        for trip in trips.select_related("department")[:SHOWN]
    ]
    return Panel("TRIP", "", {"parts": [part(Section.TRIP, lines, counted(trips))]})


@panel("trip.page")
def way_marks(trip, user) -> Panel | None:
    """On a journey that began from another's playbook: when its phases would begin after that one."""
    if trip.is_over or trip.is_history:
        return None
    found = playbook.way_marks(trip, user)
    if found is None:
        return None
    context = {"parent": found[0], "marks": found[1]}
    return Panel("型からの道しるべ", "trips/_way_marks.html", context, order=30, anchor="way-marks")


@panel("public.landing")
def story(_, user) -> Panel | None:
    """On the landing page: the first journey, told in its four phases."""
    trip = Trip.objects.filter(is_public=True, is_history=True).order_by("number").first()
    if trip is None:
        return None
    context = {"trip": trip, "phases": history_cells(list(trip.events.all()))}
    return Panel("共創の物語", "trips/_story_panel.html", context, order=40, anchor="story")
