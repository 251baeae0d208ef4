"""Letters in the outbox, as tests need them."""

from datetime import timedelta

from django.utils import timezone

from cityhall import post
from cityhall.models import OutgoingMail

NOON = "2026-07-01T03:00:00Z"


def letter(key="R8-0001:receipt", **fields):
    return post.queue(**{"key": key, "to": "kaku@example.com", "subject": "件名", "body": "本文", **fields})


def age(one, **fields):
    OutgoingMail.objects.filter(pk=one.pk).update(**fields)
    return one


def state_of(one):
    return OutgoingMail.objects.get(pk=one.pk).state


def of_strangers(number, **fields):
    return [letter(f"letter {n}", from_outside=True, **fields) for n in range(number)]


def secret(**fields):
    expires_at = timezone.now() + timedelta(minutes=15)
    return letter("one-time", body="12345678", is_secret=True, expires_at=expires_at, **fields)
