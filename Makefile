# The commands of this repository. The first call makes .venv and installs into it; later calls use no network.

VENV := .venv
PY := $(VENV)/bin/python

# Passed through the environment as typed, so that spaces, quotes and dollar signs are safe.
export MAKE_PYTHON := $(value PYTHON)
export MAKE_JOURNAL := $(value JOURNAL)
export MAKE_PERIOD := $(value PERIOD)
export MAKE_KIND := $(value KIND)
export MAKE_FORMATS := $(value FORMATS)
export MAKE_OUT := $(value OUT)

.DEFAULT_GOAL := help
.PHONY: help report check test docs bench dist fuzz clean
.NOTPARALLEL:

help: ## Show this list
	@awk -F ': .*## |: ## ' '/^[a-z]+: .*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  Optional variables:"
	@echo "    make report  JOURNAL=DIR PERIOD=2025 KIND=detailed FORMATS=docx,pdf OUT=build"
	@echo "    make test    ARGS='-k period' COVERAGE=1"
	@echo "    make bench   PART=start"
	@echo "    first call   PYTHON=python3.12"

report: $(VENV)/run ## Make the summary and the detailed report as DOCX and PDF in build/
	@set -f; \
	if [ -n "$$MAKE_JOURNAL" ]; then set -- "$$@" --journal "$$MAKE_JOURNAL"; fi; \
	if [ -n "$$MAKE_PERIOD" ]; then set -- "$$@" --period "$$MAKE_PERIOD"; fi; \
	worst=0; \
	for kind in $$(echo "$${MAKE_KIND:-summary detailed}" | tr , ' '); do \
		$(VENV)/bin/cpd report "$$kind" "$$@" --format "$${MAKE_FORMATS:-docx,pdf}" --into "$${MAKE_OUT:-build}"; \
		code=$$?; \
		if [ $$code -gt $$worst ]; then worst=$$code; fi; \
		if [ $$code -gt 1 ]; then break; fi; \
	done; \
	exit $$worst

check: $(VENV)/dev ## Check the code: style, types and layers
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m mypy --platform win32 --cache-dir .mypy_cache/win32
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

test: $(VENV)/dev ## Run the tests
	$(PY) $(if $(COVERAGE),-m coverage run) -m pytest -n auto $(ARGS)
	@$(if $(COVERAGE),$(PY) -m coverage combine --quiet && rm -f .coverage.* && \
		echo "Percentage of the lines of cpdkit that the tests ran:" && $(PY) -m coverage report --format=total)

docs: $(VENV)/dev ## Regenerate the generated pages of docs/
	$(PY) -m tools.docs

bench: $(VENV)/dev ## Measure the speed and compare it with the budgets (takes minutes)
	$(PY) -m bench $(PART)

dist: $(VENV)/dev ## Build the wheel and the source archive in dist/ and check them; installs build and twine into .venv
	@$(PY) -c '$(NEEDS)' build > $(VENV)/needs
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/needs
	rm -rf dist
	$(PY) -m build --no-isolation
	$(PY) -m build --no-isolation --outdir dist fonts
	$(PY) -m twine check --strict dist/*

fuzz: $(VENV)/dev ## Fuzz TARGET=check for SECONDS=60; installs atheris into .venv
	@$(PY) -c '$(NEEDS)' fuzz > $(VENV)/needs
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/needs
	$(PY) -m fuzz $(or $(TARGET),check) -max_total_time=$(or $(SECONDS),60)

clean: ## Remove generated files and .venv
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* .fuzz
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps run and dev contain the version of the environment's Python. They are deleted when that Python is gone
# and while packages are installed, so that a stale or incomplete environment is made again.
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

# The first new enough Python on this machine, or the one that the caller names. The .pth file has a relative path to
# the package in the checkout, so the checkout can be moved together with its environment.
define make-venv
[ -f $(VENV)/run ] || { \
	for python in "$${MAKE_PYTHON:-python3}" $${MAKE_PYTHON:+none} python3.14 python3.13 python3.12 python3.11 none; do \
		if [ "$$python" = none ]; then \
			echo "cpdkit needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3" >&2; exit 1; \
		fi; \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	echo "Making $(VENV) and installing packages into it. This happens only once." >&2; \
	"$$python" -m venv --clear $(VENV); \
} || { echo "Cannot make the environment in $(VENV)." >&2; exit 1; }
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
chmod +x $(VENV)/bin/cpd || { echo "Cannot install the packages. They come from PyPI, over the network." >&2; exit 1; }
endef
