# Everything a person or a machine does with this project has a name here; `make` lists them.
# Needed on the machine: Python 3.11 to 3.13 with its venv module, make, and a package index.

HOST ?= 127.0.0.1
PORT ?= 8000
TEST_COUNTS ?= small

# The first Python that really starts (a version manager's shim may be there and refuse).
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && { command -v $$python; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
PACKAGES := accounts api citations conditions discussions publishing remedies remedies_site search workbench
TEMPLATES = $(shell find templates -name '*.html')

# An address that a browser can open, also when the server listens on every interface.
REACHABLE := $(if $(filter 0.0.0.0 ::,$(HOST)),127.0.0.1,$(HOST))
SITE_URL ?= http://$(if $(findstring :,$(REACHABLE)),[$(REACHABLE)],$(REACHABLE)):$(PORT)
run dev: export SITE_URL := $(SITE_URL)
export TEST_COUNTS

.DEFAULT_GOAL := help
.PHONY: help run dev install test quick drill check format lock audit messages identity measure lighthouse pictures bench sbom

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## serve the site on http://127.0.0.1:8000 (PORT=… and HOST=… are honoured)
	@exec $(BIN)/python -m scripts.run_site '$(HOST)' '$(PORT)'

dev: export DJANGO_SETTINGS_MODULE = remedies_site.settings.dev
dev: $(DEV) ## the same with auto-reload and debug pages
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python manage.py runserver '$(HOST):$(PORT)'

test: $(DEV) ## everything, two parts at a time, with minutes (PARTS="check sqlite postgres markup browser" picks)
	@$(BIN)/python -m scripts.run_tests $(PARTS)

quick: $(DEV) ## in a minute: the tests of what was changed, on SQLite, without a browser
	@$(BIN)/python -m scripts.run_quick

drill: TEST_COUNTS = full
drill: test ## the same tests with the full counts, and every page in every window and language

# What the checks need of a site they make apart from yours.
check: export VAR_DIR = $(CURDIR)/$(VENV)/.cache/var
check: $(DEV) ## lint, format, types, layer contracts, missing migrations: seconds
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	@echo djade --check; $(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

format: $(DEV) ## put code and templates into the shape that `check` wants
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)

install: $(DEV) ## only make .venv with everything in it

# One file per install: what is served, and what is tested with. Both hold hashes and no
# addresses. A path or an index from the environment must not find its way in.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header

lock: $(DEV) ## write requirements/*.txt again from pyproject.toml (UPGRADE=1 takes newer releases)
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements/runtime.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

messages: $(DEV) ## collect texts for a translation into locale/ (LANGUAGE_CODE=de; needs GNU gettext)
	@test -n "$(LANGUAGE_CODE)" || { echo "Name the language: make messages LANGUAGE_CODE=de" >&2; exit 1; }
	@command -v xgettext >/dev/null || { echo "GNU gettext is needed (Debian: apt-get install gettext)" >&2; exit 1; }
	@mkdir -p locale
	$(BIN)/python manage.py makemessages --locale '$(LANGUAGE_CODE)' --ignore 'tests/*' --ignore 'var/*' --ignore '.venv/*'

identity: $(DEV) ## draw mark, wordmark, plates and sharing pictures again from scripts/identity.py
	@$(BIN)/python -m scripts.identity

measure: $(DEV) ## what a first visit costs, into docs/measures.md
	@$(BIN)/python -m scripts.measure_transfer

lighthouse: $(DEV) ## the scores of Lighthouse for a phone, into docs/lighthouse.md (needs Node.js)
	@$(BIN)/python -m scripts.measure_lighthouse

bench: $(DEV) ## what a page costs beside a bare view, on both databases, into docs/performance.md and docs/scaling.md (ARGS=--quick)
	@$(BIN)/python -m scripts.bench $(ARGS)
	@$(BIN)/python -m scripts.scaling

pictures: $(DEV) ## take the pictures in docs/pictures/ again, from the running site
	@$(BIN)/python -m scripts.pictures

audit: $(RUNTIME) ## known weaknesses in the locked packages; fails where it could not look (needs the network)
	@$(BIN)/python -m scripts.audit

sbom: $(DEV) ## the software bill of materials (CycloneDX) of the locked packages, into var/sbom.json
	@$(BIN)/python -m scripts.sbom

# Stamps: a second call finds them and takes no time. The dev file holds every runtime pin too.
$(RUNTIME): requirements/runtime.txt | $(BIN)/python
	@echo "Installing the locked packages …"
	@$(PIP_INSTALL) --requirement $<
	@touch $@

$(DEV): requirements/dev.txt requirements/runtime.txt | $(BIN)/python
	@echo "Installing the locked packages with the tools for tests …"
	@$(PIP_INSTALL) --requirement $<
	@touch $(RUNTIME) $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with its venv module is needed (Debian: apt-get install python3-venv); name one with PYTHON=…" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) …"
	@$(PYTHON) -m venv $(VENV)
