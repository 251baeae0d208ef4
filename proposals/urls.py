"""The addresses of the public room."""

from django.urls import path

from proposals.views import gain, lost, pages, people, propose, receipt, revise, writing

app_name = "public"
urlpatterns = [
    path("", pages.landing, name="landing"),
    path("propose/", propose.propose, name="propose"),
    path("propose/<int:part>/", writing.part, name="propose_part"),
    path("propose/confirm/", writing.confirm, name="propose_confirm"),
    path("propose/later/", propose.later, name="propose_later"),
    path("propose/files/<str:name>", writing.draft_file, name="draft_file"),
    path("propose/sent/", propose.sent, name="sent"),
    path("receipt/", receipt.receipt_page, name="receipt"),
    path("receipt/reply/", receipt.reply, name="receipt_reply"),
    path("receipt/withdraw/", receipt.withdraw, name="receipt_withdraw"),
    path("receipt/copy/", receipt.copy, name="receipt_copy"),
    path("receipt/letter/<int:running>/", receipt.letter, name="receipt_letter"),
    path("receipt/letter/<int:running>/pdf/", receipt.letter_pdf, name="receipt_letter_pdf"),
    path("receipt/files/<str:name>", receipt.paper, name="receipt_file"),
    path("receipt/revise/", revise.revise, name="revise"),
    path("receipt/gain/", gain.gain, name="receipt_gain"),
    path("receipt/people/", people.people, name="people"),
    path("receipt/lost/", lost.lost, name="lost"),
    path("receipt/lost/number/", lost.lost_number, name="lost_number"),
    path("receipt/lost/code/", lost.lost_code, name="lost_code"),
    path("receipt/close/", receipt.close_receipt, name="close_receipt"),
    path("themes/", pages.themes, name="themes"),
    path("themes/<str:number>/", pages.theme, name="theme"),
    path("status/", pages.status, name="status"),
    path("paper/", pages.paper_index, name="paper"),
    path("paper/<str:track>.pdf", pages.paper_pdf, name="paper_pdf"),
    path("paper/<str:track>/", pages.paper_sheet, name="paper_sheet"),
    path("about/help/", pages.about, {"page": "help"}, name="help"),
    path("about/handling/", pages.about, {"page": "handling"}, name="handling"),
    path("about/privacy/", pages.about, {"page": "privacy"}, name="privacy"),
    path("about/accessibility/", pages.about, {"page": "accessibility"}, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
]
