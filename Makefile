# Everything runs in .venv, which the first target makes; after that nothing needs the network.
PYTHON ?= python3
BIN := .venv/bin
# bytecode makes every start two to three times faster, so a machine-wide "do not write it" is overruled here
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check check-slow coverage format catalogue clean

demo: .venv/.installed ## compare the candidates of an invented opening
	@$(BIN)/hiringkit demo

test: .venv/.dev ## the quick tests, five in six of all
	$(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/.dev ## what is run after every change: lint, format, types, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal

coverage: .venv/.dev ## branch coverage by all tests, which takes half as long again
	$(BIN)/python -m pytest -n auto --dist worksteal -m "slow or not slow" --cov --cov-report=term

check-slow: .venv/.dev ## every other test: whole screens and pages, faults, fuzzing, the guides as typed, the built wheel
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

format: .venv/.dev ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogue: .venv/.dev ## compile the translations after hiringkit.po was edited
	cd hiringkit/locale/zh/LC_MESSAGES && $(CURDIR)/$(BIN)/python -c "from babel.messages import mofile, pofile; \
	mofile.write_mo(open('hiringkit.mo', 'wb'), pofile.read_po(open('hiringkit.po', 'rb'), locale='zh'))"

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/.installed

clean: ## all that can be made again
	rm -rf .venv build dist .mypy_cache .ruff_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
