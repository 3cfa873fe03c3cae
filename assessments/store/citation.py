"""Which documents an evidence cell names, so that one document is registered once.

A respondent writes `Act 12 of 2019, s 4; Annual report 2025, p. 7`. A semicolon or a new line parts
documents; a trailing article, section or page is the provision, not another document. Two spellings
of one title are one document where they differ only in case, spaces, Unicode form or a full stop.
Nothing is guessed beyond that: two titles that a person knows to be one law stay two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_APART = re.compile("[;\n\u061b\uff1b]+")  # also the Arabic and the full-width semicolon
_LINK = re.compile(r"https?://\S+")
# How a place within a document begins, in the languages of the packs. A number must follow: "the
# articles of association" is a title, "art. 7" is a place.
_PROVISION = re.compile(
    r"""^(?P<title>.+?)[\s,\u060c]+(?P<provision>(?:
        (?:arts?|articles?|art[íi]culos?|ss?|secs?|sections?|paras?|paragraphs?|chap(?:ter|itre)?|
        cap(?:[íi]tulo)?|titre|t[íi]tulo|livre|libro|part|parte|partie|schedule|annexe?|anexo|
        pp?|pages?|p[áa]g(?:ina)?s?|tables?|tableau|cuadro|статья|статьи|ст)\.?\s*
        |§+\s*|(?:المادة|المادتان|المواد|الصفحة)\s+)
        (?:\d|[IVXLC]+\b|[A-Z]\b).*)$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One document as one answer cites it."""

    title: str
    reference: str  # a link, "" where none was given
    provision: str  # article, section or page

    @property
    def document(self) -> str:
        """What makes two citations one document."""
        return document_key(self.title, self.reference)


@lru_cache(maxsize=4096)  # a law is cited in the same words again and again
def citations(evidence: str) -> tuple[Citation, ...]:
    """The documents that an evidence cell names, in its order."""
    return tuple(_citations(evidence))


def _citations(evidence: str) -> Iterator[Citation]:
    for piece in _APART.split(evidence):
        link = _LINK.search(piece)
        reference = link[0].rstrip(".,)") if link else ""
        text = piece.replace(reference, " ") if reference else piece
        text = " ".join(text.replace("( )", " ").split()).strip(" ,.:")
        if not text and not reference:
            continue
        found = _PROVISION.match(text)
        title = found["title"] if found else text
        yield Citation(title or reference, reference, found["provision"] if found else "")


def document_key(title: str, reference: str) -> str:
    """Title and reference in the one spelling that documents are compared by."""
    return f"{_plain(title)}|{_plain(reference)}"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).rstrip(" .,")
