# `make run` starts the site, `make test` proves it. PORT=, HOST= and DATA_DIR= are honoured.

SHELL := /bin/sh
PYTHON := .venv/bin/python
# Tools read the settings, which refuse to load without a key. This one never serves anybody.
KEYED := SECRET_KEY=$${SECRET_KEY:-for-tools-that-only-read-the-settings-and-serve-nobody-00}
TEMPLATES := $$(find templates -name '*.html')
# Rooms without a server: they are tested in seconds.
PURE := tests/lib tests/capacity tests/catalog tests/board tests/interviews/pure

.PHONY: run test unit lint lock audit clean
.DEFAULT_GOAL := run

run: .venv/run.stamp
	@$(PYTHON) -m trainer.runtime.frontend
	@exec $(PYTHON) manage.py up

test: .venv/test.stamp
	@$(PYTHON) -m trainer.runtime.frontend
	@$(PYTHON) -m tests.chromium
	@$(MAKE) --no-print-directory lint
	@$(PYTHON) manage.py makemigrations --check --dry-run --verbosity 1
	@$(PYTHON) manage.py check_content
	@exec $(PYTHON) -m pytest --numprocesses 2 --dist loadgroup --no-loadscope-reorder --durations 10

unit: .venv/test.stamp
	@exec $(PYTHON) -m pytest -m "not processes and not browser" $(PURE)

lint: .venv/test.stamp
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@.venv/bin/djade --check $(TEMPLATES)
	@$(KEYED) $(PYTHON) -m mypy
	@.venv/bin/lint-imports

# Needs the advisory databases of PyPI and npm, so it is not part of `make test`.
audit: .venv/test.stamp
	@$(PYTHON) -m trainer.runtime.frontend
	@$(PYTHON) -m pip_audit --disable-pip --require-hashes --requirement requirements.txt
	@cd .build/frontend && npm audit

lock: .venv/run.stamp
	@[ -x .venv/bin/uv ] || $(PYTHON) -m pip install --quiet --force-reinstall --require-hashes -r .setup/uv.txt
	@uv="$(CURDIR)/.venv/bin/uv pip compile --quiet --universal --generate-hashes --upgrade" && \
	export UV_CUSTOM_COMPILE_COMMAND="make lock" UV_SYSTEM_CERTS=1 && \
	$$uv pyproject.toml --output-file requirements.txt && \
	$$uv pyproject.toml --group test --output-file tests/requirements.txt && \
	for tool in uv node; do \
		$$uv .setup/$$tool.in --output-file .setup/$$tool.txt || exit 1; \
	done

# Removes what can be made again; the data folder stays.
clean:
	rm -rf .venv .build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/python.stamp:
	@sh .setup/make_venv

.venv/run.stamp: .venv/python.stamp requirements.txt
	@sh .setup/install requirements.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp tests/requirements.txt
	@sh .setup/install tests/requirements.txt
	@touch $@
