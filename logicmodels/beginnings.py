"""What a model may begin from: a pattern, or the model of a finished TRIP."""

from dataclasses import dataclass

from cityhall.panels import panels_for
from logicmodels.models import Edition
from logicmodels.patterns import lent, patterns


@dataclass(frozen=True)
class Beginning:
    """One of them: its key in the form, what it is called, its content."""

    key: str
    name: str
    content: dict


def beginnings(user) -> dict[str, list[Beginning]]:
    """The patterns, then the models of finished TRIPs that this person may see, under their headings."""
    ready = [Beginning(key, content["title"], content) for key, content in patterns().items()]
    return {"ひな形": ready, "終わった共創プロジェクト（TRIP）": _journeys(user)}


def _journeys(user) -> list[Beginning]:
    """Upper floors name finished journeys and their editions; here they become chains to begin from."""
    told = [one for panel in panels_for("logicmodel.beginnings", None, user) for one in panel.context["of"]]
    editions = Edition.objects.visible_to(user).filter(pk__in=[edition.pk for _, edition in told])
    seen = set(editions.values_list("pk", flat=True))
    return [
        Beginning(edition.model.number, f"{name}（{edition}）", lent(edition.content))
        for name, edition in told
        if edition.pk in seen
    ]
