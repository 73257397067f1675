# One verb a task. `make run` and `make test` set everything up on a machine that has Python 3.11 and make.

PYTHON ?= python3
VENV := .venv
PLUGIN := web/integrations/prosemirror
# Tests are not kept waiting for a registry that does not answer: half a minute at the most.
IMPATIENT := npm_config_fetch_timeout=15000 npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=500
BIN := $(VENV)/bin
CORPUS ?= var/corpus
HOST ?= 127.0.0.1
PORT ?= 8000
# What `make bench` measures on; without such files the starter corpus.
RECORDS ?= $(wildcard ../shared/corpus/*.jsonl.gz)
BENCH ?=
# Where the CPU build of PyTorch comes from, if not from your usual package index (see README).
TORCH_INDEX ?=

.DEFAULT_GOAL := help
.PHONY: help install run test suite check audit sbom gate bench nightly clean integrations wordpress

help:  ## what there is
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.installed  ## the environment in .venv, for running

run: install  ## the starter corpus, then the web form (Ctrl+C ends it)
	@$(BIN)/onrecord corpus add --starter --corpus $(CORPUS)
	@$(BIN)/onrecord serve --host $(HOST) --port $(PORT) --corpus $(CORPUS)

test: $(VENV)/.dev  ## everything that must hold: style, types, house rules, tests
	@$(IMPATIENT) $(MAKE) --no-print-directory integrations || echo 'The packages of the integrations could not be fetched; their tests are skipped.'
	@$(MAKE) --no-print-directory --keep-going --jobs=2 check suite

suite: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

integrations: $(PLUGIN)/node_modules/.package-lock.json  ## packages for the tests of the integrations (with npm)

check: $(VENV)/.dev  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python deploy/audit.py

audit: $(VENV)/.dev  ## known weaknesses of the packages, with a network
	$(BIN)/python deploy/audit.py --required

sbom: $(VENV)/.dev  ## what is installed, as CycloneDX, in var/sbom.cdx.json
	mkdir -p var
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --validate --output-file var/sbom.cdx.json $(VENV)

gate: $(VENV)/.dev  ## quality on our own labelled cases, against pinned floors
	$(BIN)/python -m tests.evaluation.gate

bench: $(VENV)/.dev  ## speed beside other systems, in one run: var/speed.md (BENCH="--out docs/speed.md …")
	$(BIN)/python -m benchmarks.bench $(if $(RECORDS),--corpus-files $(RECORDS)) $(BENCH)

wordpress: $(VENV)/.dev  ## the WordPress plugin, built and tried in a real WordPress (WORDPRESS=its folder)
	cd integrations/wordpress && npm ci && npm run lint && npm run build && npm run zip
	for file in integrations/wordpress/*.php integrations/wordpress/includes/*.php; do php -l $$file || exit 1; done
	$(BIN)/pytest -n0 integrations/wordpress/tests

$(PLUGIN)/node_modules/.package-lock.json: $(PLUGIN)/package-lock.json
	cd $(PLUGIN) && npm ci --no-progress --loglevel=error
	touch $@

nightly: $(VENV)/.dev  ## the long campaigns, with their figures in docs/promises.md (hours)
	$(INSTALL) --editable '.[nightly]'
	nice $(BIN)/pytest -m nightly
	nice $(BIN)/python -m benchmarks.nightly

clean:  ## remove the environment (corpora stay)
	rm -rf $(VENV)

# PyTorch first: its CPU build satisfies everything after it, and nothing takes a larger one. For development,
# Python compiles what it imports when it does: compiling all that is installed takes as long as installing it. A
# service may have no right to write that down, and would compile at each start.
INSTALL := $(BIN)/pip install --quiet --constraint constraints.txt
define environment
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "OnRecord needs Python 3.11 or newer; set PYTHON=")'
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(INSTALL) $(2) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch
	$(INSTALL) $(2) --editable '.$(1)'
	$(INSTALL) $(2) --no-deps --requirement requirements-data.txt
endef

$(VENV)/.installed: pyproject.toml constraints.txt requirements-data.txt
	$(call environment)
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt requirements-data.txt
	$(call environment,[dev],--no-compile)
	touch $(VENV)/.installed $@
