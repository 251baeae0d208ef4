"""Papers and booklets leave through the one view for files, to whoever may see what is in them."""

from cityhall import access
from cityhall.files import Download, file_kind
from cityhall.models import Role
from logicmodels import booklet, pdf
from logicmodels.models import Booklet, Edition, Paper


@file_kind("logic-models")
def find_paper(user, name) -> Download | None:
    """The made paper of this name, if this person may see its model."""
    paper = (
        Paper.objects.filter(name=name, state=Paper.State.READY, edition__in=Edition.objects.visible_to(user))
        .select_related("edition__model")
        .first()
    )
    return Download(pdf.place_of(paper), paper.filename, "application/pdf") if paper and name else None


@file_kind("logic-model-booklets")
def find_booklet(user, name) -> Download | None:
    """The made booklet of this name, for the desk."""
    may = name and access.has_role(user, Role.DESK)
    made = Booklet.objects.filter(name=name, state=Booklet.State.READY).first() if may else None
    return Download(booklet.place_of(made), made.filename, "application/pdf") if made else None
