"""All settings, and the only place that reads the environment (docs/settings.md lists every variable)."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from unionhall.foundation.postgres import database_settings
from unionhall.foundation.private_file import write_once

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


# -- Where things are ---------------------------------------------------------------------------------
DATA = Path(os.environ.get("UNIONHALL_DATA", ROOT / "var")).resolve()
KEYRING_FILE = Path(os.environ.get("UNIONHALL_KEYRING", DATA / "keys" / "keyring.json"))
CIPHER = os.environ.get("UNIONHALL_CIPHER", "aes-256-gcm")
SECRET_KEY = os.environ.get("UNIONHALL_SECRET_KEY") or write_once(
    DATA / "keys" / "secret", secrets.token_urlsafe(64)
)
DEBUG = _flag("UNIONHALL_DEBUG", default=False)
ALLOWED_HOSTS = os.environ.get("UNIONHALL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
BEHIND_TLS = _flag("UNIONHALL_TLS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if BEHIND_TLS and "*" not in host]

# -- What it is made of -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "unionhall.foundation",
    "unionhall.audit",
    "unionhall.unions",
    "unionhall.accounts",
    "unionhall.members",
    "unionhall.reviews",
    "unionhall.collection",
    "unionhall.subsidies",
    "unionhall.statistics",
    "unionhall.workflows",
    "unionhall.ui",
    "unionhall.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "unionhall.ui.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "unionhall.ui.middleware.acting",
]
ROOT_URLCONF = "unionhall.config.urls"
WSGI_APPLICATION = "unionhall.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates", PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "unionhall.ui.frame.frame",
            ],
        },
    }
]

# -- The database -------------------------------------------------------------------------------------
DATABASES = database_settings(
    url=os.environ.get("DATABASE_URL", ""),
    app_url=os.environ.get("APP_DATABASE_URL", ""),
    data=DATA,
    secret=SECRET_KEY,
)
DATABASE_ROUTERS: list[str] = []
APPEND_ONLY_TABLES = ["audit_event"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "foundation_cache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# -- People: sign-in, passwords, second factor --------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "unionhall.accounts.passwords.MixedCharacters"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "unionhall.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/15m/key,30/15m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("UNIONHALL_PROXIES", "0"))
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "工会实名制管理平台"
USERSESSIONS_TRACK_ACTIVITY = True
SECOND_FACTOR_REQUIRED = _flag("UNIONHALL_SECOND_FACTOR", default=True)
PASSWORD_LIFETIME = timedelta(days=int(os.environ.get("UNIONHALL_PASSWORD_DAYS", "90")))
SESSION_COOKIE_AGE = 60 * int(os.environ.get("UNIONHALL_IDLE_MINUTES", "30"))
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- On the wire --------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Area codes taken as known beside the tables: the demo's people live in 460199, which no place has.
KNOWN_AREAS = frozenset(filter(None, os.environ.get("UNIONHALL_KNOWN_AREAS", "").split(",")))
UPLOAD_LIMIT_BYTES = int(os.environ.get("UNIONHALL_UPLOAD_MEGABYTES", "50")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- Words and looks ----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "static/"
NODE = ROOT / "node_modules"
STATICFILES_DIRS = [
    ("tabler", NODE / "@tabler" / "core" / "dist"),
    ("made", DATA / "made"),
    ("htmx", NODE / "htmx.org" / "dist"),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("UNIONHALL_LOG", "WARNING")},
}
