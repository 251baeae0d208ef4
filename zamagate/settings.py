"""Settings of every mode; what differs by machine comes through `env`."""

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.contrib.messages import constants as level

from zamagate import env

env.make_folders()

BASE_DIR = env.BASE_DIR
VAR = env.VAR
PRODUCTION = env.PRODUCTION
DEBUG = env.debug()
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.allowed_hosts()
SITE_URL = env.site_url(ALLOWED_HOSTS)
REDIS_URL = env.read.str("REDIS_URL", default="")
HIDDEN_PACKAGES = env.hidden_packages()

INSTALLED_APPS = [
    "cityhall",
    "proposals",
    "logicmodels",
    "trips",
    "kpi",
    "zamagate.apps.ZamagateConfig",
    "zamagate.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_filters",
    "csp",
]

MIDDLEWARE = [
    # the two that write headers come first, so that files and error pages carry them too
    "csp.middleware.CSPMiddleware",
    "zamagate.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zamagate.middleware.door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "zamagate.urls"
WSGI_APPLICATION = "zamagate.wsgi.application"

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
                "cityhall.context.site",
            ],
        },
    },
]
MESSAGE_TAGS = {  # the kinds of a notice (parts/_messages.html)
    level.INFO: "know",
    level.SUCCESS: "done",
    level.WARNING: "todo",
    level.ERROR: "wrong",
}
FORM_RENDERER = "cityhall.drawing.QuickRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "zama"
CRISPY_TEMPLATE_PACK = "zama"

# this city and its desk, in the words of the 窓口資料
ZAMAGATE_SITE = {
    "city": "座間市",
    "desk": "ざま共創官民連携窓口",
    "alias": "ZAMA Living Gate",
    "office": "座間市 地域づくり部 市民協働課",
    "section": "市民協働課",
    "place": "市役所4階",
    "address": "〒252-8566 座間市緑ケ丘一丁目1番1号",
    "phone": "046-252-7966",
    "hours": "平日 8時30分〜17時15分（祝日・12月29日〜1月3日を除く）",
    # how long a step usually lasts, on the proposer's page, once the city has agreed
    "shows_usual_time": env.read.bool("SHOWS_USUAL_TIME", default=False),
    # the numbers of /status/ are public once the city says so
    "shows_status": env.read.bool("SHOWS_STATUS", default=not PRODUCTION),
}
DEMO = not PRODUCTION
BUDGET_SEASON = env.read.str("BUDGET_SEASON", default="9-1")  # month and day its talks begin
DOSSIER_DAYS = env.read.int("DOSSIER_DAYS", default=14)  # so long a dossier lies ready
DRAFT_DAYS = env.read.int("DRAFT_DAYS", default=30)  # so long a draft of the public form stays unsaved

# rows, files, letters
DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = env.read.str("MEDIA_ROOT", default="") or str(VAR / "media")  # never served by its path
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = ["cityhall.uploads.handler.Intake"]  # reads past what is too large
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # what the handler does not keep it still names
CLAMD_URL = env.clamd_url()
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zamagate.static.StaticFiles"},
}
_email = env.email()
DEFAULT_FROM_EMAIL = _email.pop("OPTIONS", {}).get("FROM", "madoguchi@zama.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DESK_EMAIL = env.read.str("DESK_EMAIL", default="")  # where the desk is told what arrived; none: nowhere
EMAIL_TIMEOUT = 10
EMAIL_USE_LOCALTIME = True  # letters are dated in Japan
globals().update(_email)
CACHES = {"default": env.cache(REDIS_URL)}

# language and clock
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

# people: allauth is the only login, postings the only source of permission
AUTH_USER_MODEL = "cityhall.User"
AUTHENTICATION_BACKENDS = ["cityhall.backend.PostingBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cityhall.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # asked for by allauth; sign-up is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# how often one address (ip), or everybody together (key), may do something; an office shares one address
ZAMAGATE_LIMITS = {
    "draft": "60/h/ip",
    "upload": "150/h/ip",  # files
    "submit": "30/h/ip",  # what is more is held for the desk, never refused
    "resume": "30/10m/ip,300/10m/key",
    "receipt": "30/10m/ip,600/10m/key",
    "lost": "20/h/ip,200/h/key",
    "reply": "60/h/ip",
    "export": "30/h/user",
}
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0

# doors
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION  # gunicorn believes the proxy's X-Forwarded-Proto
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is for the domain's owner to ask for
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "proposals.views.writing.csrf_failure"  # what was typed comes back

# work in the background: what must happen lies in our own rows, a beat sweep finds what a lost task left
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 300,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(VAR / "celery/queue"),
        "data_folder_out": str(VAR / "celery/queue"),
        "control_folder": str(VAR / "celery/control"),
    }
)
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celery/beat")
CELERY_BEAT_SCHEDULE = {
    # a run that found no worker in time is dropped: the next one does its work
    "letters": {"task": "cityhall.deliver_post", "schedule": 60, "options": {"expires": 55}},
    "papers": {"task": "logicmodels.render_waiting_papers", "schedule": 60, "options": {"expires": 55}},
    "booklets": {"task": "logicmodels.render_waiting_booklets", "schedule": 60, "options": {"expires": 55}},
    "drafts": {"task": "proposals.forget_old_drafts", "schedule": crontab(hour=3, minute=10)},
    "seeds": {"task": "proposals.wake_seeds", "schedule": crontab(hour=3, minute=50)},
    "meeting again": {"task": "trips.come_back", "schedule": crontab(hour=4, minute=0)},
    "quiet": {"task": "proposals.remind_of_quiet", "schedule": crontab(hour=4, minute=10)},
    "the town": {"task": "proposals.ask_the_town", "schedule": crontab(hour=7, minute=30, day_of_week="1-5")},
    "due days": {"task": "proposals.chase", "schedule": crontab(hour="7-17", minute="*/10")},
    "digests": {"task": "proposals.send_digests", "schedule": crontab(hour="8-17", minute="*/10")},
    "dossiers": {"task": "proposals.make_waiting_dossiers", "schedule": 60, "options": {"expires": 55}},
    "meetings": {
        "task": "proposals.make_waiting_meeting_papers",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "old_dossiers": {"task": "proposals.forget_old_dossiers", "schedule": crontab(hour=3, minute=20)},
    "printed": {"task": "proposals.print_letters", "schedule": 60, "options": {"expires": 55}},
    "scan": {"task": "proposals.scan_attachments", "schedule": 60, "options": {"expires": 55}},
    "files": {"task": "proposals.sweep_files", "schedule": crontab(hour=3, minute=30)},
    "jobs": {"task": "proposals.carry_on_waiting_jobs", "schedule": 60, "options": {"expires": 55}},
    "old jobs": {"task": "proposals.forget_old_jobs", "schedule": crontab(hour=3, minute=20)},
    "tables": {"task": "zamagate.take_in_waiting_tables", "schedule": 60, "options": {"expires": 55}},
    "records": {"task": "kpi.take_in_records", "schedule": 300, "options": {"expires": 290}},
    "stays": {"task": "kpi.rebuild_stays", "schedule": crontab(hour=2, minute=30)},
}

# lines without bodies, to the terminal
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
