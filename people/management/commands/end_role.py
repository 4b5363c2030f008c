from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from networks.queries.opening import network_by_code
from people.choices import Role
from people.commands.roles import dismiss


class Command(BaseCommand):
    help = "Ends a role that somebody holds in a library system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", help="its short name, such as nanjing")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("phone")
        parser.add_argument("--area", default="", help="such as 鼓楼区; without it the whole library system")

    def handle(self, *args: Any, **options: Any) -> None:
        network = network_by_code(options["network"])
        if network is None:
            raise CommandError(f"There is no library system {options['network']!r}.")
        role = Role(options["role"])
        try:
            with inside(network):
                dismiss(network=network, role=role, phone=options["phone"], area=options["area"], at=clock.now())
        except Refused as no:
            raise CommandError("\n".join(str(refusal) for refusal in no.refusals)) from no
        self.stdout.write("That role has ended.")
