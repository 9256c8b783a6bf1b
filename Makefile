# Everything runs from .venv, which is made from the lock files.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

# Tests start the program a hundred times: it is compiled once, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak search lint bench tinydb docs hooks help

run: .venv/run.ready  ## a usable demonstration centre on 127.0.0.1:8000
	$(BIN)/bangfu demo --if-new
	$(BIN)/bangfu site build
	$(BIN)/bangfu serve --demo-links

test: .venv/dev.ready  ## everything, browsers and PostgreSQL included
	.ci/install-test-tools
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: .venv/dev.ready  ## servers killed forty times among visitors; ten minutes
	.ci/install-test-tools
	BANGFU_KILL_ROUNDS=20 $(BIN)/python -m pytest tests/faults/test_kill.py

search: SEED ?= $(shell date +%s)
search: .venv/dev.ready  ## properties with thousands of examples, drawn anew; an hour
	.ci/install-test-tools
	@echo 'SEED=$(SEED)'
	EXAMPLES=$(or $(EXAMPLES),50) $(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-seed=$(SEED)

lint: .venv/dev.ready  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.ready  ## how fast the site is built, beside Hugo and mkdocs; ten minutes
	$(BIN)/python -m tests.bench.building

tinydb: .venv/dev.ready  ## TinyDB's own tests on our rows; fetched by hash, a minute
	$(BIN)/python -m tests.bench.tinydb_suite

docs: .venv/run.ready  ## the manual for developers and operators, in build/manual/
	$(BIN)/python -m portal.manual
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict -f portal/manual/mkdocs.yml

hooks:  ## `make lint` before each commit; `git blame` looks through moves
	git config core.hooksPath .ci/hooks
	git config blame.ignoreRevsFile .git-blame-ignore-revs

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST)

.venv/run.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 run'; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.ready: requirements-dev.lock .venv/run.ready
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@
