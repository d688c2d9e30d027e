# The ways into this repository. The first call makes .venv and installs into it; later ones touch no network.

VENV := .venv
PY := $(VENV)/bin/python

# Handed on through the environment as typed, so that spaces, quotes and dollar signs in them are safe.
export MAKE_PYTHON := $(value PYTHON)
export MAKE_JOURNAL := $(value JOURNAL)
export MAKE_PERIOD := $(value PERIOD)
export MAKE_KIND := $(value KIND)
export MAKE_FORMATS := $(value FORMATS)
export MAKE_OUT := $(value OUT)

.DEFAULT_GOAL := help
.PHONY: help report check test docs bench fuzz clean
.NOTPARALLEL:

help: ## Show this list
	@awk -F ': .*## |: ## ' '/^[a-z]+: .*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  make report takes JOURNAL=DIR PERIOD=2025 KIND=detailed FORMATS=docx,pdf OUT=build, each optional,"
	@echo "  make test ARGS='-k period' or COVERAGE=1, make bench PART=start, and the first call PYTHON=python3.12."

report: $(VENV)/run ## Compile the summary and the detailed report as DOCX and PDF into build/
	@set -f; \
	if [ -n "$$MAKE_JOURNAL" ]; then set -- "$$@" --journal "$$MAKE_JOURNAL"; fi; \
	if [ -n "$$MAKE_PERIOD" ]; then set -- "$$@" --period "$$MAKE_PERIOD"; fi; \
	worst=0; \
	for kind in $$(echo "$${MAKE_KIND:-summary detailed}" | tr , ' '); do \
		$(VENV)/bin/cpd report "$$kind" "$$@" --format "$${MAKE_FORMATS:-docx,pdf}" --out "$${MAKE_OUT:-build}"; \
		code=$$?; \
		if [ $$code -gt $$worst ]; then worst=$$code; fi; \
		if [ $$code -gt 1 ]; then break; fi; \
	done; \
	exit $$worst

check: $(VENV)/dev ## Check the code: style, types, layers
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

test: $(VENV)/dev ## Run the tests
	$(PY) $(if $(COVERAGE),-m coverage run) -m pytest -n auto $(ARGS)
	@$(if $(COVERAGE),$(PY) -m coverage combine --quiet && rm -f .coverage.* && \
		echo "Percent of the lines of cpdkit that the tests ran:" && $(PY) -m coverage report --format=total)

docs: $(VENV)/dev ## Make the pages of docs/ that come from the program anew
	$(PY) -m tools.docs

bench: $(VENV)/dev ## Measure against the budgets and print the table (takes minutes)
	$(PY) -m bench $(PART)

fuzz: $(VENV)/dev ## Feed TARGET=check hostile bytes for SECONDS=60; puts atheris into .venv first
	@$(PY) -c '$(NEEDS)' fuzz > $(VENV)/needs
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/needs
	$(PY) -m fuzz $(or $(TARGET),check) -max_total_time=$(or $(SECONDS),60)

clean: ## Remove what was made, .venv too
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* .fuzz
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps run and dev hold the version of the Python that the environment was finished for. They go away when
# that Python does, and while packages are put in: a stale or half-made environment is made anew.
VERSION := import sys; print(*sys.version_info[:2], sep=".")
$(shell \
	now=$$($(PY) -c '$(VERSION)' 2>/dev/null); \
	{ [ -n "$$now" ] && [ "$$now" = "$$(cat $(VENV)/run 2>/dev/null)" ]; } || rm -f $(VENV)/run $(VENV)/dev)

$(VENV)/run: pyproject.toml
	@$(make-venv)
	@$(call install,)
	@$(PY) -c '$(VERSION)' > $@

$(VENV)/dev: pyproject.toml
	@$(make-venv)
	@$(call install,dev)
	@$(PY) -c '$(VERSION)' > $(VENV)/run
	@$(PY) -c '$(VERSION)' > $@

# The first of the Pythons on this machine that is new enough, or the one named. The .pth file finds the package
# in the checkout by a relative path, so the checkout can be moved with its environment.
define make-venv
[ -f $(VENV)/run ] || { \
	for python in "$${MAKE_PYTHON:-python3}" $${MAKE_PYTHON:+none} python3.14 python3.13 python3.12 python3.11 none; do \
		if [ "$$python" = none ]; then \
			echo "cpdkit needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3" >&2; exit 1; \
		fi; \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	echo "Making $(VENV) and installing into it; this happens once." >&2; \
	"$$python" -m venv --clear $(VENV); \
} || { echo "The environment in $(VENV) could not be made." >&2; exit 1; }
endef

NEEDS := import sys, tomllib; \
	p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(*p["dependencies"], *(n for x in sys.argv[1:] for n in p["optional-dependencies"][x]), sep="\n")
LINK := import pathlib, sysconfig; \
	pathlib.Path(sysconfig.get_path("purelib"), "cpdkit.pth").write_text("../../../..\n")

define install
rm -f $(VENV)/run $(VENV)/dev; \
$(PY) -c '$(NEEDS)' $(1) > $(VENV)/needs && \
$(PY) -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/needs && \
$(PY) -c '$(LINK)' && \
printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -P -m cpdkit "$$@"\n' > $(VENV)/bin/cpd && \
chmod +x $(VENV)/bin/cpd || { echo "The packages could not be installed: they come from PyPI over the network." >&2; exit 1; }
endef
