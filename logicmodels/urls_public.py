"""道すじ on the proposer's pages: behind the door of the receipt page, without a number in the address."""

from django.urls import path

from logicmodels.views import public

app_name = "route"
urlpatterns = [path("", public.route, name="read"), path("agree/", public.agree, name="agree")]
