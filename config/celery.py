"""Celery, for services with several machines: `celery -A config.celery worker` and `celery -A config.celery beat`.

The broker is only a doorbell. What there is to do stands in the database; a lost message costs a second or two,
a message delivered twice finds nothing left to do.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Redis looks after a killed worker's message only this often; leases in the database are quicker.
VISIBILITY_SECONDS = 300
CONNECT_SECONDS = 1

app = Celery("siji")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # A shift is 20 s and a listener's limit; periodic purges may take a while.
    task_soft_time_limit=600,
    task_time_limit=660,
    task_default_queue="siji",
    broker_connection_timeout=CONNECT_SECONDS,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "max_retries": 0,
    },
    # The plan is part of the product, so nothing is kept between two starts of beat.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "hand facts": {"task": "networks.hand_facts", "schedule": 2.0, "options": {"expires": 2}},
        "sweep": {"task": "networks.sweep", "schedule": 5.0, "options": {"expires": 5}},
        "periodic work": {"task": "networks.periodic", "schedule": 10.0, "options": {"expires": 10}},
    },
)
app.autodiscover_tasks(["networks"])


def ring() -> None:
    """settings.FACTS_BELL where there is a broker. Called from the bell's own thread; no retries, short time limits."""
    app.send_task("networks.hand_facts", retry=False, ignore_result=True, expires=10)


@worker_ready.connect(dispatch_uid="config.celery.run_jobs")
def run_jobs(**_signal: Any) -> None:
    """Long work runs beside the pool, one job at a time, so that no fact waits for it."""
    # The models are not loaded yet when this module is.
    from networks.engine.crew import process_name
    from networks.engine.job_runner import JobRunner

    app.job_runner = JobRunner(process_name("worker"))
    app.job_runner.start()


@worker_shutting_down.connect(dispatch_uid="config.celery.stop_jobs")
def stop_jobs(**_signal: Any) -> None:
    runner = getattr(app, "job_runner", None)
    if runner is not None:
        runner.ask_to_stop()
