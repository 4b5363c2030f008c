from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kit.refusals import Refused
from networks.models import inside
from networks.queries.opening import network_by_code
from people.choices import Role
from people.commands.roles import appoint


class Command(BaseCommand):
    help = "Gives somebody a role in a library system; enters the person if nobody has the number."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", help="its short name, such as nanjing")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("phone")
        parser.add_argument("--name", default="", help="of a person who is new")
        parser.add_argument("--area", default="", help="such as 鼓楼区; without it the whole library system")

    def handle(self, *args: Any, **options: Any) -> None:
        network = network_by_code(options["network"])
        if network is None:
            raise CommandError(f"There is no library system {options['network']!r}.")
        try:
            with inside(network):
                grant = appoint(
                    network=network,
                    role=Role(options["role"]),
                    phone=options["phone"],
                    name=options["name"],
                    area=options["area"],
                )
                self.stdout.write(f"{grant.person.name} · {grant.get_role_display()} · {grant.area.name}")
        except Refused as no:
            raise CommandError("\n".join(str(refusal) for refusal in no.refusals)) from no
