"""Keys beside the site's own: those that it had before, and the one for backups."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from remedies_site import env

_LEAST = 32


def former_keys() -> list[str]:
    """The secret keys that the site had before, from SECRET_KEY_FALLBACKS or its file.

    What they signed and encrypted can still be read; nothing new is made with them.
    """
    keys = env.text("SECRET_KEY_FALLBACKS").split()
    if not keys and (file := env.text("SECRET_KEY_FALLBACKS_FILE")):
        try:
            keys = Path(file).read_text(encoding="utf-8").split()
        except (OSError, UnicodeError) as error:
            raise ImproperlyConfigured(
                f"SECRET_KEY_FALLBACKS_FILE cannot be read: {error}."
            ) from error
    if any(len(key) < _LEAST for key in keys):
        raise ImproperlyConfigured(
            "SECRET_KEY_FALLBACKS must be whole secret keys with spaces or line breaks between them; one "
            f"has fewer than {_LEAST} characters."
        )
    return keys


def backup_key_file() -> Path | None:
    """BACKUP_KEY_FILE, which `backup --encrypt` and `restore` read."""
    file = env.text("BACKUP_KEY_FILE")
    return Path(file) if file else None


SECRET_KEY_FALLBACKS = former_keys()
BACKUP_KEY_FILE = backup_key_file()
