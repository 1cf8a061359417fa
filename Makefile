# Everything a person types here; "make" lists it. Works with GNU make 3.81 and newer.

PY := .venv/bin/python
UV := .venv/bin/uv
RUN := .venv/.installed-run
TEST := .venv/.installed-test
CODE := $(wildcard bot tests bench tools app.py worker.py)
JOBS ?= auto
N ?= 10

# The tests start hundreds of processes; without bytecode each compiles every package again (5 s, not 1.7 s)
unexport PYTHONDONTWRITEBYTECODE

# Nothing of this machine's own package settings may reach a lock
COMPILE = env -i PATH="$$PATH" HOME="$$HOME" SSL_CERT_FILE="$$SSL_CERT_FILE" \
	$(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help install run test check lint types house format lock faults mutants bench pictures talks vendor clean
.DELETE_ON_ERROR:

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

install: $(RUN) ## Bring what running needs into .venv (PYTHON=python3.13 chooses the Python)

run: $(RUN) ## Start everything: phones, staff pages, workers
	@.venv/bin/ally run

test: $(TEST) ## All tests; PostgreSQL and Chromium are used where found (ALLY_REQUIRE_ALL=1: must be found)
	@$(PY) -m pytest -n $(JOBS) --maxprocesses=4 --dist=worksteal

check: lint types house ## Lint, format, types and the rules of the house

lint: $(TEST)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: $(TEST)
	@.venv/bin/mypy $(CODE)

house: $(TEST)
	@$(PY) -m pytest -q tests/test_house.py

format: $(TEST) ## Let ruff put the code in order
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: .venv/bin/uv ## Pin all packages anew from pyproject.toml (UPGRADE=1: the newest of each)
	@echo uv | $(COMPILE) --output-file requirements/uv.txt -
	@$(COMPILE) --group build --output-file requirements/run.txt pyproject.toml
	@$(COMPILE) --group build --group test --constraints requirements/run.txt \
		--output-file requirements/test.txt pyproject.toml

faults: $(TEST) ## Break everything on purpose, N=10 per cent of the long form (N=100: all of it; SEED= plays again)
	@ALLY_FAULTS=$(N):$(SEED) $(PY) -m pytest tests/faults --durations=10

mutants: $(TEST) ## Change the code of [tool.mutants] one thing at a time: do tests notice? (GROUP=claim)
	@$(PY) -m tools.mutants $(GROUP)

bench: $(TEST) ## Measure, beside the floors and peers of docs/bench.md (PARTS="turn reply:sqlite")
	@$(PY) -m bench $(PARTS)

pictures: $(TEST) ## Take the pictures of README and docs from the running program
	@$(PY) -m tools.pictures

talks: $(TEST) ## Write docs/talks: what families read in each language, and what it costs
	@$(PY) -m tools.transcripts

vendor: $(TEST) ## Bring the page assets anew at their pinned versions (needs npm)
	@$(PY) -m tools.vendor

clean: ## Remove .venv and what tools left; keeps .env and var/
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A dangling link (its Python was removed) counts as missing, so the environment is made anew
.venv/bin/python:
	@python="$$(PYTHON='$(PYTHON)' tools/find-python.sh)" && "$$python" -m venv --clear .venv

.venv/bin/uv: .venv/bin/python requirements/uv.txt
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# Installing for running keeps the test tools where they are already
$(RUN): .venv/bin/uv requirements/run.txt pyproject.toml
	@if [ -f $(TEST) ]; then $(MAKE) --no-print-directory $(TEST); else $(call sync,run); fi
	@touch $@

$(TEST): .venv/bin/uv requirements/run.txt requirements/test.txt pyproject.toml
	@$(call sync,test) && touch $(RUN) $@

sync = echo "Installing the packages of requirements/$(1).txt" \
	&& $(UV) pip sync --quiet --python $(PY) --require-hashes requirements/$(1).txt \
	&& $(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
