# The two commands most people need are `make chat` and `make test`.

PYTHON ?= python3
PORT ?= 7860
DOCUMENTS ?=
INDEX ?=
# Through the environment, so that the shell sees a folder's name whole, spaces and all.
export DOCUMENTS INDEX

VENV := .venv
BIN := $(VENV)/bin
SETTLED := pyproject.toml constraints.txt
# Twice quiet: pip says nothing but errors, and nothing about itself.
INSTALL := $(BIN)/python -m pip install -q -q --no-input --progress-bar off \
	--disable-pip-version-check --root-user-action=ignore -c constraints.txt
PYTEST := $(BIN)/python -m pytest -q
# A process for each core. The tests of one file stay in one process, in their order: they share
# what is made for the file.
PARALLEL := -n auto --dist loadfile
# What requirements.lock holds besides what the assistant always needs.
EXTRAS ?= ocr
# What only the build of torch for graphics cards takes in: the last section of the constraints.
CUDA := sed -n '/^\# Only the build of torch/,$$p' constraints.txt
LOCK := $(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --no-annotate \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help chat test slow-test browser-test lint types words lock wheel check clean

help:
	@echo "make chat          ask the sample documents, or your own: DOCUMENTS=\"/path/to/folder\""
	@echo "                   (also PORT=8000, and INDEX=folder for the index of a second folder)"
	@echo "make test          run the tests"
	@echo "make slow-test     run the tests that take longer"
	@echo "make browser-test  run the tests that drive a browser (needs chromium)"
	@echo "make lint          check the style of the code"
	@echo "make types         check the types"
	@echo "make words         bring ui/locale up to date with the messages in the code"
	@echo "make lock          write the hashes of all that is installed into requirements.lock"
	@echo "make wheel         build the wheel, with its list of parts, in dist"
	@echo "make check         all of these checks"
	@echo "make clean         remove .venv and what the tools left"

# Ctrl-C (exit status 130) is how a chat ends, and no failure.
chat: $(VENV)/.test
	@trap : INT; $(BIN)/strategy chat $${DOCUMENTS:+"$$DOCUMENTS"} $${INDEX:+--index "$$INDEX"} \
		--port $(PORT) || [ $$? -eq 130 ]

test: $(VENV)/.test
	@$(PYTEST) $(PARALLEL)

# pytest's exit status 5: there are none.
slow-test: $(VENV)/.slow
	@$(PYTEST) -m slow || [ $$? -eq 5 ]

browser-test: $(VENV)/.browser
	@command -v chromium >/dev/null || { \
		echo "No chromium found. Install it (Debian: apt-get install chromium), then repeat." >&2; \
		exit 1; }
	@$(PYTEST) -m browser

lint: $(VENV)/.lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.lint
	@$(BIN)/mypy

# Whatever is empty in ui/locale/*.po afterwards wants translating; a test names it.
words: $(VENV)/.test
	@$(BIN)/pybabel -q extract -F pyproject.toml -k gettext_noop -k said --sort-by-file \
		--no-location --width 100 -o $(VENV)/messages.pot ui
	@for language in $$(cd ui/locale && basename -s .po *.po); do \
		$(BIN)/pybabel -q update -i $(VENV)/messages.pot -o ui/locale/$$language.po -l $$language \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100; done

# Of every build that the registry lists, for Linux, macOS and Windows; not for a Python that runs in
# a browser. constraints.txt decides the versions.
lock: $(VENV)/.release
	@$(LOCK) --universal -c constraints.txt $(EXTRAS:%=--extra %) --no-emit-package httpx2-jsfetch \
		$$($(CUDA) | sed -n 's/==.*//; s/^[a-z]/--no-emit-package &/p') \
		-o requirements.lock pyproject.toml
	@$(CUDA) | $(LOCK) --no-deps --python-platform linux -o requirements-cuda.lock -

# The list of parts is CycloneDX, in .dist-info/sboms as PEP 770 has it; no setuptools puts it there.
wheel: $(VENV)/.release
	@rm -rf build dist && mkdir -p build/wheel dist
	@cat requirements.lock requirements-cuda.lock | sed -n 's/ *\\$$//; /^[a-z]/p' | \
		$(BIN)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible \
		-o build/strategy-assistant.cdx.json -
	@$(BIN)/pip wheel -q --no-deps --no-build-isolation -w build/wheel .
	@$(BIN)/wheel unpack -d build/wheel build/wheel/*.whl
	@cd build/wheel/*/*.dist-info && mkdir sboms && cp ../../../*.cdx.json sboms
	@$(BIN)/wheel pack -d dist build/wheel/*/

check: test lint types slow-test browser-test

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is made only after everything before it went well: what failed is done again.
$(VENV)/.test: $(SETTLED)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "Python 3.11, 3.12 or 3.13 is needed, and $(PYTHON) is not one." \
			"Name one: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments." \
			"Install what is missing (Debian: apt-get install python3-venv), then repeat." >&2; \
		exit 1; }
	@[ -x $(BIN)/pip ] || { echo "Making $(VENV) ..."; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing (about four minutes the first time, without a word) ..."
	@$(INSTALL) -e '.[test,ocr]'
	@touch $@

$(VENV)/.lint: $(VENV)/.test
	@echo "Installing ruff and mypy ..."
	@$(INSTALL) -e '.[lint]'
	@touch $@

$(VENV)/.slow: $(VENV)/.test
	@echo "Installing the multilingual encoder ..."
	@$(INSTALL) -e '.[multilingual]'
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	@echo "Installing playwright ..."
	@$(INSTALL) -e '.[browser]'
	@touch $@

$(VENV)/.release: $(VENV)/.test
	@echo "Installing uv, cyclonedx-bom and wheel ..."
	@$(INSTALL) -e '.[release]'
	@touch $@
