"""What Celery calls: the functions of the engine, by name. A task carries no data; the rows say what there is to do."""

from celery import shared_task

from networks.engine import periods, shifts


@shared_task(name="networks.hand_facts")
def hand_facts() -> None:
    shifts.work_a_shift()


@shared_task(name="networks.sweep")
def sweep() -> None:
    shifts.sweep()


@shared_task(name="networks.periodic")
def periodic() -> None:
    periods.run_due()
