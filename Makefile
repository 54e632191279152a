# `make run` starts the app, `make test` checks everything. Both install what they need.

PYTHON ?= python3
BIN := .venv/bin
# A whole file goes to one process, the longest first, so that what it starts is started once.
# What is compiled is kept: every worker, and every program that they start, needs the same.
WORKERS ?= 2
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -X warn_default_encoding -m pytest \
  -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: run test test-fast bench load scale contact check check-types check-style check-imports check-content check-advisories check-deep pictures lock clean

run: .venv/run.stamp
	@$(BIN)/python -m assessment serve

test: .venv/dev.stamp
	@$(BIN)/python tests/support/browser/install.py
	@$(BIN)/python tests/support/install_office.py
	@$(BIN)/python tests/support/install_proxies.py
	@$(PYTEST)

# For while one writes: without a browser, an office, PostgreSQL, and long searches.
test-fast: .venv/dev.stamp
	@$(PYTEST) -m "not (browser or office or postgresql or slow)" \
	  tests/unit tests/content tests/properties tests/scenarios tests/screens tests/integration

# What is compiled is kept here too: nobody waits for it twice.
bench: .venv/dev.stamp
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.performance.bench

# Options stand in LOAD: make load LOAD="--people 3000 --form light". LOAD=--help names them all.
load: .venv/dev.stamp
	@$(BIN)/python -m tests.performance.load $(LOAD)

# What grows with the number of organisations: make scale SCALE="--organisations 500".
scale: .venv/dev.stamp
	@$(BIN)/python -m tests.performance.scale $(SCALE)

# How long a slow phone waits at its first contact.
contact: .venv/dev.stamp
	@$(BIN)/python -m tests.performance.first_contact

# Types take longest, so the others are checked beside them. More threads for types take a third more
# of the processors, and no less time.
check: .venv/dev.stamp
	@$(MAKE) --no-print-directory -j 2 check-types check-style check-imports check-content check-advisories

check-types:
	@$(BIN)/pyright

check-style:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

check-imports:
	@$(BIN)/lint-imports --cache-dir .venv/cache/import-linter

check-content:
	@$(BIN)/python -m assessment check

check-advisories:
	@$(BIN)/python -m tests.support.advisories

check-deep: .venv/dev.stamp
	@HYPOTHESIS_PROFILE=deep $(PYTEST) tests/properties tests/simulations \
	  tests/attacks tests/unit/report/test_explanations.py \
	  tests/integration/test_custom_questionnaires.py

# Takes the README's pictures anew.
pictures: .venv/dev.stamp
	@$(BIN)/python -m tests.support.browser.pictures

# Writes both lock files for every system and Python version from 3.11 on.
lock: .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed. '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)."; \
	  echo "Install a newer Python, or name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments."; \
	  echo "On Debian and Ubuntu: sudo apt install python3-venv. Then try again."; exit 1; }
	@echo "Making a virtual environment in .venv"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: requirements.txt | .venv/made.stamp
	@echo "Installing what the app needs (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .hypothesis
