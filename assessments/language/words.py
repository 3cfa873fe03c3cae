"""Translate the product's own words, with plurals, and say which way a language is written."""

import gettext
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import Literal

from assessments.errors import UnknownLanguage
from assessments.language.figures import Figures
from assessments.language.listing import Listing

SOURCE = "en"
CATALOGUES = Path(__file__).parent / "catalogues"


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


QUOTED = N_("“{text}”")
JOINED = N_("{before}; {next}")


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that the product itself speaks, English first."""
    return (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written; raises UnknownLanguage for a code that is none."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError) as error:
        raise _unknown(language) from error
    return "rtl" if locale.text_direction == "rtl" else "ltr"


def written_date(day: date, language: str) -> str:
    """A date in words, as the language writes it: 24 November 2026."""
    return Figures(language).day(day)


@dataclass(frozen=True, slots=True)
class Translator:
    """The words of one language: call it with the English text and the fields in its braces.

    A text without a translation comes out in English: a reader sees it, nothing fails. A field may
    be a `Listing`.
    """

    language: str
    texts: dict[str, tuple[str, ...]]  # English -> singular, or the plural forms
    plural: Callable[[int], int]

    def __call__(self, text: str, /, **fields: object) -> str:
        """`text` in this language, its `{fields}` filled in."""
        return fill(self.texts.get(text, (text,))[0], self._said(fields))

    def of(self, context: str, text: str, /, **fields: object) -> str:
        """`text` where a word of one meaning has forms: `context` says of what it is said.

        French has a functional dimension (feminine) and a functional level (masculine).
        """
        own = self.texts.get(f"{context}\x04{text}")
        return fill(own[0], fields) if own else self(text, **fields)

    def ngettext(self, one: str, many: str, count: int, /, **fields: object) -> str:
        """The form for `count` things; `{count}` is filled in."""
        forms = self.texts.get(one)
        index = self.plural(count)
        if forms is None or index >= len(forms) or len(forms) < 2:
            text = one if count == 1 else many
        else:
            text = forms[index]
        return fill(text, {"count": count, **self._said(fields)})

    def listed(self, listing: Listing) -> str:
        """The list as the language writes it: “A”, “B” or “C”."""
        items = [self.quoted(item) if listing.quoted else item for item in listing.items]
        # around what is in a language without a catalogue the words are English
        known = self.language if self.language in languages() else SOURCE
        return Figures(known).listed(items, either=listing.either)

    def quoted(self, text: str) -> str:
        """`text` in the quotation marks of the language."""
        return fill(self.texts.get(QUOTED, (QUOTED,))[0], {"text": text})

    def joined(self, texts: Sequence[str]) -> str:
        """Texts one after the other that may hold commas themselves: A; B; C."""
        joint = self.texts.get(JOINED, (JOINED,))[0]

        def join(before: str, text: str) -> str:
            return fill(joint, {"before": before, "next": text})

        return reduce(join, texts) if texts else ""

    def _said(self, fields: dict[str, object]) -> dict[str, object]:
        return {
            name: self.listed(value) if isinstance(value, Listing) else value
            for name, value in fields.items()
        }


@cache
def words(language: str) -> Translator:
    """The words of `language`; raises UnknownLanguage where there is no catalogue."""
    if language == SOURCE:
        return Translator(SOURCE, {}, lambda count: int(count != 1))
    path = CATALOGUES / f"{language}.po"
    if language not in languages():
        raise _unknown(language)
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    texts: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        if message.context:
            name = f"{message.context}\x04{name}"
        forms = (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        if all(forms):
            texts[name] = forms
    return Translator(language, texts, gettext.c2py(catalogue.plural_expr))


def words_or_english(language: str) -> Translator:
    """The words of `language`; English ones where it has no catalogue yet.

    For a workbook in a language that only the pack speaks: its questions are in that language, the
    words around them in English. Raises UnknownLanguage for a code that is no language.
    """
    if language in languages():
        return words(language)
    direction(language)
    return Translator(language, {}, words(SOURCE).plural)


def fill(text: str, fields: dict[str, object]) -> str:
    """`text` with its `{name}` fields replaced.

    Only plain names are fields: a field's own braces or attributes are never evaluated, so that a
    respondent's entry can stand in a message. `{name!l}` begins with a small letter, as a name does
    inside a sentence, `{name!u}` with a capital; `{name!b}` is what stands before the first colon
    of a text, `{name!a}` what stands after it; both without a full stop.
    """
    if not fields:
        return text
    return "".join(
        [
            literal if name is None else literal + _part(str(fields.get(name, f"{{{name}}}")), case)
            for literal, name, case in _pieces(text)
        ]
    )


@lru_cache(maxsize=4096)  # a message is filled thousands of times
def _pieces(text: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """What stands before each field, the field's name and its kind."""
    parsed = string.Formatter().parse(text)
    return tuple((literal, name, case) for literal, name, _format, case in parsed)


def _part(value: str, wanted: str | None) -> str:
    if wanted == "l":  # an abbreviation keeps its capitals
        return value if value[1:2].isupper() else value[:1].lower() + value[1:]
    if wanted == "b":
        return value.partition(":")[0].strip().removesuffix(".")
    if wanted == "a":
        value = value.partition(":")[2].strip().removesuffix(".")
    return value[:1].upper() + value[1:] if wanted in ("u", "a") else value


def _unknown(language: str) -> UnknownLanguage:
    return UnknownLanguage(
        f"There are no words in language {language!r}.",
        f"Use one of {', '.join(languages())}.",
    )
