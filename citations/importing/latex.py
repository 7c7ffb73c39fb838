"""LaTeX in the fields of BibTeX, as plain text."""

import re
import unicodedata
from collections.abc import Callable

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

from remedies_site.patterns import lazy_pattern

_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
_MACROS = {
    "textgreater": ">", "textless": "<", "textbar": "|", "textquotedbl": '"',
    "textquotesingle": "'", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "textunderscore": "_", "textasciicircum": "^", "textdegree": "°",
    "textregistered": "®", "texttrademark": "™", "textmu": "µ", "textpm": "±", "texttimes": "×",
    "textonehalf": "½", "textonequarter": "¼", "texttwosuperior": "²", "textthreesuperior": "³",
    "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textomega": "ω",
    "textasciigrave": "`", "textquoteright": "’", "textquoteleft": "‘", "slash": "/",
    "textasciitilde": "~", "textbackslash": "\\", "textdollar": "$", "AA": "Å", "aa": "å",
    "O": "Ø", "o": "ø", "ss": "ß", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "L": "Ł", "l": "ł",
}  # fmt: skip
"""Commands that the decoder below does not know or reads otherwise."""
_QUOTED = lazy_pattern(r"\\(?:enquote|mkbibquote)\s*\{([^{}]*)\}")
_MACRO = lazy_pattern(r"\\([A-Za-z]+)(?:\{\}|(?![A-Za-z])[ \t]*)")
_COMBINING = {
    "'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_ACCENT = lazy_pattern(
    r"""\\(?:(?P<sign>['`"^~=.])|(?P<word>[cvHukr])(?=[\s{\\]))\s*"""
    r"""(?:\{\s*(?P<braced>\\?[A-Za-z])\s*\}|(?P<bare>[A-Za-z]|\\[ij](?![A-Za-z])))"""
)
_ESCAPED = lazy_pattern(r"\\([%&#_${}]|[~^](?=\{\}))(?:\{\})?")
_SCRIPT = lazy_pattern(r"\$\s*([_^])\s*\{?\\?(?:mathrm|text|rm)?\s*\{?([^{}$\\]*)\}{0,2}\s*\$")
_SCRIPT_MARK = lazy_pattern(r"(?<!\\)[_^]")
_KEPT = "\U00100000"
"""First of a row of private letters that stand for what must not be read again."""
_LONGEST = 4_000
_KNOWN = get_default_latex_context_db()
_DECODER = LatexNodes2Text(keep_comments=True, strict_latex_spaces=False)


def latex_to_text(text: str) -> tuple[str, list[str]]:
    """The text without LaTeX, and the commands in it that nobody knows (their arguments stay)."""
    if not any(sign in text for sign in "\\{}$~`'-"):
        return text, []
    if "\\" not in text and "$" not in text:
        return _without_braces(text), []
    kept: list[str] = []
    prepared = _prepared(text, kept)
    unknown = _unknown(prepared)
    if "\\" in prepared or "$" in prepared:
        prepared = _decoded(prepared)
    else:
        prepared = _without_braces(prepared)
    for number, letters in enumerate(kept):
        prepared = prepared.replace(chr(ord(_KEPT) + number), letters)
    return prepared, unknown


def verbatim(text: str) -> str:
    """A DOI or address: only the backslashes that programs put before its signs are taken away."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text.strip())
    text = re.sub(r"\{?\\(?:textasciitilde|~)\s*(?:\{\})?\}?", "~", text)
    text = re.sub(r"\{\\([_%&#$])\}", r"\1", text)
    text = re.sub(r"\\([_%&#$])(?:\{\})?", r"\1", text)
    while text.startswith("{") and text.endswith("}"):
        text = text[1:-1].strip()
    return text


def _without_braces(text: str) -> str:
    for sequence, letter in _LIGATURES:
        text = text.replace(sequence, letter)
    return text.replace("{", "").replace("}", "")


def _prepared(text: str, kept: list[str]) -> str:
    """Signs that LaTeX would read and the author did not mean, and escaped ones, put aside."""

    def keep(letters: str) -> str:
        if letters not in kept:
            kept.append(letters)
        return chr(ord(_KEPT) + kept.index(letters))

    def macro(match: re.Match[str]) -> str:
        letters = _MACROS.get(match[1])
        return match[0] if letters is None else keep(letters)

    text = _QUOTED.sub(r"“\1”", text.replace("\\\\", " "))
    text = _MACRO.sub(macro, text)
    text = _SCRIPT.sub(lambda match: match[2], text)
    text = _ESCAPED.sub(lambda match: keep(match[1]), text)
    text = _ACCENT.sub(_accented, text)
    text = _formulas(text, keep)
    for sign in "%&#":
        if sign in text:
            text = text.replace(sign, keep(sign))
    return text


def _accented(match: re.Match[str]) -> str:
    """The letter with its accent, where there is one: what the decoder does, many times faster."""
    mark = match["sign"] or match["word"]
    letter = (match["braced"] or match["bare"]).removeprefix("\\")
    composed = unicodedata.normalize("NFC", letter + _COMBINING[mark])
    return composed if len(composed) == 1 else match[0]


def _formulas(text: str, keep: Callable[[str], str]) -> str:
    """Formulas without their signs for places above and below; “$5 and $6” holds none."""
    parts = text.split("$")
    read = [parts[0]]
    position = 1
    while position < len(parts):
        inside, after = parts[position], parts[position + 1 : position + 2]
        marked = bool(re.search(r"[\\^{]", inside))
        tight = bool(inside) and inside == inside.strip() and not inside[0].isdigit()
        if after and (marked or (tight and not after[0][:1].isdigit())):
            read.append(f"${_SCRIPT_MARK.sub('', inside)}${after[0]}")
            position += 2
        else:
            read.append(keep("$") + inside)
            position += 1
    return "".join(read)


def _unknown(text: str) -> list[str]:
    names = dict.fromkeys(re.findall(r"\\([A-Za-z]+)", text))
    specs = {name: _KNOWN.get_macro_spec(name) for name in names}
    known = {"textsubscript", "textsuperscript", "mkbibquote", "enquote", "mkbibemph", "nocase"}
    specs = {name: spec for name, spec in specs.items() if name not in known}
    return [f"\\{name}" for name, spec in specs.items() if not getattr(spec, "macroname", "")]


def _decoded(text: str) -> str:
    if len(text) > _LONGEST:
        return _without_braces(text.replace("\\", ""))
    try:
        return str(_DECODER.latex_to_text(text, tolerant_parsing=True))
    except Exception:  # the decoder raises many kinds on broken LaTeX; the letters are kept
        return _without_braces(text.replace("\\", ""))
