"""窓口の机: the desk's views inside its admin site, and the masters of this floor."""

from proposals.admin.masters import ThemeAdmin
from proposals.admin.meetings import MeetingAdmin
from proposals.admin.organizations import OrganizationAdmin
from proposals.admin.proposal import ProposalAdmin
from proposals.admin.resources import ResourceAdmin
from proposals.admin.supports import SupportAdmin

__all__ = [
    "MeetingAdmin",
    "OrganizationAdmin",
    "ProposalAdmin",
    "ResourceAdmin",
    "SupportAdmin",
    "ThemeAdmin",
]
