# The developer's whole interface. `make help` lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# A user's own Python, uv and pip settings must not leak into the environment we make.
CLEAN  := env -u PYTHONPATH -u PYTHONHOME -u VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help agreement hostile scale-out pictures differences bench faults race demo test coverage lab check lint types layers tests fuzz roundtrips lock tried wheel clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# uv compiles nothing, and where PYTHONDONTWRITEBYTECODE is set every command would compile all it
# loads: half of its time. A library may ship a template that is no Python, hence `true`.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tana needs Python 3.11 or later; set one with: make PYTHON=python3.12 demo" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; uv takes about 20 seconds, pip about two minutes)"
	@if command -v uv >/dev/null 2>&1; then \
	  $(CLEAN) uv venv -q --clear --python "$(PYTHON)" $(VENV) && \
	  $(CLEAN) uv pip sync -q --require-hashes --python $(BIN)/python requirements.lock && \
	  $(CLEAN) uv pip install -q --no-deps --no-build-isolation --python $(BIN)/python -e . ; \
	else \
	  $(CLEAN) $(PYTHON) -m venv --clear $(VENV) && \
	  $(CLEAN) $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(CLEAN) $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@$(CLEAN) $(BIN)/python -m compileall -q -j 0 -x '/tests?/' $(VENV)/lib assessments flows >/dev/null || true
	@touch $@

demo: $(STAMP) ## set everything up and run the main job on four fictional countries
	@$(BIN)/tana demo

test: $(STAMP) check ## set everything up and pass every check

check: lint types layers tests

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

layers: $(STAMP)
	@$(BIN)/lint-imports

tests: $(STAMP)
	@$(BIN)/pytest -n 2 --dist loadfile

pictures: $(STAMP) ## draw the pictures of docs/workbook.md and docs/report.md anew (needs LibreOffice and pdftoppm)
	@$(BIN)/python docs/pictures/make.py
	@$(BIN)/python docs/pictures/report.py

differences: $(STAMP) ## write docs/differences.md anew: which rule makes the examples' projects differ
	@$(BIN)/python docs/differences/make.py

faults: $(STAMP) ## kill and fail an ingest at every file-system call, 1,000 random kills, 8 x 200 at once
	@$(BIN)/python tests/intake/faults.py $(ARGS)

race: $(STAMP) ## 8 processes x 200 rounds on SQLite and PostgreSQL (a part of faults)
	@$(BIN)/python tests/intake/faults.py --only race $(ARGS)

fuzz: $(STAMP) ## read 20,000 mutated workbooks: no crash, no answer that does not stand there
	@$(BIN)/python tests/untrusted/fuzz.py

bench: $(STAMP) ## measure speed against named baselines, into benchmarks/results.json
	@$(BIN)/python -m benchmarks $(ARGS)

agreement: $(STAMP) ## Word, PDF, annex and IATI of every example in every language state the same figures
	@$(BIN)/tana demo --if-missing
	@$(BIN)/python tests/report/agreement.py $(ARGS)

hostile: $(STAMP) ## 500 hostile answers in ten reports and annexes, opened again by LibreOffice
	@$(BIN)/python tests/report/hostile_answers.py $(ARGS)

scale-out: $(STAMP) ## assess on PostgreSQL with two workers, one killed; as one process on SQLite (minutes)
	@$(BIN)/python tests/flows/scale_out.py $(ARGS)

tried: $(STAMP) ## mark changed notebooks as computing what the library computes, once their tests pass
	@$(BIN)/pytest -q tests/notebooks tests/flows/test_assessment_runs.py -k "not tried_notebooks"
	@$(BIN)/python tests/notebooks/mark_tried.py

roundtrips: $(STAMP) ## fill and read 2,000 answer sets, 200 through LibreOffice, and every deed in it
	@$(BIN)/python tests/workbook/roundtrips.py $(ARGS)

coverage: $(STAMP) ## every branch of scoring is walked by its own tests
	@$(BIN)/coverage run -m pytest tests/scoring tests/flows/test_public_edition.py
	@$(BIN)/coverage report

lab: $(STAMP) ## open the notebooks in JupyterLab on the demo's store
	@$(BIN)/tana demo --if-missing
	@mkdir -p notebooks/scratch
	@$(BIN)/jupyter lab --notebook-dir=notebooks --LabApp.app_settings_dir=$(CURDIR)/deploy/lab \
	  --LabApp.extension_manager=readonly \
	  --HTMLExporter.preprocessors=assessments.runner.printed.DrawCharts

lock: ## resolve requirements.lock and deploy/dask.lock anew (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --quiet --output-file requirements.lock
	@uv pip compile pyproject.toml --extra dask --constraint requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
	  | $(PYTHON) deploy/dask_lock.py > deploy/dask.lock

wheel: $(STAMP) ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean: ## remove the environment and the demo's store
	@rm -rf $(VENV) .tana dist
