# make demo    install and check the examples          make test    install and run all that CI runs
# make check   the checks of the core                  make golden  rewrite the golden files: read the diff
# make pages   write the pages of the rules anew
# make docs    the checks of the documents             make bench   benchmarks
# make bench-peers  one submission, many, and verdicts on the line, beside other engines
# make wheels  the wheels in a fresh environment, with each plugin's tests
# make fuzz    damaged files for every reader, ten minutes or FUZZ_SECONDS
# make mutate  mutation testing of the language: hours; goes on where it stopped        make clean
PYTHON ?= python3
FUZZ_SECONDS ?= 600
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := $(wildcard plugins/*)
FRESH := build/fresh/bin
TWINS := */language/whole/*,*/language/to_sql.py,*/language/to_integers.py,*/language/to_doubles.py
PROGRAMS := libreoffice-writer-nogui libreoffice-calc-nogui chromium fonts-noto-cjk poppler-utils

.PHONY: demo test check wheels golden pages docs bench bench-peers fuzz mutate clean

demo: $(VENV)/.installed
	$(BIN)/perfrules check examples/yunling --fail-on never

test: check wheels

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	rm -f .coverage .coverage.*
	CI=1 $(BIN)/pytest -n 2 --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --include='*/perfrules/language/*' --omit='$(TWINS)' --fail-under=100
	$(BIN)/coverage report --include='$(TWINS)' --fail-under=95

# The core's wheel and each plugin's, in an environment that has nothing else: each plugin's tests against the installed core.
wheels: $(VENV)/.dev
	rm -rf build/wheels build/fresh
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w build/wheels . $(PLUGINS:%=./%)
	$(PYTHON) -m venv build/fresh
	$(FRESH)/python -m pip install --quiet --disable-pip-version-check --find-links build/wheels "perfrules[testing]" \
		build/wheels/perfrules_*.whl pytest pytest-xdist
	$(FRESH)/python -m pytest -q -n 2 -p no:cacheprovider $(PLUGINS:%=%/tests)
	$(FRESH)/perfrules plugins check

golden: $(VENV)/.dev
	$(BIN)/pytest -q tests/reporters tests/language/test_error_messages.py --update-golden

pages: $(VENV)/.dev
	$(BIN)/perfrules rules pages --to docs/rules $(PLUGINS:plugins/%=--without %)

docs: $(VENV)/.dev
	$(BIN)/pytest -q tests/test_docs.py tests/catalogue

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/language.py
	$(BIN)/python benchmarks/plugins.py
	$(BIN)/python benchmarks/rulesets.py
	$(BIN)/python benchmarks/readers.py
	$(BIN)/python benchmarks/county.py

# Beside the peers, in an environment of their own; data are made once, in build/workload.
bench-peers:
	test -d build/peers || $(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check -e . --group peers
	build/peers/bin/python benchmarks/one_submission.py
	build/peers/bin/python benchmarks/boundary.py
	build/peers/bin/python benchmarks/boundary.py --largest 1e14
	test -d build/workload || build/peers/bin/python benchmarks/workload/generate.py build/workload
	build/peers/bin/python benchmarks/bulk.py build/workload
	build/peers/bin/python benchmarks/growth.py build/workload

fuzz: $(VENV)/.dev
	$(BIN)/python tests/readers/test_fuzz.py $(FUZZ_SECONDS)

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

$(VENV)/.dev: $(VENV)/.installed $(VENV)/.programs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@

# The programs that tests drive, from Debian's packages where we may install them; tests that have none of them say so and skip.
$(VENV)/.programs: $(VENV)/.made
	@if dpkg -s $(PROGRAMS) >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PROGRAMS) >/dev/null; \
	elif command -v soffice >/dev/null && command -v chromium >/dev/null; then :; \
	else echo "without LibreOffice and Chromium the tests of .doc, .wps, workbooks and of the page are skipped; Debian: apt-get install $(PROGRAMS)"; fi
	touch $@
