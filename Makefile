# Two commands are enough: `make run` and `make test`.
PYTHON = .venv/bin/python

.PHONY: setup run test test-long bench bench-list bench-fit bench-pdf bench-keys lint

setup:
	@bin/prepare test

run:
	@bin/prepare run && exec $(PYTHON) -m zamagate.run

test: setup
	@exec $(PYTHON) -m tests.run

test-long: setup
	@exec $(PYTHON) -m tests.run --long

bench: setup
	@exec $(PYTHON) -m tests.load.bench

bench-list: setup
	@exec $(PYTHON) -m tests.load.desk

bench-fit: setup
	@exec $(PYTHON) -m tests.load.fit

bench-pdf: setup
	@exec $(PYTHON) -m tests.load.pdf

bench-keys: setup
	@exec $(PYTHON) -m pytest -q -n 0 tests/load/keys.py

lint: setup
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check .
