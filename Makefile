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

.DEFAULT_GOAL := help
.PHONY: help chat test slow-test browser-test lint types words check clean

help:
	@echo "make chat          ask the sample documents, or your own: DOCUMENTS=\"/path/to/folder\""
	@echo "                   (also PORT=8000, and INDEX=folder for the index of a second folder)"
	@echo "make test          run the tests"
	@echo "make slow-test     run the tests that take longer"
	@echo "make browser-test  run the tests that drive a browser (needs chromium)"
	@echo "make lint          check the style of the code"
	@echo "make types         check the types"
	@echo "make words         bring ui/locale up to date with the messages in the code"
	@echo "make check         all of these checks"
	@echo "make clean         remove .venv and what the tools left"

# Ctrl-C (exit status 130) is how a chat ends, and no failure.
chat: $(VENV)/.test
	@trap : INT; $(BIN)/strategy chat $${DOCUMENTS:+"$$DOCUMENTS"} $${INDEX:+--index "$$INDEX"} \
		--port $(PORT) || [ $$? -eq 130 ]

test: $(VENV)/.test
	@$(PYTEST)

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

check: test lint types slow-test browser-test

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info build
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
