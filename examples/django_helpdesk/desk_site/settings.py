"""Settings of the example, for trying out: debugging is on, and mail goes to the terminal.

Environment:
    DATABASE_URL: ``postgresql://user@host:port/name``; by default SQLite in ``desk.sqlite3`` beside ``manage.py``.
    DESK_DATABASE: another file for SQLite.
    SECRET_KEY: by default one drawn at each start, so that a restart ends all sessions.
    HELPDESK_KB: ``off`` turns the knowledge base off.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

BASE = Path(__file__).parents[1]


def database(url: str | None) -> dict[str, object]:
    """What Django asks for, from a URL; SQLite without one."""
    if not url:
        # A run of escalations takes the write lock when it begins, so that two runs never tell the same thing twice.
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
        name = os.environ.get("DESK_DATABASE", str(BASE / "desk.sqlite3"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL: {parts.scheme!r} is not known here; write postgresql://user@host:port/name"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": parts.username or "postgres",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or 5432),
    }


SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "promises",  # before helpdesk: its templates and its escalate_tickets go first
    "helpdesk",
    "rest_framework",
    "django_cleanup",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
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
    }
]
ROOT_URLCONF = "desk_site.urls"
STATIC_URL = "static/"
SITE_ID = 1
LOGIN_URL = "helpdesk:login"
LOGIN_REDIRECT_URL = "helpdesk:list"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("zh-hans", "简体中文")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "Service desk <desk@example.com>"

HELPDESK_KB_ENABLED = os.environ.get("HELPDESK_KB") != "off"
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_ENABLE_ATTACHMENTS = False

PROMISES_STANDARD = BASE / "desk.toml"
