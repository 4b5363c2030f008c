from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from networks.commands.open_network import open_network
from networks.registers import OpeningPlan


class Command(BaseCommand):
    help = "Makes the operator's own home at OPERATOR_HOST, where new cities are opened. Safe to call at every deploy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--administrator", action="append", default=[], nargs=2, metavar=("NAME", "PHONE"))

    def handle(self, *args: Any, **options: Any) -> None:
        plan = OpeningPlan(
            code="operator",
            name="四季运营",
            library_name="四季运营团队",
            city="运营",
            hosts=(settings.OPERATOR_HOST,),
            administrators=tuple((name, phone) for name, phone in options["administrator"]),
            brand_hue=265,
            is_operator=True,
        )
        open_network(plan)
        self.stdout.write(f"The operator's home answers at {settings.OPERATOR_HOST}.")
