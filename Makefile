# The doors of the project. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# How many tests run side by side; ARGS goes to pytest: make test ARGS="tests/kit -k ids".
WORKERS ?= 2
ARGS ?=
READY := $(PYTHON) deploy/local/bootstrap.py
TEMPLATES = $$(git ls-files '*/templates/*.html')
# Says how long a part took: $(TIMED) name command…
TIMED := sh -c 'began=$$(date +%s); "$$@"; status=$$?; echo "· $$0: $$(($$(date +%s) - began)) s"; exit $$status'

.PHONY: help demo bench shots demo-reset doctor backup restore test test-fast check check-fast format messages \
	check-format lint types contracts migrations translations docs test-postgres15 ready

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "  %-22s %s\n", $$1, $$2}'

# --- Use ------------------------------------------------------------------------------------
demo: ## a running city on http://127.0.0.1:8000 (PORT and DEMO_DIR change port and data folder)
	@$(READY) demo python -m deploy.local.demo

demo-reset: ## removes the demo's data (asks first, unless YES=1)
	@$(READY) demo python -m deploy.local.reset

doctor: ## what is there, what is missing, and the line that mends it
	@$(PYTHON) -m deploy.local.doctor

backup: ## database, files and keys of the demo into var/backups/
	@$(READY) demo python -m deploy.local.backup

restore: ## puts a backup back: make restore FILE=var/backups/….tar
	@$(READY) demo python -m deploy.local.restore "$(FILE)"

bench: ## how long pages and previews take, beside floors of the same run
	@$(READY) test python -m bench $(ARGS)

shots: ## pictures of key pages into var/shots/, of the demo on PORT or of one started for it
	@$(READY) test python -m deploy.local.shots $(ARGS)

# --- Work -----------------------------------------------------------------------------------
ready:
	@$(READY) test

test: ## every test (installs Chromium, Redis and npm as root on Debian)
	@$(READY) test python -m pytest -n $(WORKERS) $(ARGS)

test-fast: ready ## the tests without the demo and the browser
	@$(BIN)/python -m pytest -n $(WORKERS) -m "not demo and not production" --ignore=tests/journeys $(ARGS)

format: ready ## formats modules and templates
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true

check: check-fast test-postgres15 test ## what CI runs; ends with the tests

check-fast: ready check-format lint types contracts migrations translations docs ## all of it but the tests

check-format: ready
	@$(TIMED) format $(BIN)/ruff format --quiet --check .
	@$(TIMED) "template format" $(BIN)/djade --target-version 5.2 --check $(TEMPLATES)

lint: ready
	@$(TIMED) lint $(BIN)/ruff check --quiet .

types: ready
	@STAGE=test $(TIMED) types $(BIN)/mypy --no-error-summary .

contracts: ready
	@$(TIMED) contracts $(BIN)/lint-imports --no-logo

migrations: ready
	@STAGE=test $(TIMED) migrations $(BIN)/python -W ignore manage.py makemigrations --check --dry-run --verbosity 1

translations: ready
	@STAGE=test $(TIMED) translations $(BIN)/python manage.py messages --check

docs: ready
	@$(TIMED) docs $(BIN)/python -m pytest -q tests/docs

messages: ready ## brings the Chinese catalogue into line with the texts of the source
	@STAGE=test $(BIN)/python manage.py messages

test-postgres15: ready ## migrations and races on Debian's PostgreSQL 15 (as root on Debian)
	@$(TIMED) "PostgreSQL 15" $(BIN)/python -m deploy.local.postgres15 $(BIN)/python -m pytest -q -n $(WORKERS) \
		-k "not process" -m "races or versions" tests/races tests/local/test_test_database.py
