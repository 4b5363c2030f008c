from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kit.refusals import Refused
from networks.commands.open_network import open_network
from networks.registers import OpeningPlan


class Command(BaseCommand):
    help = "Opens a library system: network, hosts, areas, home page, first administrator, opening list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="short name in addresses, such as nanjing")
        parser.add_argument("--name", required=True, help="such as 南京少儿阅读空间")
        parser.add_argument("--library", required=True, help="such as 金陵图书馆")
        parser.add_argument("--city", required=True, help="such as 南京市")
        parser.add_argument("--host", action="append", required=True, help="repeat it; the first one is used in links")
        parser.add_argument("--district", action="append", default=[])
        parser.add_argument("--zone", action="append", default=[], help="a functional zone, such as 江北新区")
        parser.add_argument(
            "--administrator",
            action="append",
            default=[],
            nargs=2,
            metavar=("NAME", "PHONE"),
            help="signs in with that phone",
        )
        parser.add_argument("--responsible", default="", help="in charge of personal information")
        parser.add_argument("--responsible-contact", default="", help="how readers reach that person")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = OpeningPlan(
            code=options["code"],
            name=options["name"],
            library_name=options["library"],
            city=options["city"],
            hosts=tuple(host.lower() for host in options["host"]),
            districts=tuple(options["district"]),
            zones=tuple(options["zone"]),
            administrators=tuple((name, phone) for name, phone in options["administrator"]),
            responsible=options["responsible"],
            responsible_contact=options["responsible_contact"],
        )
        try:
            network = open_network(plan)
        except Refused as no:
            raise CommandError("\n".join(str(refusal) for refusal in no.refusals)) from no
        self.stdout.write(f"{network.name} is open at {', '.join(plan.hosts)}.")
