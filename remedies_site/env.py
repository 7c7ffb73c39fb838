"""Typed readers of the environment, each failing with a sentence that says what to write instead."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding blanks; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """One word out of a short list."""
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def switch(name: str, *, default: bool) -> bool:
    """`on` or `off`."""
    return choice(name, ("on", "off"), "on" if default else "off") == "on"


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    listed = [part.strip() for part in text(name).split(",") if part.strip()]
    return listed or default


def site_url(default: str) -> str:
    """SITE_URL without a slash at its end. Plain http is taken on loopback only."""
    url = text("SITE_URL", default).rstrip("/")
    try:
        parts = urlsplit(url)
        bare = f"{parts.scheme}://{parts.netloc}" == url and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        bare = False
    if not bare or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in url:
        raise ImproperlyConfigured(
            f"SITE_URL must look like https://example.org, without a path; it is {url!r}."
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"SITE_URL may use plain http only for this machine itself; make it https ({url!r})."
        )
    return url


def secret_key(folder: Path) -> str:
    """SECRET_KEY, else the content of SECRET_KEY_FILE, else a key made once and kept in `folder`."""
    key = text("SECRET_KEY")
    if key:
        return key
    named = text("SECRET_KEY_FILE")
    path = Path(named) if named else folder / "secret_key"
    if not named and not path.exists():
        _make_key(path)
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}.") from error
    if len(key) < 32:
        raise ImproperlyConfigured(f"The secret key in {path} has fewer than 32 characters.")
    return key


def private_folder(path: Path) -> Path:
    """A folder for this user alone: database, key and mails lie in it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    try:
        os.link(scratch, path)  # fails when another process was first: its key stands
    except FileExistsError:
        pass
    finally:
        scratch.unlink()


def database(default: str) -> dict[str, Any]:
    """DATABASE_URL as a Django database; `sqlite:///path` or `postgres://user:pw@host/name`."""
    url = text("DATABASE_URL", default)
    try:
        config = dict(environ.Env.db_url_config(url))
    except Exception as error:  # the library raises many kinds; all mean the same to the operator
        raise ImproperlyConfigured(_database_sentence(url)) from error
    if "sqlite" in str(config.get("ENGINE")):
        return _sqlite(config)
    if "postgres" in str(config.get("ENGINE")):
        return _postgres(config)
    raise ImproperlyConfigured(_database_sentence(url))


def _database_sentence(url: str) -> str:
    scheme = url.partition(":")[0]
    return (
        "DATABASE_URL must be sqlite:///folder/file.sqlite3 or "
        f"postgres://user:password@host:5432/name; it begins with {scheme!r}."
    )


def _sqlite(config: dict[str, Any]) -> dict[str, Any]:
    """Writers queue up (IMMEDIATE) rather than fail: deferred ones lost nine of ten races."""
    Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return config | {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;"
            ),
        },
    }


def _postgres(config: dict[str, Any]) -> dict[str, Any]:
    options = dict(config.get("OPTIONS", {}))
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def cache() -> dict[str, Any]:
    """CACHE_URL as a Django cache; in this process's memory without one."""
    url = text("CACHE_URL", "locmemcache://site")
    try:
        return dict(environ.Env.cache_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "CACHE_URL must be redis://host:6379/0, dbcache://table or locmemcache://name; "
            f"it begins with {url.partition(':')[0]!r}."
        ) from error


def email(folder: Path) -> dict[str, Any]:
    """EMAIL_URL as Django's e-mail settings; without one, mails are files in `folder`."""
    url = text("EMAIL_URL")
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "EMAIL_BACKEND": "remedies_site.mail.LoggedFiles",
            "EMAIL_FILE_PATH": folder,
        }
    try:
        return dict(environ.Env.email_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://user:password@host:587."
        ) from error


def language(allowed: set[str], default: str, translated: set[str] | None = None) -> str:
    """LANGUAGE as a language code of Django's.

    Desktops use the same variable for a list of their user's preferences (`de_DE:de`). That is no
    word of the operator's: it counts only where the site's texts are `translated`.
    """
    said = text("LANGUAGE", default)
    first = said.split(":")[0].split(".")[0]
    code = first.replace("_", "-").lower()
    if code in {"c", "posix", ""}:
        return default
    if set(said) & set(":_.") and code.partition("-")[0] not in (translated or {default}):
        return default
    for candidate in (code, code.partition("-")[0]):
        if candidate in allowed:
            return candidate
    raise ImproperlyConfigured(
        f"LANGUAGE must be a language code such as en or de; it is {first!r}."
    )
