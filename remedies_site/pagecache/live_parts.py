"""Pages whose editorial part is rendered once for each version; what members say is filled in for each request.

A template marks what changes by the hour with `{% live "path/of/template.html" name=value %}`. The rest is
rendered without the request that wanted it: `EditorialRequest` has a path and the kind of reader, and no
name, session, cookie or message that could stay behind in a page of somebody else.

The view gives the page as a function, which is called only where no part is kept. Live parts read what
the view passes as `live`, the values of their tag, which are plain, and the request. What they read of
members' talk that is the same for everybody is kept as well, for as long as nobody says anything new.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Engine, loader
from django.template.context import make_context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from remedies_site.context_processors import site
from remedies_site.pagecache.shown import CONTENT, scopes_of
from remedies_site.pagecache.store import PageStore
from remedies_site.pagecache.versions import Version, version_in_request

WAIT_SECONDS = 10
"""How long a request waits for another one that renders the same part."""
_PLACE = f"\0{secrets.token_hex(8)}-"
"""Begins the mark of a place for a live part; no text of a page can hold it."""
_PLACES = re.compile(rf"{_PLACE}(\d+)\0")
_PART_BYTES = 2000
"""What a kept part takes beside its text."""

T = TypeVar("T")
Compose = Callable[[], Mapping[str, object]]
PlainValue = str | int | bool | None


@dataclass(frozen=True)
class ReaderKind:
    """What an editorial part may know of who reads it."""

    is_authenticated: bool
    is_staff: bool
    colour_scheme: str

    @classmethod
    def of(cls, request: HttpRequest) -> "ReaderKind":
        """The kind of the person of a request."""
        user = request.user
        scheme = str(getattr(user, "colour_scheme", ""))
        return cls(bool(user.is_authenticated), bool(user.is_staff), scheme)


class EditorialRequest(HttpRequest):
    """Stands for the request in an editorial part, and notes where live parts go."""

    def __init__(self, path: str, reader: ReaderKind) -> None:
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = path
        self.user = reader  # type: ignore[assignment]  # only what a kind of reader has in common
        self.live_parts: list[LivePart] = []

    def mark_place(self, part: "LivePart") -> SafeString:
        """What stands in the text until the part is filled in; an equal part is rendered once for all places."""
        if part not in self.live_parts:
            self.live_parts.append(part)
        return mark_safe(f"{_PLACE}{self.live_parts.index(part)}\0")  # noqa: S308  (digits)


@dataclass(frozen=True)
class LivePart:
    """A part that is rendered for each request."""

    template: str
    values: Mapping[str, PlainValue]

    def __post_init__(self) -> None:
        """Rows would grow old with the page that is kept."""
        for name, value in self.values.items():
            if not isinstance(value, PlainValue):
                raise TypeError(
                    f"{name} of {self.template} is a {type(value).__name__}: give it as `live`."
                )

    def render(self, request: HttpRequest) -> SafeString:
        """Its HTML for a request."""
        return _render_parts(request, [self])[0]


def _render_parts(request: HttpRequest, parts: Sequence[LivePart]) -> list[SafeString]:
    """The HTML of each part. They share one context: what is the same for all of them is computed once."""
    engine = Engine.get_default()
    templates = [engine.get_template(part.template) for part in parts]
    context = make_context(dict(vars(request).get("live_values", {})), request)
    pieces = []
    with context.bind_template(templates[0]):
        for part, template in zip(parts, templates, strict=True):
            with context.push(**part.values):
                pieces.append(template.render(context))
    return pieces


@dataclass(frozen=True)
class EditorialPart:
    """The text of a page in UTF-8, cut where its live parts go, and which of them goes into each cut."""

    version: Version
    texts: list[bytes]
    live_parts: list[LivePart] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return _PART_BYTES + sum(map(len, self.texts))

    def fill(self, request: HttpRequest) -> bytes:
        """The whole page for a request."""
        if not self.places:
            return b"".join(self.texts)
        parts = [part.encode() for part in _render_parts(request, self.live_parts)]
        pieces = self.texts[:1]
        for place, text in zip(self.places, self.texts[1:], strict=True):
            pieces += parts[place], text
        return b"".join(pieces)


@dataclass(frozen=True)
class KeptValue(Generic[T]):
    """Something that live parts read, the same for everybody."""

    version: Version
    value: T
    size: int


_kept: PageStore[EditorialPart] = PageStore(settings.EDITORIAL_PART_BYTES)
_values: PageStore[KeptValue[object]] = PageStore(settings.TALK_STORE_BYTES)


def render_with_live_parts(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    live: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    """A page with live parts of which nothing is kept, such as a draft; `live` is what they read."""
    vars(request)["live_values"] = live
    return render(request, template, dict(context), status=status)


def render_kept(
    request: HttpRequest,
    template: str,
    compose: Compose,
    *,
    live: Mapping[str, object],
    parts: Sequence[str] = (),
    variant: str = "",
) -> HttpResponse:
    """The page that `template` makes of what `compose` returns, from the kept part where there is one.

    `live` is what its live parts read, and `parts` are the scopes of what they keep (`kept_value`);
    `variant` tells pages of one path apart, such as an order of rows.
    """
    if not note_version(request, parts):
        return render_with_live_parts(request, template, compose(), live=live)
    vars(request)["live_values"] = live
    version: Version = vars(request)["page_version"]
    reader = ReaderKind.of(request)
    editorial = EditorialRequest(request.path, reader)
    constants = tuple(site(editorial).items())
    key = (template, variant, reader, get_language(), timezone.localdate(), constants)
    content = tuple(number for number in version if number[0] == CONTENT)
    part = _kept.get(key, content) or _make(key, content, template, compose, editorial)
    return HttpResponse(part.fill(request))


def render_editorial(
    path: str, template: str, context: Mapping[str, object], scheme: str = ""
) -> str:
    """The text of a page for nobody in particular, without its live parts; nothing of it is kept.

    For staff who look at what is not stored: `scheme` is their colour scheme.
    """
    editorial = EditorialRequest(path, ReaderKind(False, False, scheme))
    text = loader.render_to_string(template, dict(context), editorial)
    return "".join(_PLACES.split(text)[::2])


def live_part(request: HttpRequest, template: str, values: Mapping[str, PlainValue]) -> SafeString:
    """A live part in its page: filled in at once, or its place in an editorial part."""
    part = LivePart(template, values)
    if isinstance(request, EditorialRequest):
        return request.mark_place(part)
    return part.render(request)


def note_version(request: HttpRequest, parts: Sequence[str]) -> bool:
    """Read the version of the request's page with these parts, for what it keeps; whether there is one.

    One that was noted before holds: what was read since is not older.
    """
    noted = vars(request)
    scopes = {CONTENT, *scopes_of(request.path), *parts}
    if not scopes <= noted.get("page_scopes", frozenset()):
        version = _version(scopes)
        if version is None:
            return False
        noted.update(page_version=version, page_scopes=scopes)
    return True


def kept_value(
    request: HttpRequest,
    key: Hashable,
    shows: Sequence[str],
    make: Callable[[], T],
    size: Callable[[T], int | None],
) -> T:
    """What `make` returns, or what it returned for this version of content and of the scopes `shows`.

    It must be the same for every reader, and nobody may change it. `size` is its bytes of memory;
    None where it is not to be kept.
    Raises: LookupError, for a scope that is none of the page's.
    """
    whole: Version | None = vars(request).get("page_version")
    if whole is None:
        return make()
    scopes = {CONTENT, *shows}
    if unknown := scopes - vars(request)["page_scopes"]:
        raise LookupError(f"{request.path} was rendered without the parts {sorted(unknown)}")
    version = tuple(number for number in whole if number[0] in scopes)
    full = (key, get_language(), timezone.localdate())
    if (kept := _values.get(full, version)) is not None:
        return cast(T, kept.value)
    value = make()
    if (length := size(value)) is not None:
        _values.put(full, KeptValue(version, value, _PART_BYTES + length))
    return value


def forget_parts() -> None:
    """Drop what is kept, as tests do that change settings."""
    _kept.clear()
    forget_values()


def forget_values() -> None:
    """Drop what live parts read, and whatever words of members are in it."""
    _values.clear()


def _version(scopes: Set[str]) -> Version | None:
    """None where nothing may be kept: inside a transaction, which reads what others may never see."""
    if not _kept.most_bytes or connection.in_atomic_block:
        return None
    return version_in_request(tuple(scopes))


def _make(
    key: Hashable, version: Version, template: str, compose: Compose, editorial: EditorialRequest
) -> EditorialPart:
    with _kept.making(key, WAIT_SECONDS) as is_maker:
        if not is_maker and (part := _kept.get(key, version)):
            return part
        text = loader.render_to_string(template, dict(compose()), editorial)
        if "CSRF_COOKIE" in editorial.META:
            raise RuntimeError(f"{template} has a form with a token in a part that is kept.")
        texts = _PLACES.split(text)
        # Between the texts stand the numbers of the live parts, in whatever order they came to be.
        numbers = [int(number) for number in texts[1::2]]
        placed = list(dict.fromkeys(numbers))
        part = EditorialPart(
            version,
            [each.encode() for each in texts[::2]],
            [editorial.live_parts[number] for number in placed],
            [placed.index(number) for number in numbers],
        )
        _kept.put(key, part)
        return part
