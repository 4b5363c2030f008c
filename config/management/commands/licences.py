from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import licences


class Command(BaseCommand):
    help = "Writes docs/reference/licences.md from what the locked packages say of themselves."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if the page is not up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        packages = licences.runtime_packages()
        if found := licences.faults(packages):
            raise CommandError("\n".join([*found, "Argue each licence in config/licences.py, or do without."]))
        text = licences.page(packages)
        if not options["check"]:
            licences.PAGE.write_text(text, encoding="utf-8")
        elif licences.PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/reference/licences.md is not up to date: run manage.py licences.")
