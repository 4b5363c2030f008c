from argparse import ArgumentParser
from typing import Any

from babel.messages.pofile import PoFileError
from django.core.management.base import BaseCommand, CommandError

from config import catalogues


class Command(BaseCommand):
    help = "Brings the Chinese catalogue into line with the source (or checks it, or compiles it)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--check", action="store_true", help="change nothing; fail on anything missing or wrong")
        which.add_argument("--compile", action="store_true", help="write the .mo files that Django reads")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check()
            elif options["compile"]:
                self._compile()
            else:
                self._update()
        except PoFileError as error:
            raise CommandError(f"A catalogue cannot be read (left from a merge?): {error}") from error

    def _update(self) -> None:
        added, dropped = catalogues.update()
        for text in added:
            self.stdout.write(f"to translate: {text}")
        for text in dropped:
            self.stdout.write(f"no longer used: {text}")
        self._compile()

    def _compile(self) -> None:
        for path in catalogues.compile_all():
            self.stdout.write(f"wrote {path.relative_to(catalogues.ROOT)}")

    def _check(self) -> None:
        if found := catalogues.faults():
            raise CommandError("\n".join([*found, "Run `make messages`, then fill in what is empty."]))
        self.stdout.write("Every text has its Chinese words.")
