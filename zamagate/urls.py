"""Every address of the site, floor by floor."""

from allauth.account import views as account
from django.contrib import admin
from django.http import Http404
from django.urls import include, path

from cityhall.files import download
from cityhall.health import health

handler500 = "zamagate.errors.server_error"
handler429 = "cityhall.limits.too_many"  # allauth asks for it


def closed(request):
    """Pages allauth names but this office does not open: accounts are made by the system administrator."""
    raise Http404


urlpatterns = [
    path("", include("proposals.urls")),
    path("health/", health, name="health"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/signup/", closed, name="account_signup"),
    path("accounts/password/set/", closed, name="account_set_password"),
    path("section/", include("proposals.urls_section")),
    path("kpi/", include("kpi.urls")),
    path("logic-models/", include("logicmodels.urls")),
    path("receipt/route/", include("logicmodels.urls_public")),
    path("files/<str:kind>/<str:name>", download, name="files"),
    path("trips/", include("trips.urls")),
    path("admin/", admin.site.urls),
]
