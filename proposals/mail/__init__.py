"""The letters of a case: each names the case and why it was sent, holds no word of the proposer's, and
waits in the outbox."""

from proposals.mail.deciding import (
    queue_consent_said,
    queue_decided,
    queue_draft_returned,
    queue_draft_to_confirm,
    queue_joint_named,
    queue_referred,
)
from proposals.mail.digest import queue_digest
from proposals.mail.hints import (
    queue_hint_for_desk,
    queue_hint_for_section,
    queue_results_for_hints,
)
from proposals.mail.inside import (
    queue_answer_returned,
    queue_answer_to_confirm,
    queue_came_back,
    queue_consolidated,
    queue_new_case_for_desk,
    queue_question_for_desk,
    queue_question_told,
    queue_reply_for_desk,
    queue_results_for_sections,
    queue_revised_for_desk,
    queue_sheet,
    queue_withdrawn_for_desk,
)
from proposals.mail.introductions import (
    queue_called_off,
    queue_called_off_for_proposer,
    queue_introduction,
)
from proposals.mail.proposer import (
    letters_of_move,
    queue_address_changed,
    queue_announcement,
    queue_merged,
    queue_moved,
    queue_one_time_number,
    queue_question,
    queue_receipt,
    queue_revised,
    queue_told,
    queue_withdrawn,
)
from proposals.mail.reminders import queue_due, queue_reminder, queue_reminder_for_section
from proposals.mail.resources import queue_is_this_still_so
from proposals.mail.themes import queue_theme_for_desk, queue_theme_for_section

__all__ = [
    "letters_of_move",
    "queue_address_changed",
    "queue_announcement",
    "queue_answer_returned",
    "queue_answer_to_confirm",
    "queue_called_off",
    "queue_called_off_for_proposer",
    "queue_came_back",
    "queue_consent_said",
    "queue_consolidated",
    "queue_decided",
    "queue_digest",
    "queue_draft_returned",
    "queue_draft_to_confirm",
    "queue_due",
    "queue_hint_for_desk",
    "queue_hint_for_section",
    "queue_introduction",
    "queue_is_this_still_so",
    "queue_joint_named",
    "queue_merged",
    "queue_moved",
    "queue_new_case_for_desk",
    "queue_one_time_number",
    "queue_question",
    "queue_question_for_desk",
    "queue_question_told",
    "queue_receipt",
    "queue_referred",
    "queue_reminder",
    "queue_reminder_for_section",
    "queue_reply_for_desk",
    "queue_results_for_hints",
    "queue_results_for_sections",
    "queue_revised",
    "queue_revised_for_desk",
    "queue_sheet",
    "queue_theme_for_desk",
    "queue_theme_for_section",
    "queue_told",
    "queue_withdrawn",
    "queue_withdrawn_for_desk",
]
