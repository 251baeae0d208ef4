"""What is asked when a TRIP is opened, moved on or written about."""

from trips.forms.closing import DutyForm, DutyOwnerForm, MeetAgainForm, OnDayForm, RecontactForm, ToldForm
from trips.forms.story import (
    EventForm,
    LeadForm,
    MoveForm,
    OpenForm,
    ParentForm,
    PartnerForm,
    ResultForm,
    ReviewDayForm,
    ReviewForm,
)
from trips.forms.work import (
    AcceptForm,
    DropForm,
    FilesForm,
    HandInForm,
    MilestoneDoneForm,
    MilestoneForm,
    NothingForm,
    ReportsForm,
    ReturnForm,
)

__all__ = [
    "AcceptForm",
    "DropForm",
    "DutyForm",
    "DutyOwnerForm",
    "EventForm",
    "FilesForm",
    "HandInForm",
    "LeadForm",
    "MeetAgainForm",
    "MilestoneDoneForm",
    "MilestoneForm",
    "MoveForm",
    "NothingForm",
    "OnDayForm",
    "OpenForm",
    "ParentForm",
    "PartnerForm",
    "RecontactForm",
    "ReportsForm",
    "ResultForm",
    "ReturnForm",
    "ReviewDayForm",
    "ReviewForm",
    "ToldForm",
]
