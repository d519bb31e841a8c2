"""Everything that differs between installations comes from the environment; the README's table lists it."""

import logging
import secrets
import sys
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from careerforge.embedded import weights
from careerforge.vault.keys import load as load_keys

django_stubs_ext.monkeypatch()
env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_FOLDER = Path(env("CAREERFORGE_DATA", default=str(BASE_DIR / "var"))).resolve()
KEYS_FOLDER = DATA_FOLDER / "keys"
_PORT = env("CAREERFORGE_PORT", default="8000")
PUBLIC_URL = env("CAREERFORGE_PUBLIC_URL", default=f"http://127.0.0.1:{_PORT}")
IS_HTTPS = PUBLIC_URL.startswith("https://")
IS_EMBEDDED = env.bool("CAREERFORGE_EMBEDDED", default=False)
DEMO_ALLOWED = env.bool("CAREERFORGE_DEMO", default=IS_EMBEDDED)
DEBUG = False

# --- applications -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "careerforge.tenancy",
    "careerforge.vault",
    "careerforge.jobs",
    "careerforge.governance",
    "careerforge.skills",
    "careerforge.people",
    "careerforge.gateway",
    "careerforge.knowledge",
    "careerforge.assistant",
    "connectors",
    "market",
    "learning",
    "coaching",
    "careerforge.design",
    "careerforge.demo",
    "careerforge.starting",
    "careerforge.administration.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "django_q",
    "django_htmx",
    "django_prometheus",
    "template_partials.apps.SimpleAppConfig",
    "csp",
]

MIDDLEWARE = [
    "careerforge.web.middleware.ErrorNumberMiddleware",
    "csp.middleware.CSPMiddleware",
    "careerforge.web.middleware.ApiErrorsMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "careerforge.web.middleware.CorsMiddleware",
    "careerforge.web.middleware.ReadableAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "careerforge.people.middleware.OrganisationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "careerforge.urls"
WSGI_APPLICATION = "careerforge.wsgi.application"

_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS,
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerforge.design.context.shell",
                "coaching.reviews.waiting.waiting",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------
_OWNER = env("CAREERFORGE_DATABASE_ROLE", default="application") == "owner"
_DATABASE_URL = env("DATABASE_URL", default="")
_OWNER_URL = env("DATABASE_OWNER_URL", default="") or _DATABASE_URL
# Then `prepare` makes the application's role, and the application changes to it.
ONE_DATABASE_URL = _OWNER_URL == _DATABASE_URL


def _database() -> dict[str, Any]:
    url = _OWNER_URL if _OWNER else _DATABASE_URL
    if not url:
        raise ImproperlyConfigured(
            "No database. Start the product with ./run.sh serve, or set DATABASE_URL to a PostgreSQL server."
        )
    config: dict[str, Any] = env.db_url_config(url)
    config["CONN_HEALTH_CHECKS"] = True
    config["TEST"] = {"NAME": env("CAREERFORGE_TEST_DATABASE", default="test_careerforge")}
    options = config.setdefault("OPTIONS", {})
    if not _OWNER and ONE_DATABASE_URL:
        options["options"] = "-c role=careerforge_app"
    # A pool must never reach the worker: its children would share sockets.
    if not _OWNER and "qcluster" not in sys.argv:
        options["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}
    return config


# The second one is for short transactions beside a long one: what is counted whatever becomes of the act.
DATABASES = {"default": _database(), "aside": _database()}
ASIDE = "aside"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counters of wrong passwords live here: a flood of unknown names must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["careerforge.people.sign_in.Backend"]
ACCOUNT_ADAPTER = "careerforge.people.sign_in.Adapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "careerforge.people.forms.SignInForm"}
# A whole office may sit behind one address; wrong passwords are counted per account as well.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,8/5m/key", "change_password": "5/m/user"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:path"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- security ---------------------------------------------------------------------------------------
_SESSION_KEY = load_keys(KEYS_FOLDER).keys.get("session", {})
# Without a key yet only `prepare` runs, which makes the keys and takes this one from them.
SECRET_KEY = _SESSION_KEY[max(_SESSION_KEY)].hex() if _SESSION_KEY else secrets.token_hex(32)
_PUBLIC_HOST = PUBLIC_URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = [_PUBLIC_HOST, *env.list("CAREERFORGE_ALLOWED_HOSTS", default=[])]
if not IS_HTTPS:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_HTTPS else []
_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}careerforge"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DEVICE_COOKIE_NAME = f"{_PREFIX}careerforge-browser"
CSRF_COOKIE_NAME = f"{_PREFIX}careerforge-csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "careerforge.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_HTTPS
# Health checks and metrics are asked for inside the network, before any proxy has spoken TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# One proxy of our own, or none: a forwarded address that nobody vouches for is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
if env.bool("CAREERFORGE_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
# Beside the session, so that no second cookie carries what was said.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CORS_ORIGINS = env.list("CAREERFORGE_CORS_ORIGINS", default=[])
if any("*" in origin for origin in CORS_ORIGINS):
    raise ImproperlyConfigured("CAREERFORGE_CORS_ORIGINS lists origins one by one; '*' is refused.")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- work in the background -------------------------------------------------------------------------
Q_CLUSTER = {
    "name": "careerforge",
    "orm": "default",
    "workers": env.int("CAREERFORGE_WORKERS", default=1),
    "bulk": 1,
    "queue_limit": 1,
    "poll": 0.5,
    "timeout": 300,
    "retry": 1200,
    "max_attempts": 1,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 500,
    "max_rss": 600_000,
    "label": "Queue",
}

# --- connectors and models --------------------------------------------------------------------------
FOLDERS = [Path(p) for p in env.list("CAREERFORGE_FOLDERS", default=[])]
ALLOWED_ORIGINS = env.list("CAREERFORGE_ALLOWED_ORIGINS", default=[])
OUTBOUND_PROXY = env("CAREERFORGE_PROXY", default="") or None
EMBEDDER_FOLDER = weights.folder()
# Empty: the built-in one. Else openai:MODEL or ollama:MODEL.
EMBEDDER = env("CAREERFORGE_EMBEDDER", default="")

# --- mail -------------------------------------------------------------------------------------------
# Empty: no mail is sent. Else smtp://, smtp+tls:// or smtp+ssl://USER:PASSWORD@HOST:PORT.
MAIL_URL = env("CAREERFORGE_MAIL_URL", default="")
vars().update(env.email_url_config(MAIL_URL or "dummymail://"))
DEFAULT_FROM_EMAIL = env("CAREERFORGE_MAIL_FROM", default=f"careerforge@{_PUBLIC_HOST}")
EMAIL_TIMEOUT = 20

# --- language, time, files, logs --------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["careerforge.web.formats"]
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
PROMETHEUS_EXPORT_MIGRATIONS = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "careerforge.web.logs.OneLine"}},
    "filters": {"strangers": {"()": "careerforge.web.logs.NothingOfStrangers"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["strangers"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "careerforge": {"level": "INFO"},
        "django.request": {"level": "CRITICAL"},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
# Warnings of Python and its libraries are lines like all others.
logging.captureWarnings(True)
