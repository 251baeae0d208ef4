from django.conf import settings

from zamagate.celery import app


def test_every_task_on_the_schedule_exists():
    app.loader.import_default_modules()

    assert {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_message_is_json_and_outlives_the_worker_that_takes_it():
    conf = app.conf

    assert (conf.accept_content, conf.task_serializer) == (["json"], "json")
    assert conf.task_acks_late and conf.task_reject_on_worker_lost
    assert not conf.task_publish_retry


def test_no_task_runs_as_long_as_its_message_stays_hidden():
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < 300
