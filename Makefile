# Everything from a bare checkout, with Python 3.11 or later (and its venv module) and make, nothing else.
# A stamp in .venv remembers what was installed, so that a second call goes straight to work.

HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
export HOST PORT

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
INSTALL := $(PIP) install --no-deps --only-binary :all: --require-hashes

# A virtual environment holds absolute paths: one that was made elsewhere is of no use after the folder moved. It
# goes before any rule is looked at, for make reads the folder once.
ifneq ($(filter-out $(CURDIR),$(shell cat $(VENV)/.place 2>/dev/null)),)
$(shell rm -rf $(VENV))
endif

.PHONY: help serve build test check bench soak lock models browser clean pictures
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: build ## build the graph when it is missing or stale, and serve it (HOST, PORT)
	@exec $(BIN)/gunicorn -c server/gunicorn.conf.py server.wsgi:application

# A store that PARLEYGRAPH_STORE names is served as it is. Status 1 means that some article was rejected, with
# its reason on the screen: what could be read is served, where there is a graph at all.
build: $(VENV)/.runtime ## build the graph of data/articles when it is missing or stale
	@if [ -n "$$PARLEYGRAPH_STORE" ] && [ -e "$$PARLEYGRAPH_STORE" ]; then \
	    echo "parleygraph: the store is $$PARLEYGRAPH_STORE, as it is"; \
	else \
	    $(BIN)/parleygraph build --if-stale || \
	        { [ $$? -eq 1 ] && [ -e "$${PARLEYGRAPH_STORE:-data/build/store}/current" ]; }; \
	fi

test: $(VENV)/.test browser ## every test, in JOBS processes
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: $(VENV)/.test ## lint, format, types, import layers, unused code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/vulture

bench: $(VENV)/.test data/build/peers/.installed ## the product beside its peers and limits, as ratios
	@$(BIN)/python -m tests.bench

soak: $(VENV)/.test ## the long fault and load tests, with their figures
	@$(BIN)/python -m tests.soak

data/build/peers/.installed: tests/bench/peers.txt | $(VENV)/.place
	@echo "parleygraph: installing the peers (tests/bench/peers.txt)"
	@$(BIN)/python -m venv --clear data/build/peers
	@data/build/peers/bin/pip install --disable-pip-version-check --quiet -r tests/bench/peers.txt
	@touch $@

lock: ## the lock files anew, from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
	    --custom-compile-command "make lock" -q -o requirements.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --extra test \
	    --custom-compile-command "make lock" -q -c requirements.lock -o requirements-test.lock

# Half an hour on one core. The seed stands in data/models/*.cfg; one thread and one hash seed make it repeat.
models: $(VENV)/.runtime ## the parsers of data/models anew, from the treebanks in the folder CORPORA
	@[ -n "$(CORPORA)" ] || { \
	    echo "name the folder of the treebanks: make models CORPORA=DIR (data/models/README.md lists them)" >&2; exit 2; }
	@for language in it en; do \
	    PYTHONHASHSEED=0 OMP_NUM_THREADS=1 \
	        $(BIN)/python data/models/train.py $$language --corpora "$(CORPORA)" || exit 1; \
	    $(BIN)/python data/models/score.py $$language --corpora "$(CORPORA)" > data/models/$$language.scores.txt || exit 1; \
	done
	@cd data/models && find it en -type f | LC_ALL=C sort | xargs sha256sum > SHA256SUMS

pictures: $(VENV)/.test browser ## the pictures of the README anew, from the running site
	@$(BIN)/python -m tests.pictures

clean: ## remove what make created: environment, graph, caches
	rm -rf $(VENV) data/build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.place:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14; do \
	    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	    python=; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "parleygraph needs Python 3.11 or later, and found none; install it (Debian: apt-get install python3 python3-venv)," \
	        "or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	$$python -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$$python lacks its venv module; install it (Debian: apt-get install python3-venv)" >&2; exit 1; }; \
	echo "parleygraph: creating $(VENV) with $$($$python --version)"; \
	$$python -m venv --clear $(VENV)
	@echo "$(CURDIR)" > $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.place
	@echo "parleygraph: installing what serving needs (requirements.lock)"
	@$(INSTALL) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.runtime
	@echo "parleygraph: installing what the tests need (requirements-test.lock)"
	@$(INSTALL) --no-binary owlready2 -r requirements-test.lock # published as source alone; needs no compiler
	@touch $@

# Without a browser its tests are skipped and say what to install; with CI=true a skip is a failure.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	    [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { \
	        echo "parleygraph: installing Chromium for the browser tests"; \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	            chromium fonts-dejavu-core >/dev/null; \
	    } || echo "parleygraph: no Chromium here, the browser tests will be skipped"; \
	}
