"""The addresses of the public room."""

from django.urls import path

from proposals.views import public

app_name = "public"
urlpatterns = [
    path("", public.landing, name="landing"),
    path("propose/", public.propose, name="propose"),
    path("propose/sent/", public.sent, name="sent"),
    path("receipt/", public.receipt_page, name="receipt"),
    path("receipt/close/", public.close_receipt, name="close_receipt"),
    path("themes/", public.themes, name="themes"),
    path("about/handling/", public.about, {"page": "handling"}, name="handling"),
    path("about/privacy/", public.about, {"page": "privacy"}, name="privacy"),
    path("about/accessibility/", public.about, {"page": "accessibility"}, name="accessibility"),
]
