# The project's commands. `make report` and `make test` need python3 (3.11 or newer) with pip and venv, and nothing else.

PYTHON ?= python3
VENV ?= .venv
BACKEND ?= ref
VERSION ?=
BACKENDS ?= ref torch
REPORT ?= out/$(BACKEND)$(VERSION:%=-%).html
JOBS ?= 2
LIGHT ?= jax flax mlx onnx onnxruntime
EVERYDAY ?= linear. or conv2d. or max_pool2d. or relu. or mse_loss. or sgd.
PIP_FLAGS ?=

PIP = $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_FLAGS) -c constraints.txt
PYTEST = $(VENV)/bin/python -m pytest
SOURCES = pyproject.toml constraints.txt

# Frameworks do not live together. Each folder of adapters has an environment of its own, made of the extra of that name and the
# constraints beside the adapter; the reference, torch and whatever is not one of ours share the project's. With VERSION the
# distribution that is named as the backend, or else as the folder, or begins as the folder is called (paddlepaddle), is of that
# version, in an environment apart, and whatever fits it comes with it.
FOLDER := $(filter-out reference torch,$(notdir $(patsubst %/__init__.py,%,\
    $(shell grep -lF '"$(BACKEND)":' adapters/*/__init__.py))))
EXTRA := $(or $(FOLDER),$(if $(VERSION),$(BACKEND)))
PINS := $(if $(FOLDER),$(shell sed -n 's/==.*//p' adapters/$(FOLDER)/constraints.txt))
DISTRIBUTION := $(firstword $(filter $(BACKEND),$(PINS)) $(filter $(FOLDER),$(PINS)) $(filter $(FOLDER)%,$(PINS)) $(EXTRA))
PLACE := $(VENV)$(if $(VERSION),-$(DISTRIBUTION)-$(VERSION),$(FOLDER:%=-%))
PINNED := $(if $(VERSION),'$(DISTRIBUTION)==$(VERSION)',-c constraints.txt $(FOLDER:%=-c adapters/%/constraints.txt))

.PHONY: help report matrix frameworks test check format bench strength mutation fuzz clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(VENV)/ready: $(SOURCES)
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(VENV)/ready-for-tests: $(SOURCES)
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[torch,test,check]'
	@touch $(VENV)/ready $@

ifneq ($(PLACE),$(VENV))
$(PLACE)/ready: $(SOURCES) $(FOLDER:%=adapters/%/constraints.txt)
	$(PYTHON) -m venv $(PLACE)
	$(PLACE)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_FLAGS) -e '.[$(EXTRA)]' $(PINNED)
	@touch $@
endif

report: $(PLACE)/ready  ## judge BACKEND (ref), of VERSION if given, and write out/BACKEND.html
	@status=0; $(PLACE)/bin/python -m pytest --backend=$(BACKEND) -n $(JOBS) --report $(REPORT) || status=$$?; \
	[ -f $(REPORT) ] && echo "The report is at $(REPORT); open it in any browser."; exit $$status

matrix: $(VENV)/ready  ## judge each of BACKENDS (ref torch) in its own environment, and write out/matrix.html
	@status=0; rm -f $(BACKENDS:%=out/%.json) out/matrix.json; \
	for backend in $(BACKENDS); do $(MAKE) --no-print-directory report BACKEND=$$backend VERSION= REPORT=out/$$backend.html || status=$$?; done; \
	$(VENV)/bin/python -m reports merge $(BACKENDS:%=out/%.json) -o out/matrix.json && \
	$(VENV)/bin/python -m reports html out/matrix.json && exit $$status

# A check takes milliseconds, but up to six of MLX's hang by chance, which is a known deviation and waits for the limit.
frameworks:  ## judge everyday operators of the LIGHT frameworks, each in its own environment
	@for backend in $(LIGHT); do PYTEST_ADDOPTS="-k '$(EVERYDAY)' --case-timeout=30" \
	$(MAKE) --no-print-directory report BACKEND=$$backend VERSION= REPORT=out/everyday-$$backend.html || exit; done

test: $(VENV)/ready-for-tests  ## run the project's own tests
	$(PYTEST) tests -n $(JOBS)

check: $(VENV)/ready-for-tests  ## architecture, lint, types and format
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/ready-for-tests  ## format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# pytest-html is measured beside the report. pytest loads every plugin that it finds, so it is kept out of the environment.
$(VENV)/pytest-html: $(SOURCES) | $(VENV)/ready-for-tests
	$(PIP) --no-deps --upgrade --target $@ pytest-html pytest-metadata
	@touch $@

bench: $(VENV)/ready-for-tests $(VENV)/pytest-html  ## measure speed, and the page beside pytest-html's
	$(VENV)/bin/python -m benchmarks

strength: $(VENV)/ready-for-tests  ## plant faults and print which are caught, and by what
	$(VENV)/bin/python -m conformance strength

mutation: $(VENV)/ready-for-tests  ## change the reference in small ways, and print which changes nothing notices
	$(VENV)/bin/python -m tests.mutation

fuzz: $(VENV)/ready-for-tests  ## spoil result files, journals and deviations files at random, for an hour
	$(VENV)/bin/python tests/reports/fuzz_loaders.py --minutes 60

clean:  ## remove what was made
	rm -rf $(VENV) $(VENV)-* out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
