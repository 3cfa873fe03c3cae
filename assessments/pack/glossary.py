"""Treaty terms in the wording of the Convention's official texts, and translations that leave it.

`glossary.csv` names each term in every language of the pack, how it is found in an English text,
and the renderings that a translation may use, as stems. `glossary_exceptions.csv` lists where a
translation rightly says it otherwise, with its reason. Both are optional and change no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.pack.model import SOURCE_LANGUAGE, Words
from assessments.pack.tables import Columns, Faults, Record, nearest, read_table

GLOSSARY_FILE = "glossary.csv"
EXCEPTIONS_FILE = "glossary_exceptions.csv"
WORDING_FILES = (GLOSSARY_FILE, EXCEPTIONS_FILE)
_COLUMNS = Columns(
    plain=("name", "find", "article", "verified"),
    worded=("term", "allowed"),
    needed=("name", "term", "find", "allowed", "article", "verified"),
)
_EXCEPTION_COLUMNS = Columns(
    plain=("name", "language", "file", "row_name", "column", "reason"),
    needed=("name", "language", "file", "row_name", "column", "reason"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the treaty."""

    name: str
    words: Words  # as the official texts have it
    find: tuple[str, ...]  # stems in English
    allowed: Mapping[str, tuple[str, ...]]  # language -> stems of renderings that keep it
    article: str  # of the Convention, "" where it is no term of the Convention
    verified: frozenset[str]  # languages whose wording was read in a text of the Convention

    def stands_in(self, english: str) -> bool:
        """True where an English text uses the term."""
        return _any(self.find, english)

    def kept_in(self, language: str, text: str) -> bool:
        """True where a translation uses a rendering of the term, or none is laid down."""
        stems = self.allowed.get(language)
        return not stems or _any(stems, text)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Places where a translation rightly says a term otherwise."""

    places: frozenset[tuple[str, str, str, str, str]]  # term, language, file, row, column

    def hold(self, term: Term, language: str, file: str, row_name: str, column: str) -> bool:
        """True where the place is listed."""
        return (term.name, language, file, row_name, column) in self.places


def read_glossary(folder: Path, faults: Faults) -> tuple[Term, ...]:
    """The terms of a pack; none where it has no such table."""
    if not (folder / GLOSSARY_FILE).is_file():
        return ()
    return tuple(map(_term, read_table(folder, GLOSSARY_FILE, _COLUMNS, faults)))


def read_exceptions(folder: Path, terms: Iterable[Term], faults: Faults) -> Exceptions:
    """The listed exceptions; notes a fault of each that names no term or gives no reason."""
    if not (folder / EXCEPTIONS_FILE).is_file():
        return Exceptions(frozenset())
    known = {term.name for term in terms}
    places = set()
    for record in read_table(folder, EXCEPTIONS_FILE, _EXCEPTION_COLUMNS, faults):
        name = record.text("name")
        if name not in known:
            record.wrong("unknown-term", "name", f"«{name}» is no term of {GLOSSARY_FILE}.",
                         f"Correct the name{nearest(name, sorted(known))}.")  # fmt: skip
        if not record.text("reason"):
            record.wrong("no-reason", "reason", "The exception has no reason.",
                         "Say why the text rightly says it otherwise.")  # fmt: skip
        file, row = record.text("file"), record.text("row_name")
        places.add((name, record.text("language"), file, row, record.text("column")))
    return Exceptions(frozenset(places))


def departures(terms: Iterable[Term], english: str, language: str, text: str) -> Iterator[Term]:
    """The terms that `english` uses and its translation `text` does not keep."""
    return (term for term in terms if term.stands_in(english) and not term.kept_in(language, text))


def _term(record: Record) -> Term:
    stems = record.words("allowed").texts
    return Term(
        name=record.text("name"),
        words=record.words("term"),
        find=record.parts("find"),
        allowed={
            language: tuple(filter(None, map(str.strip, cell.split("|"))))
            for language, cell in stems.items()
            if language != SOURCE_LANGUAGE
        },
        article=record.text("article"),
        verified=frozenset(record.parts("verified")),
    )


def _any(stems: Iterable[str], text: str) -> bool:
    plain = _plain(text)
    return any(_pattern(stem).search(plain) for stem in stems)


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    """A stem as experts write it: whole words, `*` for any letters, any blank between words."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in _plain(stem).split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")


@cache
def _plain(text: str) -> str:
    """Without accents, vowel signs and capitals: spelling of these is no departure."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").casefold()
