"""The floor: the least a Django site does for a bare page, for a list of one SELECT, and for a form with one
INSERT and a file.

The middleware of any Django site, our database options and durability, and nothing else; served by gunicorn.
"""

import os

import django
from django.conf import settings

from zamagate import env

PAGE = """<form method=post enctype=multipart/form-data>
{% csrf_token %}{{ form.as_p }}<button>送信</button></form>"""
LIST = """<table>{% for row in rows %}<tr>
<td>{{ row.id }}</td><td>{{ row.title }}</td><td>{{ row.step }}</td><td>{{ row.on|date:'Y-m-d' }}</td></tr>
{% endfor %}</table>"""
ROWS = 10_000
IN_MEMORY = ("django.template.loaders.locmem.Loader", {"form.html": PAGE, "list.html": LIST})
settings.configure(
    SECRET_KEY="floor" * 12,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": env.database()},
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("contenttypes", "auth", "sessions", "messages")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [IN_MEMORY])]},
        }
    ],
    MEDIA_ROOT=os.environ.get("MEDIA_ROOT", ""),
)
django.setup()

from django import forms  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Letter(forms.Form):
    title = forms.CharField(max_length=200)
    name = forms.CharField(max_length=100)
    email = forms.EmailField()
    body = forms.CharField(widget=forms.Textarea)
    attachment = forms.FileField(required=False)


def bare(request):
    return HttpResponse("ok " * 3000)


def form(request):
    letter = Letter(request.POST or None, request.FILES or None)
    if request.method == "POST" and letter.is_valid():
        said = letter.cleaned_data
        with transaction.atomic(), connection.cursor() as cursor:
            row = [said[name] for name in ("title", "name", "email", "body")]
            cursor.execute("INSERT INTO inbox (title, name, email, body) VALUES (%s, %s, %s, %s)", row)
        default_storage.save("a.pdf", said["attachment"])
        return HttpResponseRedirect("/bare/")
    return render(request, "form.html", {"form": letter})


def listed(request):
    with connection.cursor() as cursor:
        cursor.execute('SELECT id, title, step, "on" FROM cases ORDER BY id DESC LIMIT 50')
        rows = [dict(zip(("id", "title", "step", "on"), row, strict=True)) for row in cursor.fetchall()]
    return render(request, "list.html", {"rows": rows})


urlpatterns = [path("bare/", bare), path("form/", form), path("list/", listed)]
application = get_wsgi_application()

if __name__ == "__main__":
    with transaction.atomic(), connection.cursor() as made:
        made.execute("CREATE TABLE inbox (title text, name text, email text, body text)")
        made.execute('CREATE TABLE cases (id integer PRIMARY KEY, title text, step text, "on" date)')
        rows = ((n, f"架空の提案 {n}", "hearing", "2026-11-02") for n in range(ROWS))
        made.executemany("INSERT INTO cases VALUES (%s, %s, %s, %s)", rows)
