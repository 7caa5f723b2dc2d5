# `make` alone lists the targets. Needed beforehand: make, Python 3.11 or newer with its venv module, and pip's network.
# VENV=dir puts the environment elsewhere; PYTHON=command chooses the interpreter.

VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
AXE := .axe/node_modules/axe-core/axe.min.js
CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCK_COMMAND := make lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint format types postgresql robustness documents browser axe mutants pictures benchmarks lock audit clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r target text; do \
		printf '  make %-12s %s\n' "$$target" "$$text"; done

setup: $(STAMP) ## make the environment and install the pinned dependencies and the package

demo: $(STAMP) ## open the published plans in the terminal
	@$(BIN)/outcome-tracker demo .

test: $(STAMP) lint types ## lint, types, layers and the tests
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(STAMP) ## style, format and the layers, without changing anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

format: $(STAMP) ## put the code into its format and mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

types: $(STAMP) ## check the types
	$(BIN)/mypy

# Without PostgreSQL's programs they are skipped with the reason, or with REQUIRE_PROGRAMS=1 fail.
postgresql: $(STAMP) ## the tests of what the database does, on a PostgreSQL server that they start and stop
	$(BIN)/python -m pytest -n auto -m "postgresql and not robustness" -rs

# ROBUSTNESS=20 tries twenty times as much.
robustness: $(STAMP) ## power cuts, kills, full disks, many writers, hostile files, attacks on hidden numbers
	$(BIN)/python -m pytest -n auto --hypothesis-profile=thorough tests/core/test_suppression.py tests/core/test_disclosure.py
	$(BIN)/python -m pytest -n auto --dist loadfile -m robustness -rs

# What is missing is skipped with its reason, or with REQUIRE_PROGRAMS=1 is a failure.
documents: $(STAMP) ## the tests of what is written, by a browser, LibreOffice and the like
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory axe; fi
	$(BIN)/python -m pytest -m documents -rs

browser: $(STAMP) ## the tests of `serve` in Chromium and behind nginx
	$(BIN)/python -m pytest -m browser -rs

axe: $(AXE) ## fetch the accessibility checker that `make documents` uses, by its hash

$(AXE): tests/report/axe/package.json tests/report/axe/package-lock.json
	@mkdir -p .axe
	@cp $^ .axe/
	@cd .axe && npm ci --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

mutants: $(STAMP) ## change the core one operator at a time and see whether a test notices
	$(BIN)/mutmut run
	$(BIN)/mutmut results

pictures: $(STAMP) ## draw the pictures in docs/ anew
	$(BIN)/python docs/make_pictures.py

benchmarks: $(STAMP) ## measure, side by side with peers
	$(BIN)/python -m benchmarks

# Extras stay in the lock: pip pins `coverage` but not the `coverage[toml]` that another package asks for, and then
# refuses every lock that is older than the newest release.
# UPGRADE= on the command line keeps what is locked and only adds what pyproject.toml asks for anew. runtime.lock is the
# same without the tools of development, for installing where the program is used.
UPGRADE := --upgrade
EXTRAS := --extra excel --extra postgres --extra web --extra word
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --python-version 3.11 \
	--custom-compile-command '$(LOCK_COMMAND)' --no-emit-index-url --no-emit-find-links $(EXTRAS)
lock: $(STAMP) ## resolve requirements.lock anew, to the newest versions that pyproject.toml allows
	$(COMPILE) $(UPGRADE) --group dev --output-file requirements.lock pyproject.toml
	@rm -f runtime.lock
	$(COMPILE) --constraint requirements.lock --output-file runtime.lock pyproject.toml

# Asks about every locked release, and of one that is known to be vulnerable: what a mirror doesn't know is no good news.
# SERVICE=osv asks another one.
SERVICE := pypi
audit: $(STAMP) ## known vulnerabilities of all that is locked, by a public service on the internet
	@$(BIN)/python .ci/audit.py requirements.lock --service $(SERVICE)

clean: ## remove caches and builds (the environment stays)
	rm -rf dist mutants .axe .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage snapshot_report.html

# A candidate must run, not only exist: version managers put commands on PATH that merely say they are not installed.
$(STAMP): requirements.lock pyproject.toml
	@if ! $(BIN)/python -c '' 2>/dev/null; then \
		chosen=; \
		for candidate in $(CANDIDATES); do \
			if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
				chosen=$$candidate; break; \
			fi; \
		done; \
		if [ -z "$$chosen" ]; then \
			echo "Outcome Tracker needs Python 3.11 or newer; none of these runs and is new enough: $(CANDIDATES)." >&2; \
			echo "Install Python, or name one: make PYTHON=/path/to/python3" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$("$$chosen" --version)"; \
		if ! "$$chosen" -m venv "$(VENV)"; then \
			echo "$$chosen could not make a virtual environment in $(VENV)." >&2; \
			echo "On Debian and Ubuntu its venv module is a package of its own: sudo apt install python3-venv" >&2; \
			echo "Or choose another Python: make PYTHON=/path/to/python3" >&2; \
			exit 1; \
		fi; \
	fi
	@if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "$(VENV) holds a Python older than 3.11: remove it, or choose another place with VENV=dir." >&2; \
		exit 1; \
	fi
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "$(VENV) has no pip. Remove it; on Debian and Ubuntu: sudo apt install python3-venv; then try again." >&2; \
		exit 1; \
	fi
	@echo "Installing the pinned dependencies; the first time takes a minute or two"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src/outcome_tracker # so that the first start is as quick as the second
	@touch $@
