# Two commands do everything: `make demo` and `make test`. Nothing but Python 3.11+ and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench floors model clean

demo: $(STAMP)
	$(BIN)/legation read examples/05-lima-residence-stormed.txt --date 1997-04-23
	rm -rf runs/demo && mkdir -p runs
	$(BIN)/legation read examples/*.txt --into runs/demo --format csv --what events > runs/demo-events.csv
	$(BIN)/legation show runs/demo

test: $(STAMP)
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/python benchmarks/floors.py

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(STAMP)

model:
	$(PYTHON) training/make_model.py

clean:
	rm -rf $(VENV) runs build dist
