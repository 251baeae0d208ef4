"""What the logic model adds to other pages: to the case on the desk, and to a section's page before ⑥."""

from django.urls import reverse

from cityhall import access
from cityhall.models import Role
from cityhall.panels import Panel, panel
from logicmodels import pdf
from logicmodels.chain import Chain
from logicmodels.diagram import BESIDE, NARROW
from logicmodels.models import Agreement, Edition, LogicModel, Paper
from logicmodels.services.drafting import DRAFT_AT
from logicmodels.views.public import shown_to
from logicmodels.views.room import picture


@panel("proposal.case")
def on_the_case(proposal, user) -> Panel | None:
    """The desk: the draft and its editions, or the button that begins it."""
    if not access.has_role(user, Role.DESK):
        return None
    told = {"proposal": proposal, "may_start": proposal.step in DRAFT_AT, **_drafted(proposal)}
    return Panel("ロジックモデル", "logicmodels/_case_panel.html", told, order=40, anchor="logic-model")


def _drafted(proposal) -> dict:
    """The model of a case and its newest edition, in one statement."""
    newest = {name: f"editions__{name}" for name in ("number", "state", "fixed_at")}
    rows = LogicModel.objects.filter(proposal=proposal).order_by("-editions__number")
    row = rows.values("number", "changed_at", *newest.values()).first()
    if row is None:
        return {}
    model = LogicModel(number=row["number"], changed_at=row["changed_at"])
    edition = Edition(model=model, **{name: row[column] for name, column in newest.items()})
    return {"model": model, "edition": edition if edition.number else None}


@panel("proposal.section")
def for_the_section(proposal, user) -> Panel | None:
    """A section or a manager: the newest edition as it was fixed."""
    edition = Edition.objects.visible_to(user).newest_of(proposal)
    if edition is None:
        return None
    told = {
        "edition": edition,
        "picture": picture(edition.content, BESIDE),
        "answers": Chain(edition.content).placed(edition.answers),
    }
    return Panel("ロジックモデル", "logicmodels/_section_panel.html", told, order=40, anchor="logic-model")


@panel("proposal.seen")
def as_it_lay_there(seen, user) -> Panel | None:
    """⑥: the edition fixed when the case was referred, whatever came after it."""
    editions = Edition.objects.visible_to(user)
    which = {"model__number": seen.model.get("model"), "number": seen.model.get("edition")}
    edition = editions.filter(model__proposal=seen.proposal, **which).select_related("model").first()
    if edition is None:
        return None
    told = {
        "edition": edition,
        "picture": picture(edition.content, NARROW),
        "answers": Chain(edition.content).placed(edition.answers),
        "is_as_seen": edition.is_as_fixed and edition.sha256 == seen.model.get("sha256"),
    }
    title = f"道すじ（ロジックモデル {edition.get_state_display()}・第{edition.number}版）"
    return Panel(title, "logicmodels/_seen_panel.html", told, anchor="logic-model")


@panel("desk.lists")
def lists(_, user) -> Panel | None:
    """In the desk's left column: the way to the logic models."""
    if not access.has_role(user, Role.DESK):
        return None
    links = [{"name": "ロジックモデル", "url": reverse("logicmodels:index")}]
    return Panel("案件の一覧", "", {"groups": [{"title": "案件の一覧", "links": links}]}, order=15)


@panel("proposal.papers")
def papers(proposal, user) -> Panel | None:
    """案件のひとまとめ: every edition on paper, with its words to look through for what is blacked out."""
    editions = Edition.objects.filter(model__proposal=proposal).select_related("model").order_by("number")
    told = [
        {
            "name": f"ロジックモデル_{edition.model.number}_第{edition.number}版.pdf",
            "what": f"ロジックモデル {edition.label}",
            "source": _printed(edition),
            "words": [proposal.title, edition.content, edition.answers],
        }
        for edition in editions
    ]
    return Panel("ロジックモデル", "", {"papers": told}) if told else None


def _printed(edition: Edition):
    """The paper that was made of it, or else one made now."""
    made = edition.papers.filter(size=Paper.Size.A4, state=Paper.State.READY).first()
    return pdf.place_of(made) if made and pdf.place_of(made).is_file() else pdf.pdf_of(edition, Paper.Size.A4)


@panel("public.receipt")
def for_the_proposer(proposal, user) -> Panel | None:
    """On the receipt page: 道すじ, once the desk has asked for agreement to it."""
    if asked := shown_to(proposal):
        return Panel("道すじ", "logicmodels/_receipt_panel.html", {"asked": asked}, anchor="route")


@panel("section.home")
def to_agree(sections, user) -> Panel | None:
    """On a section's home: editions that wait for the agreement of its head."""
    asked = Agreement.objects.waiting().filter(
        side=Agreement.Side.SECTION, edition__model__proposal__department__in=sections
    )
    if waiting := list(asked.select_related("edition__model__proposal")):
        return Panel("合意を待つ道すじ", "logicmodels/_waiting_panel.html", {"waiting": waiting}, order=10)
