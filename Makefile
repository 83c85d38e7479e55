# Two commands set everything up: `make site` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
PYTHON ?= python3
BIN := .venv/bin
N ?= 100
MINUTES ?= 5
RUNS ?= 20
TESTS ?= tests/browser
# Tests that a stock Firefox can take as they are. The others look at something of Chromium's, or change it.
IN_FIREFOX := $(addprefix tests/browser/test_,$(addsuffix .py,firefox webkit journey questions scenarios search lines journal_lock offline on_disk))
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test test-browsers test-fast test-interop test-speech test-steady check format words bench bench-suite bench-lighthouse bench-peers profile fuzz wheel release lock audit sbom clean all
all: check test site

site: .venv/site.stamp  ## build the site into site/
	$(BIN)/alongside build
	echo "Look at it with: make serve, then open http://127.0.0.1:8000"

serve: .venv/site.stamp  ## show the site and build it anew when something changes
	$(BIN)/alongside serve

test: node_modules/.stamp  ## every test, those in Chromium included; Firefox, WebKit, a screen reader and clients of exports have targets of their own
	for what in chromium servers; do $(BIN)/python -m tests.browser.$$what --install; done
	PATH="$$PWD/$(BIN):$$PATH" node --no-warnings --experimental-vm-modules --test tests/js/*.test.js
	export REQUIRE_BROWSER=1
	# What failed is tried once more; what passed only then is named at the end and kept in .cache/failed-first.txt.
	$(BIN)/python -m tests.steady.net -m "not firefox and not webkit and not interop"

test-fast: .venv/dev.stamp  ## tests of a few seconds, something of every part: no browser, no built site, nothing marked slow; `make test` runs all
	$(BIN)/python -m pytest -m "not browser and not site and not slow"

test-browsers: node_modules/.stamp  ## a learner's way, every kind and many pages in Firefox and in WebKit: more of it than `make test`
	for what in firefox webkit; do $(BIN)/python -m tests.browser.$$what --install; done
	export REQUIRE_BROWSER=1
	$(BIN)/python -m pytest -n auto --engine firefox $(IN_FIREFOX)

test-interop: node_modules/.stamp  ## what is exported, judged by the programs that others read it with: installs them in .cache/interop
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.interop.clients --install
	PATH="$$PWD/$(BIN):$$PATH" REQUIRE_BROWSER=1 $(BIN)/python -m pytest -m interop tests/interop

test-speech: .venv/dev.stamp  ## a screen reader goes through the states of a page, in Firefox and in Chromium: what it says is kept in .cache/speech
	$(BIN)/python -m tests.speech.run --install

test-steady: node_modules/.stamp  ## the browser tests again and again beside a busy processor: make test-steady RUNS=20 TESTS=tests/browser/test_print.py; RESUME=1 goes on
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.browser.servers --install
	export REQUIRE_BROWSER=1
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python -m tests.steady.run --runs $(RUNS) $(if $(RESUME),--resume) -- -n auto --dist worksteal $(TESTS)

check: node_modules/.stamp  ## style, types, import directions, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	export PATH="$$PWD/$(BIN):$$PATH"
	node node_modules/@biomejs/biome/bin/biome check --error-on-warnings
	node node_modules/stylelint/bin/stylelint.mjs --max-warnings 0 "theme/**/*.css" "builder/**/*.css"
	node node_modules/typescript/bin/tsc --project theme-types.json
	$(BIN)/alongside check --strict

format: node_modules/.stamp  ## lay out Python, scripts and styles as `make check` wants them
	$(BIN)/ruff format .
	export PATH="$$PWD/$(BIN):$$PATH"
	node node_modules/stylelint/bin/stylelint.mjs --fix "theme/**/*.css" "builder/**/*.css"
	node node_modules/@biomejs/biome/bin/biome format --write

words: .venv/site.stamp  ## gather what the site says into messages.pot, from which translations start
	$(BIN)/python -m alongside.words.template

bench: .venv/dev.stamp  ## how the cost of checking and building grows, what pages weigh in a browser, and how soon they answer on a slow telephone: make bench N=1000
	$(BIN)/python bench/check.py $(N)
	$(BIN)/python bench/run.py --largest $(N)
	$(BIN)/python bench/edit.py $(N)
	$(BIN)/python bench/serve.py $(N)
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python bench/weight.py
	$(BIN)/python bench/answers.py

bench-suite: .venv/dev.stamp  ## what `make test-fast` costs: CPU seconds, and the share of each folder of tests
	$(BIN)/python bench/suite.py

bench-lighthouse: .venv/dev.stamp  ## what Lighthouse says of one page of each class, which it installs in .cache/lighthouse
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.browser.servers --install
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python bench/lighthouse.py --install

bench-peers: .venv/dev.stamp  ## ours beside Hugo, MkDocs with Material, Zensical and Eleventy: sets them up in .cache/peers, measures, draws docs/speed.svg
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python bench/peers.py $(N) --install --svg docs/speed.svg

profile: .venv/dev.stamp  ## where the time of a build goes, phase by phase: make profile N=100, or N="100 1000" to see how each grows
	$(BIN)/python bench/profile.py $(N)

fuzz: .cache/fuzz.stamp  ## look for input that breaks the builder, minutes divided over all targets: make fuzz MINUTES=20
	PYTHONPATH=builder:. .cache/fuzz/bin/python -m tests.fuzz.run --minutes $(MINUTES)

wheel: .venv/dev.stamp  ## the package, into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	ls dist

release: .venv/dev.stamp sbom  ## everything that a release carries, into dist/: the same bytes for the same commit
	rm -f dist/*.whl dist/*.tar.gz dist/SHA256SUMS
	export SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)"
	$(BIN)/python -m hatchling build --target sdist --target wheel --directory dist
	cd dist
	sha256sum *.whl *.tar.gz *.cdx.json > SHA256SUMS
	cat SHA256SUMS

audit: .cache/audit.stamp node_modules/.stamp  ## known weaknesses of the dependencies; what could not be looked up is said
	for lock in requirements.lock requirements-dev.lock; do
		echo "$$lock:"
		.cache/audit/bin/pip-audit --requirement $$lock --require-hashes --disable-pip --progress-spinner off
	done
	PATH="$$PWD/$(BIN):$$PATH" npm audit || echo "npm: some packages have known weaknesses, or the list could not be asked. They judge the built site and are not published."

sbom: .cache/audit.stamp  ## the list of what the package depends on, as CycloneDX, into dist/
	mkdir -p dist
	.cache/audit/bin/cyclonedx-py requirements requirements.lock --output-reproducible --output-file dist/alongside.cdx.json
	echo dist/alongside.cdx.json

UV := .cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-config --no-emit-index-url --upgrade pyproject.toml --group build
lock:  ## remake the lock files from pyproject.toml
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/python -m pip install --quiet uv
	$(UV) --output-file requirements.lock
	$(UV) --group dev --output-file requirements-dev.lock
	.cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-config --no-emit-index-url --upgrade --group audit --output-file requirements-audit.lock
	.cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-config --no-emit-index-url --upgrade --group fuzz --output-file requirements-fuzz.lock

.cache/audit.stamp: requirements-audit.lock
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	touch $@

.cache/fuzz.stamp: requirements.lock requirements-fuzz.lock
	$(PYTHON) -m venv .cache/fuzz
	for lock in requirements.lock requirements-fuzz.lock; do
		.cache/fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $$lock
	done
	touch $@

clean:
	rm -rf .venv .cache node_modules site dist

.venv/site.stamp: requirements.lock pyproject.toml
	command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: apt install python3 python3-venv"; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$($(PYTHON) --version)"; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv module is needed: apt install python3-venv"; exit 1; }
	echo "Setting up .venv …"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/site.stamp requirements-dev.lock
	echo "Setting up what the tests need …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

node_modules/.stamp: .venv/dev.stamp package-lock.json
	PATH="$$PWD/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	touch $@
