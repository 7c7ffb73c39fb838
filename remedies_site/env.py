"""Typed readers of environment variables. A wrong value raises ImproperlyConfigured with a message that
says what to write instead."""

import ipaddress
import os
import secrets
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from remedies_site.sqlite_connections import ExistingDatabase

Config = dict[str, Any]
"""A value of Django's settings, as django-environ returns it."""

REQUEST_LIMITS = (5, 20)
COMMAND_LIMITS = (20, 3600)
"""Seconds for a lock of the database, and for a statement."""
CONNECT_SECONDS = 5
CACHE_SECONDS = 0.5
"""For each step of a connection to the cache."""

_IPV4_IN_IPV6 = ipaddress.ip_network("::ffff:0:0/96")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def text(name: str, default: str = "") -> str:
    """The variable without surrounding whitespace; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed values, in lower case."""
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def switch(name: str, *, default: bool) -> bool:
    """`on` or `off`."""
    return choice(name, ("on", "off"), "on" if default else "off") == "on"


def text_list(name: str, default: list[str]) -> list[str]:
    """The items of a comma-separated list."""
    items = [part.strip() for part in text(name).split(",") if part.strip()]
    return items or default


def hiding_thresholds() -> tuple[int, int]:
    """HIDE_AT_REPORTS and HIDE_AT_URGENT_REPORTS: how many people have to report a comment to hide it."""
    return number("HIDE_AT_REPORTS", 3), number("HIDE_AT_URGENT_REPORTS", 2)


def number(name: str, default: int, *, least: int = 1) -> int:
    """A whole number from `least` to 1000."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()) or not least <= int(value) <= 1000:
        raise ImproperlyConfigured(
            f"{name} must be a number from {least} to 1000; it is {value!r}."
        )
    return int(value)


def page_store_bytes() -> int:
    """PAGE_STORE_MB: how much memory the kept pages of a process may take; 0 keeps none."""
    value = text("PAGE_STORE_MB", "24")
    if not value.isdecimal() or int(value) > 4096:
        raise ImproperlyConfigured(f"PAGE_STORE_MB must be a number up to 4096; it is {value!r}.")
    return int(value) * 1_000_000


def trusted_proxies() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """TRUSTED_PROXIES: the networks of proxies whose word about a client is believed; by default none.

    Not even this machine's own: a tunnel or an onion service calls from there too, and passes on
    whatever its clients claim.
    """
    return [_proxy_network(item) for item in text_list("TRUSTED_PROXIES", [])]


def _proxy_network(item: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        network = ipaddress.ip_network(item, strict=False)
        if network.overlaps(_IPV4_IN_IPV6) and network.prefixlen:
            raise ValueError("an IPv4 address is written as one")
    except ValueError as error:
        raise ImproperlyConfigured(
            "TRUSTED_PROXIES must be addresses or networks with commas between them, such as "
            f"127.0.0.1, 10.1.2.0/24, 2001:db8::/64; it has {item!r}."
        ) from error
    if network.prefixlen == 0:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES would believe every client with {item!r}. Name your proxies alone."
        )
    if "/" in item and ipaddress.ip_address(item.partition("/")[0]) != network.network_address:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES has {item!r}; the network is {network}, the one address "
            f"{item.partition('/')[0]}. Write which of them you mean."
        )
    return network


def time_zone(default: str) -> str:
    """TIME_ZONE as a name of the time zone database."""
    name = text("TIME_ZONE", default)
    if name not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(
            f"TIME_ZONE must be a name such as Europe/Berlin or UTC; it is {name!r}."
        )
    return name


def site_url(default: str) -> str:
    """SITE_URL without a trailing slash. Plain http is accepted for loopback hosts only."""
    url = text("SITE_URL", default).rstrip("/")
    try:
        parts = urlsplit(url)
        has_no_path = f"{parts.scheme}://{parts.netloc}" == url and parts.port != 0
    except ValueError:  # unbalanced brackets, or a port that is not a number
        has_no_path = False
    if not has_no_path or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in url:
        raise ImproperlyConfigured(
            f"SITE_URL must look like https://example.org, without a path; it is {url!r}."
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"SITE_URL may use plain http only for this machine itself; make it https ({url!r})."
        )
    return url


def secret_key(folder: Path) -> str:
    """SECRET_KEY, else the content of SECRET_KEY_FILE, else a key that is generated once in `folder`."""
    key = text("SECRET_KEY")
    if key:
        return key
    key_file = text("SECRET_KEY_FILE")
    path = Path(key_file) if key_file else folder / "secret_key"
    if not key_file and not path.exists():
        _generate_key(path)
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}.") from error
    if len(key) < 32:
        raise ImproperlyConfigured(f"The secret key in {path} has fewer than 32 characters.")
    return key


def private_folder(path: Path) -> Path:
    """Create the folder of database, key and mails, readable by this user only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _generate_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    try:
        os.link(temporary, path)  # fails where another process was faster; its key is used
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def database(default: str, name: str = "DATABASE_URL") -> Config:
    """A URL (`sqlite:///path` or `postgres://user:pw@host/name`) as an item of DATABASES."""
    url = text(name, default)
    try:
        config = dict(environ.Env.db_url_config(url))
    except Exception as error:  # the library raises many types
        raise ImproperlyConfigured(_database_message(name, url)) from error
    if "sqlite" in str(config.get("ENGINE")):
        return _sqlite(config)
    if "postgres" in str(config.get("ENGINE")):
        return _postgres(config)
    raise ImproperlyConfigured(_database_message(name, url))


def _database_message(name: str, url: str) -> str:
    scheme = url.partition(":")[0]
    return (
        f"{name} must be sqlite:///folder/file.sqlite3 or "
        f"postgres://user:password@host:5432/name; it begins with {scheme!r}."
    )


def serves_requests() -> bool:
    """Whether this process is a web server (wsgi.py)."""
    return os.environ.get("TIME_LIMITS") == "requests"


def _time_limits() -> tuple[int, int]:
    """Seconds for a lock and for a statement: short where a web server (wsgi.py) keeps readers waiting."""
    return REQUEST_LIMITS if serves_requests() else COMMAND_LIMITS


def statement_seconds() -> float | None:
    """The limit of SQLite's statements; None in commands, which rebuild whole tables with one."""
    return REQUEST_LIMITS[1] if serves_requests() else None


def _sqlite(config: Config) -> Config:
    """With IMMEDIATE transactions, so that concurrent writers wait for their turns instead of failing."""
    Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Each thread of a server has a cache. What a server has acknowledged, a power cut must not take away.
    cache_kilobytes, durability = (8_000, "FULL") if serves_requests() else (64_000, "NORMAL")
    options: Config = {
        "transaction_mode": "IMMEDIATE",
        "timeout": _time_limits()[0],
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={durability}; PRAGMA secure_delete=ON; "
            f"PRAGMA cache_size=-{cache_kilobytes}; PRAGMA mmap_size=268435456;"
        ),
    }
    config = config | {"ENGINE": "remedies_site.sqlite", "OPTIONS": options}
    if not serves_requests():
        return config
    options["factory"] = ExistingDatabase
    return config | {"CONN_MAX_AGE": 60}  # while the file is in place: sqlite_connections.py


def _postgres(config: Config) -> Config:
    """With limits for connecting, for locks, for statements, and for transactions of a thread that died."""
    lock, statement = _time_limits()
    limits = (
        f"-c lock_timeout={lock}s -c statement_timeout={statement}s "
        f"-c idle_in_transaction_session_timeout={statement * 3}s"
    )
    options = {"connect_timeout": CONNECT_SECONDS} | dict(config.get("OPTIONS", {}))
    options["options"] = f"{limits} {options.get('options', '')}".strip()
    # From `?host=`, the folder of a socket: `dbshell` and backups pass on these two settings alone.
    place = {
        name: options.pop(name.lower()) for name in ("HOST", "PORT") if name.lower() in options
    }
    return config | place | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def cache() -> Config:
    """CACHE_URL as an item of CACHES; without it, the memory of this process."""
    url = text("CACHE_URL", "locmemcache://site")
    try:
        config = dict(environ.Env.cache_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "CACHE_URL must be redis://host:6379/0, dbcache://table or locmemcache://name; "
            f"it begins with {url.partition(':')[0]!r}."
        ) from error
    if "redis" in str(config.get("BACKEND")):
        limits = {"socket_connect_timeout": CACHE_SECONDS, "socket_timeout": CACHE_SECONDS}
        config["BACKEND"] = "remedies_site.shared_cache.SharedCache"
        config["OPTIONS"] = limits | config.get("OPTIONS", {})
    return config


def email(folder: Path) -> Config:
    """EMAIL_URL as Django's e-mail settings; without it, mails are written to files in `folder`."""
    url = text("EMAIL_URL")
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "EMAIL_BACKEND": "remedies_site.mail.LoggedFileBackend",
            "EMAIL_FILE_PATH": folder,
        }
    try:
        return dict(environ.Env.email_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://user:password@host:587."
        ) from error


def language(allowed: set[str], default: str, translated: set[str] | None = None) -> str:
    """LANGUAGE as one of Django's language codes.

    Desktop systems use the same variable for their user's preferences (`de_DE:de`). Such a value is not
    the operator's choice: it is ignored unless the site's texts are `translated` into the language.
    """
    value = text("LANGUAGE", default)
    first = value.split(":")[0].split(".")[0]
    code = first.replace("_", "-").lower()
    if code in {"c", "posix", ""}:
        return default
    if set(value) & set(":_.") and code.partition("-")[0] not in (translated or {default}):
        return default
    for candidate in (code, code.partition("-")[0]):
        if candidate in allowed:
            return candidate
    raise ImproperlyConfigured(
        f"LANGUAGE must be a language code such as en or de; it is {first!r}."
    )
