"""The roof: settings, URLs, processes and the commands over several floors."""

from zamagate.celery import app as celery_app

__all__ = ["celery_app"]
