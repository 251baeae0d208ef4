"""The Celery app: every task takes ids only and may run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamagate.settings")

app = Celery("zamagate")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
