"""Django settings. Every variable read here is listed, with an example, in .env.example.

With nothing set the site runs safely for one person on this machine: SQLite, loopback hosts only, no debug
pages. DJANGO_ENV=production asks for what a public site needs, and refuses to start without it.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from careerguide import environment
from careerguide.logs import with_account, without_traceback

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("DJANGO_VAR_DIR") or BASE_DIR / "var")

# Who may ask, and where we are
# https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/

ENVIRONMENT = os.environ.get("DJANGO_ENV") or "local"
if ENVIRONMENT not in {"local", "production"}:
    raise ImproperlyConfigured(f"DJANGO_ENV={ENVIRONMENT!r}: write local or production.")
PRODUCTION = ENVIRONMENT == "production"

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = environment.words("DJANGO_ALLOWED_HOSTS") or ([] if PRODUCTION else LOOPBACK)
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = environment.words("DJANGO_SECRET_KEY_FALLBACKS")
DEBUG = environment.flag("DJANGO_DEBUG", False)
BASE_URL = os.environ.get("DJANGO_BASE_URL", "").rstrip("/")

if PRODUCTION:
    environment.require_production(SECRET_KEY, SECRET_KEY_FALLBACKS, ALLOWED_HOSTS, BASE_URL)
    if DEBUG:
        raise ImproperlyConfigured("DJANGO_DEBUG is on: it shows secrets to readers. Unset it in production.")
    BASE_URL = BASE_URL or f"https://{ALLOWED_HOSTS[0]}"
else:
    SECRET_KEY = SECRET_KEY or environment.local_secret_key(VAR_DIR / "secret-key")
    if not set(ALLOWED_HOSTS) <= set(LOOPBACK):
        raise ImproperlyConfigured("DJANGO_ALLOWED_HOSTS names public hosts: set DJANGO_ENV=production as well.")
    BASE_URL = BASE_URL or f"http://127.0.0.1:{environment.whole_number('PORT', 8000)}"

SECURITY_CONTACT = environment.security_contact()
CONTACT_EMAIL = environment.contact_email()
SECOND_PERSON_FOR_FIGURES = environment.flag("DJANGO_SECOND_PERSON", False)  # editorial/rights.py

# Applications
# https://docs.djangoproject.com/en/5.2/ref/applications/

INSTALLED_APPS = [
    "careerguide",
    "sources",
    "careers",
    "readinglist",
    "salaries",
    "editorial",
    "careerguide.apps.GuideAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "import_export",
    "reversion",
    "axes",
]

MIDDLEWARE = [
    "careerguide.request_ids.RequestIdMiddleware",  # outermost: no line of the log lacks its request
    "careerguide.middleware.EdgeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careerguide.carrying.CarriedPlanMiddleware",
    "axes.middleware.AxesMiddleware",  # innermost: it replaces the answer to a sign-in that is locked
]

ROOT_URLCONF = "careerguide.urls"
WSGI_APPLICATION = "careerguide.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Pages for readers are Jinja2, in templates/; the admin's are Django's own, in templates/ of their app.
# https://docs.djangoproject.com/en/5.2/topics/templates/

STRICT_TEMPLATES = DEBUG  # a name that does not exist is an error; else it is empty, and in the log
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "careerguide.jinja.environment",
            "context_processors": ["careerguide.context_processors.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database
# https://docs.djangoproject.com/en/5.2/ref/databases/

DATABASES = {"default": environment.database(VAR_DIR / "db.sqlite3")}
if DATABASES["default"]["ENGINE"] == environment.SQLITE:
    # Measured together with four writers: no "database is locked"; write-ahead logging alone does not prevent it.
    # The connection stays open because on a full disk a new one cannot make its shared-memory file.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,  # seconds; four editors who save at once wait for each other
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
    environment.private_folder(VAR_DIR)
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
    DATABASES["default"]["OPTIONS"].setdefault(
        "options",
        "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000",
    )

# The last good copy of each public page; see careerguide/kept_pages/. Developers see each change of a template.

KEEP_PAGES = not DEBUG
KEPT_PAGES_DIR = Path(os.environ.get("DJANGO_KEPT_PAGES_DIR") or VAR_DIR / "kept")
WEB_THREADS = environment.whole_number("WEB_THREADS", 4, least=2)

# Language, time, numbers
# https://docs.djangoproject.com/en/5.2/topics/i18n/

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Static files: hashed names, packed once, kept by browsers for a year
# https://whitenoise.readthedocs.io/en/stable/django.html

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "careerguide.stylesheets.CascadeFinder",  # one stylesheet for pages for readers, made of the cascade's files
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Security
# https://docs.djangoproject.com/en/5.2/topics/security/

HTTPS = environment.flag("DJANGO_HTTPS", PRODUCTION)
BEHIND_PROXY = environment.flag("DJANGO_BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = environment.whole_number("DJANGO_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("DJANGO_HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = environment.flag("DJANGO_HSTS_PRELOAD", False)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "careerguide.views.forbidden_form"
CSRF_TRUSTED_ORIGINS = environment.words("DJANGO_CSRF_TRUSTED_ORIGINS")
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # Preloading binds the whole domain for months: the domain's owner decides, not we.
]

# One policy for every page, the admin included: nothing inline, nothing from another host.
# https://django-csp.readthedocs.io/en/latest/configuration.html
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "upgrade-insecure-requests": HTTPS,
    }
}

# Sessions and passwords are for editors only; no public page sets a cookie.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "careerguide.signin.NotedPasswordLength", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Five wrong tries under one name from one address lock the two together for 15 minutes. A row of AccessAttempt lives
# as long; the next sign-in deletes what is older. Nothing else is kept: the log tells who came (careerguide/signin.py).
# https://django-axes.readthedocs.io/en/latest/4_configuration.html
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "careerguide.addresses.throttled_address"
AXES_LOCKOUT_CALLABLE = "careerguide.signin.locked_page"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]  # and any password
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# A one-time code besides the password (RFC 6238), for every account of the admin; `manage.py add_totp` gives them out.
# https://django-otp-official.readthedocs.io/en/stable/
ADMIN_MFA = environment.flag("DJANGO_ADMIN_MFA", False)
if ADMIN_MFA:
    INSTALLED_APPS += ["django_otp", "django_otp.plugins.otp_totp"]
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1,
        "django_otp.middleware.OTPMiddleware",
    )
    OTP_TOTP_ISSUER = "Medical Director Career Guide"

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2_097_152  # bytes; 5,000 figures as CSV have 1.6 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Log
# https://docs.djangoproject.com/en/5.2/topics/logging/

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "one_line": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback},
        "with_account": {"()": "django.utils.log.CallbackFilter", "callback": with_account},
    },
    "formatters": {
        "line": {
            "class": "careerguide.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {request_id} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.log_level()},
    "loggers": {
        "django": {"handlers": ["stderr"], "propagate": False},
        "django.request": {"filters": ["with_account"]},
        "django.security.DisallowedHost": {"filters": ["one_line"]},
        "axes": {"level": "ERROR"},  # careerguide/signin.py says the same in fewer lines and escapes what was typed
    },
}
