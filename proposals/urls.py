"""The addresses of the public room."""

from django.urls import path

from proposals.views import pages, propose, receipt

app_name = "public"
urlpatterns = [
    path("", pages.landing, name="landing"),
    path("propose/", propose.propose, name="propose"),
    path("propose/sent/", propose.sent, name="sent"),
    path("receipt/", receipt.receipt_page, name="receipt"),
    path("receipt/close/", receipt.close_receipt, name="close_receipt"),
    path("themes/", pages.themes, name="themes"),
    path("about/handling/", pages.about, {"page": "handling"}, name="handling"),
    path("about/privacy/", pages.about, {"page": "privacy"}, name="privacy"),
    path("about/accessibility/", pages.about, {"page": "accessibility"}, name="accessibility"),
]
