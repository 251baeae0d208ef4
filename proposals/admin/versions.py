"""提案の版: what the proposer rewrote, from one version to another."""

from django.views.decorators.http import require_safe

from proposals.admin.pages import page
from proposals.desk.case import find_case
from proposals.views.section.versions import compared


@require_safe
def versions(request, number):
    """The desk sees two versions of a proposal side by side."""
    case = find_case(number)
    return page(request, "versions", title="提案の版", case=case, **compared(case, request.GET))
