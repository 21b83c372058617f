# make demo    install and check the examples          make test    install and run all that CI runs
# make check   the checks alone                        make golden  rewrite the golden files: read the diff
# make docs    the checks of the documents             make bench   benchmarks
# make mutate  mutation testing of the language: hours; goes on where it stopped        make clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := plugins/contracted_service

.PHONY: demo test check golden docs bench mutate clean

demo: $(VENV)/.installed
	$(BIN)/perfrules check examples --fail-on never

test: check

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	rm -f .coverage .coverage.*
	CI=1 $(BIN)/pytest -n 2 --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --include='*/perfrules/language/*' --fail-under=100
	set -e; for plugin in $(PLUGINS); do $(BIN)/pytest -q -p no:cacheprovider $$plugin/tests; done

golden: $(VENV)/.dev
	$(BIN)/pytest -q tests/reporters tests/language/test_error_messages.py --update-golden

docs: $(VENV)/.dev
	$(BIN)/pytest -q tests/test_docs.py tests/catalogue

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/language.py

mutate: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml $(PLUGINS:%=%/pyproject.toml)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . $(PLUGINS:%=-e ./%)
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@
