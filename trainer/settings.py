"""Settings, by environment alone. Every variable is in the README's table (a test checks it)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from trainer.ops.heartbeat import INTERVAL_S
from trainer.ops.logs import no_503, no_tokens, one_line
from trainer.ops.variables import CLUSTER_SCHEMES, Variables

# More threads inside numpy than cores make small products slower, not faster: a ranker takes thirty
# times as long. It reads this when it is first imported, which is after the settings.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

BASE_DIR = Path(__file__).resolve().parent.parent
BUILD_DIR = BASE_DIR / ".build"

env = Variables(os.environ)

# -- What runs where ---------------------------------------------------------

DEBUG = env.switch("DEBUG", default=False)
HOST = env.text("HOST", default="127.0.0.1")
PORT = env.whole("PORT", default=8000, least=1, most=65535)
SITE_URL = env.origin("SITE_URL", default=f"http://localhost:{PORT}")
DATA_DIR = Path(env.text("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()

SECRET_KEY = env.text("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, a default, too simple, or shorter than 50 characters. "
        "`manage.py up` makes one in the data folder; elsewhere set SECRET_KEY to a random string: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
_site_host = urlsplit(SITE_URL).hostname or ""
_named_hosts = env.names("ALLOWED_HOSTS")
ALLOWED_HOSTS = _named_hosts or [*LOOPBACK, f"[{_site_host}]" if ":" in _site_host else _site_host]
if HOST not in {"localhost", "127.0.0.1", "::1"} and not _named_hosts:
    raise ImproperlyConfigured(
        f"HOST={HOST} opens the site to other machines: set ALLOWED_HOSTS to the names it is "
        "called by, for example ALLOWED_HOSTS=trainer.example.org"
    )

# -- Rooms -------------------------------------------------------------------

INSTALLED_APPS = [
    "trainer.ops",
    "trainer.home",
    "trainer.host",
    "trainer.lab",
    "trainer.drills",
    "trainer.cards",
    "trainer.learn",
    "trainer.interviews",
    "trainer.board",
    "trainer.grading",
    "trainer.schedule",
    "trainer.catalog",
    "trainer.accounts",
    "trainer.twitter",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "trainer.ops.probes.AnyHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "trainer.ops.outage.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trainer.accounts.middleware.presence",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "trainer.urls"
ASGI_APPLICATION = "trainer.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# -- Stores ------------------------------------------------------------------

_database = env.database("DATABASE_URL", default="postgres:///trainer")
# Each request runs in a thread of its own; more of them than connections wait for their turn, and
# for no longer than a person would. Each process (web, worker, beat) has a pool of its own.
_pool = {"min_size": 1, "max_size": 20, "timeout": 3, "reconnect_timeout": 10}
DATABASES = {
    "default": {
        **_database,
        "CONN_HEALTH_CHECKS": True,  # a pooled connection that a restart cut is replaced unseen
        "OPTIONS": {"connect_timeout": 3, **_database.get("OPTIONS", {}), "pool": _pool},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis(
    "REDIS_URL",
    default="redis://localhost:6379/0",
    schemes=("redis", "rediss", "unix", *CLUSTER_SCHEMES),
)

# -- Jobs --------------------------------------------------------------------

CELERY_BROKER_URL = env.redis(
    "BROKER_URL", default="redis://localhost:6380/0", schemes=("redis", "rediss", "redis+socket")
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 50  # below the visibility timeout: a longer task would run twice
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
WORLD_ACCOUNTS = env.whole("WORLD_ACCOUNTS", default=150_000, least=0, most=1_000_000)
if 0 < WORLD_ACCOUNTS < 200:
    raise ImproperlyConfigured(
        f"WORLD_ACCOUNTS={WORLD_ACCOUNTS} is too few for a world: set 200 or more, or 0 for none."
    )
WORKER_PROCESSES = env.whole("WORKER_PROCESSES", default=2, least=1, most=256)
LAB_PROCESSES = env.whole("LAB_PROCESSES", default=2, least=1, most=16)
SANDBOXES = env.whole("SANDBOXES", default=1, least=0, most=2)
# In which of them this process is (set by who runs them): it has Redis and a lane of its own.
SANDBOX = env.whole("SANDBOX", default=0, least=0, most=2)
SANDBOX_DIR = DATA_DIR / "sandboxes" / str(SANDBOX)
if SANDBOX:
    CELERY_TASK_DEFAULT_QUEUE = f"sandbox-{SANDBOX}"
CELERY_BEAT_SCHEDULER = "trainer.ops.beat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
_sweep_s = 5.0  # a lost task is made up for within this time
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {
        "task": "ops.heartbeat",
        "schedule": INTERVAL_S,
        "options": {"expires": INTERVAL_S},  # a queue that stood still does not fill with them
    },
    "twitter-sweep": {
        "task": "twitter.sweep",
        "schedule": _sweep_s,
        "options": {"expires": _sweep_s},
    },
    "lab-sweep": {
        "task": "lab.sweep",
        "schedule": _sweep_s,
        "options": {"expires": _sweep_s},
    },
    "grading-sweep": {
        "task": "grading.sweep",
        "schedule": _sweep_s,
        "options": {"expires": _sweep_s},
    },
    "twitter-drop-old-overlays": {
        "task": "twitter.drop_old_overlays",
        "schedule": crontab(minute="40"),
    },
    "cards-forget-drafts": {
        "task": "cards.forget_drafts",
        "schedule": crontab(minute="50"),
    },
    "grading-forget-old": {
        "task": "grading.forget_old",
        "schedule": crontab(hour="3", minute="30"),
    },
    "purge-idle-guests": {
        "task": "trainer.accounts.tasks.purge_idle_guests",
        "schedule": crontab(hour="3", minute="10"),
    },
    "purge-carryings": {
        "task": "trainer.accounts.tasks.purge_carryings",
        "schedule": crontab(hour="3", minute="15"),
    },
    "purge-expired-sessions": {
        "task": "trainer.accounts.tasks.purge_expired_sessions",
        "schedule": crontab(hour="3", minute="20"),
    },
}
CELERY_TIMEZONE = "UTC"

# -- The language model that grades, where there is one -----------------------

GRADER_MODEL = env.text("GRADER_MODEL", default="")
OPENAI_BASE_URL = env.endpoint("OPENAI_BASE_URL")
OPENAI_API_KEY = env.text("OPENAI_API_KEY", default="")
if GRADER_MODEL and not (OPENAI_API_KEY or OPENAI_BASE_URL):
    raise ImproperlyConfigured(
        f"GRADER_MODEL={GRADER_MODEL} needs a server: set OPENAI_API_KEY, and for another server "
        "than OpenAI's OPENAI_BASE_URL; or unset GRADER_MODEL to grade offline."
    )
GRADER_CALLS_A_DAY = env.whole("GRADER_CALLS_A_DAY", default=200, least=1, most=1_000_000)
GRADER_CALLS_A_DAY_IN_ALL = env.whole(
    "GRADER_CALLS_A_DAY_IN_ALL", default=2_000, least=1, most=100_000_000
)
GRADER_AT_ONCE = env.whole("GRADER_AT_ONCE", default=1, least=1, most=256)
GRADER_TIMEOUT_S = 30.0  # of one call

# -- People ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "trainer.accounts.validators.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else one who keeps trying never gets in
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is not ours to keep
AXES_USERNAME_CALLABLE = "trainer.accounts.lockout.client_username"
AXES_LOCKOUT_CALLABLE = "trainer.accounts.lockout.locked_page"
AXES_SENSITIVE_PARAMETERS = [  # what a counted failure must not store
    "username",
    "ip_address",
    "current_password",
    "new_password",
    "repeated",
    "csrfmiddlewaretoken",
]

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"

# -- Safety ------------------------------------------------------------------

HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by machines, from inside
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "trainer.ops.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# An upload is a file of cards, of 1 MB (cards.sharing.reading) with its form around it; of a larger
# request no file is kept, neither in memory nor on disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024 + 8 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# -- Pages -------------------------------------------------------------------

CONTENT_DIR = BASE_DIR / "content"
STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BUILD_DIR / "static"]  # what esbuild wrote; static/ holds the sources
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# -- Log ---------------------------------------------------------------------

# One line per event to stderr, for whatever gathers it. Neither bodies, cookies nor addresses of
# servers are logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "filters": {
        "no_503": {"()": "django.utils.log.CallbackFilter", "callback": no_503},
        "one_line": {"()": "django.utils.log.CallbackFilter", "callback": one_line},
        "no_tokens": {"()": "django.utils.log.CallbackFilter", "callback": no_tokens},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "trainer": {"level": "INFO"},
        # In a sandbox labs take Redis away: how the mini Twitter copes is what they show.
        "trainer.twitter": {"level": "ERROR" if SANDBOX else "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {
            "level": "ERROR",
            "filters": ["no_503"],
        },  # 404 and 403 are the visitors' business
        "django.security.DisallowedHost": {"filters": ["one_line"]},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},  # a mistyped password is its owner's business
        "psycopg.pool": {"level": "ERROR"},  # its retries during an outage; requests tell enough
    },
}
