# Everything one does with this project. `make help` lists it.

PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py

# Recipes are bash scripts that stop at the first command that fails.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help run dev admin content fixtures test bench faults check fix lock sbom audit clean update

# Tests and checks: no variable of a running site, no file of it, and a folder that goes away.
define apart
unset DATABASE_URL $${!DJANGO_@}
export DJANGO_VAR_DIR="$$(mktemp -d)"
trap 'rm -rf "$$DJANGO_VAR_DIR"' EXIT
endef

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do
	    printf '  make %-10s%s\n' "$$name" "$$text"
	done

run: update ## Serve the site at http://127.0.0.1:8000/ (PORT=9000 make run for another port)
	@if (: </dev/tcp/127.0.0.1/"$${PORT:-8000}") 2>/dev/null; then
	    echo "Port $${PORT:-8000} is taken. Another one: PORT=8001 make run" >&2
	    exit 1
	fi
	$(MANAGE) collectstatic --noinput --verbosity 0
	echo "The site is at http://127.0.0.1:$${PORT:-8000}/ (stop it with Ctrl-C)"
	exec $(PY) -m granian --interface wsgi careerguide.wsgi:application \
	    --host 127.0.0.1 --port "$${PORT:-8000}" \
	    --workers "$${WEB_WORKERS:-1}" --blocking-threads "$${WEB_THREADS:-4}" --respawn-failed-workers --no-ws

dev: export DJANGO_DEBUG = 1
dev: update ## Serve it for development: debug pages, reload on change
	@exec $(MANAGE) runserver "127.0.0.1:$${PORT:-8000}"

admin: update ## Make an account for the admin, asking for name and password
	@$(MANAGE) createsuperuser

content: update ## Load the fixtures, keeping what editors changed (load_content --overwrite undoes it)

fixtures: $(VENV)/dev.txt ## Make again the fixtures that come from research files, which lie in SHARED=../shared
	@$(MANAGE) make_rate_fixtures
	$(MANAGE) make_salary_fixtures "$(SHARED)/data"
	$(MANAGE) make_reading_fixtures "$(SHARED)/data"

test: $(VENV)/dev.txt ## Run all tests on SQLite, then on PostgreSQL (the one of DATABASE_URL, else one of its own)
	@database="$${DATABASE_URL:-}"
	$(apart)
	echo "== Tests on SQLite"
	$(PY) -m pytest --numprocesses auto --dist loadfile
	echo "== Tests on PostgreSQL"
	DATABASE_URL="$$database" $(PY) -m tests.postgres $(PY) -m pytest --numprocesses auto --dist loadfile -m "not looks"

bench: $(VENV)/dev.txt ## Measure: rates beside nginx's, costs of pages, a million figures; takes 15 minutes
	@unset DATABASE_URL $${!DJANGO_@}
	$(PY) -m tests.bench $(OPTIONS)

faults: $(VENV)/dev.txt ## Try real faults under load: databases and workers that die, a full disk; takes 5 minutes
	@$(PY) -m tests.faults $(NAMES)

check: export PYTHONDONTWRITEBYTECODE = 1
check: $(VENV)/dev.txt ## Check code, templates, migrations, production settings and fixtures; writes nothing
	@$(apart)
	$(PY) -m ruff check --no-cache
	$(PY) -m ruff format --no-cache --check
	find editorial/templates -name '*.html' -print0 | xargs -0 $(VENV)/bin/djade --target-version 5.2 --check
	$(MANAGE) makemigrations --check --dry-run
	DJANGO_ENV=production DJANGO_ALLOWED_HOSTS=guide.example.org \
	    DJANGO_SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	    $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) migrate --noinput --verbosity 0
	$(MANAGE) load_content
	$(MANAGE) dump_content --check
	$(MANAGE) check_quality
	$(PY) -m pip check

fix: $(VENV)/dev.txt ## Repair what `check` finds and a program can repair
	@$(PY) -m ruff check --fix
	$(PY) -m ruff format
	find editorial/templates -name '*.html' -print0 | xargs -0 $(VENV)/bin/djade --target-version 5.2

lock: $(VENV)/dev.txt ## Compile the locked requirements anew; `make lock UPGRADE=--upgrade` takes newer versions
	@for name in requirements requirements-dev; do
	    $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	        --custom-compile-command "make lock" $(UPGRADE) $$name.in --output-file $$name.txt
	done

sbom: $(VENV)/dev.txt ## Write var/sbom.json: the packages that the site runs on, in CycloneDX form
	@mkdir -p var
	$(PY) -m cyclonedx_py requirements --output-reproducible --validate --output-file var/sbom.json requirements.txt
	echo "Written: var/sbom.json"

audit: $(VENV)/dev.txt ## Ask for known weaknesses of the packages that the site runs on; fails if it cannot ask
	@if $(PY) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off --requirement requirements.txt; then
	    echo "Every package was looked up; none has a known weakness."
	else
	    echo "Not clean. If the lines above name no weakness, the list could not be asked: nothing is known either way." >&2
	    exit 1
	fi

clean: ## Remove the virtual environment and caches; var/ with the database stays
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The database, up to date and with the content in it.
update: $(VENV)/run.txt
	@$(MANAGE) migrate --noinput --verbosity 0
	$(MANAGE) load_content

# Copies of the lock files in the virtual environment say what is installed there.
$(VENV)/run.txt: requirements.txt
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then
	    if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
	        echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3" >&2
	        exit 1
	    fi
	    if ! "$(PYTHON)" -c 'import ensurepip' 2>/dev/null; then
	        echo "Python cannot make virtual environments here. On Debian: apt-get install python3-venv" >&2
	        exit 1
	    fi
	    "$(PYTHON)" -m venv --clear $(VENV)
	fi
	if ! cmp --silent $< $@; then
	    echo "Installing $<"
	    $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	fi
	cp $< $@

$(VENV)/dev.txt: requirements-dev.txt $(VENV)/run.txt
	@if ! cmp --silent $< $@; then
	    echo "Installing $<"
	    $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt -r $<
	fi
	cp $< $@
