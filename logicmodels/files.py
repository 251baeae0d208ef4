"""Papers leave through the one view for files, to whoever may see their model."""

from cityhall.files import Download, file_kind
from logicmodels import pdf
from logicmodels.models import Edition, Paper


@file_kind("logic-models")
def find_paper(user, name) -> Download | None:
    """The made paper of this name, if this person may see its model."""
    paper = (
        Paper.objects.filter(name=name, state=Paper.State.READY, edition__in=Edition.objects.visible_to(user))
        .select_related("edition__model")
        .first()
    )
    return Download(pdf.place_of(paper), paper.filename, "application/pdf") if paper and name else None
