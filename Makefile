# `make run` starts everything, `make help` lists the rest. Only Python 3.11+, Node 20+ and make
# are needed; everything else is installed into .venv and web/node_modules.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install -qq --require-hashes
JOBS ?= auto

# The first Python that is new enough; `make run PYTHON=/path/to/python3.12` names another.
PYTHON ?= $(shell for found in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$found -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then $$found -c 'import sys; print(sys.executable)'; break; fi; done)

unexport PYTHON

WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts \
	web/tsconfig*.json web/package.json -type f ! -name '*.test.ts*' 2>/dev/null)

PYTHON_SOURCES := $(shell find mediatheque migrations -name '*.py')

.PHONY: help run test check fuzz bench lock build format openapi clean dev-environment web-environment \
	check-format check-code check-types check-layers check-tests check-openapi check-web \
	check-browser check-fuzz chromium

help: ## List what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run: $(VENV)/.compiled web/dist/index.html ## Build what is missing and start Mediatheque.
	@exec $(PY) -m mediatheque.cli serve --with-parent </dev/null

build: $(VENV)/.compiled web/dist/index.html ## Build all that `make run` needs, start nothing.

test: dev-environment web-environment web/dist/index.html ## Run the tests of server and web.
	@$(PY) -m pytest -n $(JOBS)
	@cd web && npm run -s test

check: check-format check-code check-types check-layers check-web check-openapi check-tests check-fuzz check-browser ## Run everything that must pass before a change is merged.
	@echo "Everything passes."

fuzz: dev-environment ## Ask the whole API at random, at least 20,000 times (FUZZ=--seed=1).
	@$(PY) -m tests.security.fuzzing $(FUZZ)

bench: dev-environment ## Measure speed against the floors; writes docs/benchmarks.md.
	@$(PY) -m bench

format: dev-environment ## Format the code and repair what can be repaired.
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

openapi: dev-environment web-environment ## Write docs/openapi.json, the reference pages and the web client anew.
	@$(PY) -m mediatheque.cli openapi
	@$(PY) -m tests.architecture.reference
	@cd web && npm run -s generate

lock: dev-environment ## Compile requirements/*.in anew, with hashes (UPGRADE=1 for new versions).
	@for name in base dev; do $(VENV)/bin/uv pip compile -q $(if $(UPGRADE),--upgrade) \
		--python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
		$$(test $$name = dev && echo -c requirements/base.txt) \
		requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Remove what was installed and built; the data in var stays.
	rm -rf $(VENV) web/node_modules web/dist web/test-results web/playwright-report
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

# --- the parts of `make check` -----------------------------------------------------------------

check-format: dev-environment
	@$(PY) -m ruff format --check --quiet .

check-code: dev-environment
	@$(PY) -m ruff check --quiet .

check-types: dev-environment
	@$(PY) -m mypy mediatheque tests migrations bench

check-layers: dev-environment
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

check-tests: dev-environment
	@MEDIATHEQUE_TEST_KILLS=$${MEDIATHEQUE_TEST_KILLS:-30} $(PY) -m pytest -n 2

# A taste of `make fuzz`, with one seed: what a build says is of the change, not of the dice.
check-fuzz: dev-environment
	@$(PY) -m tests.security.fuzzing --seconds 40 --phases coverage,fuzzing --seed 1

check-openapi: dev-environment web-environment
	@$(PY) -m mediatheque.cli openapi --check
	@cd web && npm run -s generate:check

check-web: web-environment web/dist/index.html
	@cd web && npm run -s typecheck && npm run -s lint && npm run -s test && npm run -s budget

check-browser: dev-environment web/dist/index.html chromium
	@cd web && npm run -s e2e

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		echo "The browser tests need Chromium. On Debian: apt-get install chromium" >&2; exit 1; }

# --- the environment; stamps, so that a second run costs nothing ------------------------------

dev-environment: $(VENV)/.dev
web-environment: web/node_modules/.installed

# The stamp holds the place it was made for: a copied or moved folder is adapted.
ifneq ($(shell cat $(VENV)/.made 2>/dev/null),$(CURDIR))
.PHONY: $(VENV)/.made
endif
$(VENV)/.made:
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
		test -n "$(PYTHON)" || { echo "Mediatheque needs Python 3.11 or newer, this machine has" \
			"$$(python3 --version 2>&1 || echo none). If it is elsewhere:" \
			"make run PYTHON=/path/to/python3.12" >&2; exit 1; }; \
		"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make virtual" \
			"environments: its venv module is missing. On Debian and Ubuntu: apt-get install" \
			"python3-venv" >&2; exit 1; }; \
		echo "Making the Python environment …"; \
		"$(PYTHON)" -m venv --clear $(VENV); }
	@$(PY) -c 'import os, pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), \
		"mediatheque.pth").write_text(os.getcwd() + "\n")'
	@printf '#!/bin/sh\nexec "%s/$(PY)" -m mediatheque.cli "$$@"\n' "$$(pwd)" > $(VENV)/bin/mediatheque
	@chmod +x $(VENV)/bin/mediatheque
	@printf '%s\n' "$(CURDIR)" > $@

$(VENV)/.base: requirements/base.txt | $(VENV)/.made
	@echo "Installing the Python requirements …"
	@$(PIP) -r $<
	@touch $@

# Bytecode of our own modules halves the time of a start; pip makes that of the others.
$(VENV)/.compiled: $(PYTHON_SOURCES) | $(VENV)/.base
	@$(PY) -m compileall -q mediatheque migrations
	@touch $@

# dev.txt holds all of base.txt.
$(VENV)/.dev: requirements/dev.txt | $(VENV)/.made
	@echo "Installing the Python requirements for development …"
	@$(PIP) -r $<
	@touch $@ $(VENV)/.base

web/node_modules/.installed: web/package-lock.json
	@command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { \
		echo "Mediatheque needs Node.js 20 or newer with npm to build its web application, this" \
			"machine has $$(node --version 2>/dev/null || echo none)." >&2; exit 1; }
	@echo "Installing the web requirements …"
	@cd web && npm ci --no-audit --no-fund --loglevel=error </dev/null
	@touch $@

web/dist/index.html: $(WEB_SOURCES) | web/node_modules/.installed
	@echo "Building the web application …"
	@cd web && npm run -s build -- --logLevel warn </dev/null
	@touch $@
