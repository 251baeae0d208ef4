"""Letters of an introduction: the day and the place to whoever comes, and that it is called off.

They tell what the desk wrote for all of them, and nobody's address or telephone.
"""

from collections.abc import Iterable

from django.urls import reverse

from cityhall.context import office
from cityhall.models import Department
from proposals.introduced import met_names, when, with_names
from proposals.mail.letter import queue, to_section
from proposals.mail.proposer import write
from proposals.models import Introduction, Resource

SET, OFF = "引き合わせのご案内", "引き合わせは行わないことになりました"


def queue_introduction(introduction: Introduction) -> None:
    """The day, the place and who comes: to the sections, to partners that may be shown, to the proposer."""
    key, said = f"introduction:{introduction.pk}:{introduction.version}", _said(introduction)
    for department in introduction.departments.all():
        _to_section(introduction, department, key, SET, said)
    for resource in introduction.resources.shown():
        _to_partner(introduction, resource, key, SET, said)
    write(introduction.proposal, "introduction", SET, key=key, said=said)


def queue_called_off(
    introduction: Introduction, departments: Iterable[Department], resources: Iterable[Resource]
) -> None:
    """Those who need not come; partners only as long as they may be shown."""
    key = f"introduction:{introduction.pk}:{introduction.version}:off"
    said = _said(introduction) | {"is_off": True}
    for department in departments:
        _to_section(introduction, department, key, OFF, said)
    for resource in resources:
        _to_partner(introduction, resource, key, OFF, said)


def queue_called_off_for_proposer(introduction: Introduction) -> None:
    """There will be no meeting."""
    key = f"introduction:{introduction.pk}:{introduction.version}:off"
    write(introduction.proposal, "introduction", OFF, key=key, said=_said(introduction) | {"is_off": True})


def _said(introduction: Introduction) -> dict:
    told = with_names(Introduction.objects.filter(pk=introduction.pk)).get()
    return {"introduction": introduction, "when": when(introduction), "who": met_names(told)}


def _to_section(introduction: Introduction, department: Department, key: str, subject: str, said: dict):
    case = introduction.proposal
    page = reverse("section:case", args=[case.number])
    what = {"subject": subject, "template": "introduction_section", "page": page, "said": said}
    return to_section(case, department, f"{key}:section:{department.pk}", **what)


def _to_partner(introduction: Introduction, resource: Resource, key: str, subject: str, said: dict):
    return queue(
        introduction.proposal,
        f"{key}:partner:{resource.pk}",
        to=resource.email,
        subject=f"【{office()['city']}】{subject}",
        template="introduction_partner",
        said=said | {"resource": resource},
    )
