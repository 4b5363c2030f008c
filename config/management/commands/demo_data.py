import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from config.demo.build import build


class Command(BaseCommand):
    help = "Fills the demo's database with two cities and writes the accounts into accounts.json. STAGE=demo only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("Sample data belongs into the demo: set STAGE=demo.")
        with translation.override(settings.LANGUAGE_CODE):
            accounts = build()
        path = settings.VAR_DIR / "accounts.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(accounts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(accounts)} accounts in {path}")
