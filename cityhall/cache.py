"""A cache that may be away: nobody waits long for it, nothing fails for want of it (reliability.md D8)."""

import logging
import random
import time
from collections.abc import Callable

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

LEFT_ALONE = 20  # seconds a cache that did not answer is not asked again
SELDOM = 0.01


class Patient:
    """What a cache answers while it is away: nothing is known, and whatever is asked may be done."""

    is_away = False
    asked_again_at = 0.0

    def add(self, key, value, *args, **kwargs):
        return self._ask(super().add, True, key, value, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._ask(super().get, default, key, default, version)

    def set(self, key, value, *args, **kwargs):
        return self._ask(super().set, None, key, value, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._ask(super().incr, delta, key, delta, version)

    def delete(self, key, version=None):
        return self._ask(super().delete, False, key, version)

    def _ask(self, ask: Callable, otherwise, *args, **kwargs):
        kind = type(self)  # each thread has its own cache; what one finds out all know
        if kind.is_away and time.monotonic() < kind.asked_again_at:
            return otherwise
        try:
            answer = ask(*args, **kwargs)
        except (RedisError, OSError) as error:
            if not kind.is_away:
                log.warning("the cache is away (%s): no limit holds anybody back", type(error).__name__)
            kind.is_away, kind.asked_again_at = True, time.monotonic() + LEFT_ALONE
            return otherwise
        kind.is_away = False
        return answer


class PatientRedisCache(Patient, RedisCache):
    """Redis, shared by all machines."""


class PatientFileCache(Patient, FileBasedCache):
    """Files, shared by the processes of one folder; looked through for too many only now and then."""

    def _cull(self):
        if random.random() < SELDOM:
            super()._cull()
