"""Lists inside a sentence, as each language writes them: its word for *and*, its marks.

What a message is filled with is often known before it is known in which language the message will
be read; a `Listing` says what is listed, and the `Translator` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """Things to be named in a sentence, in order."""

    items: tuple[str, ...]
    either: bool = False  # one of them is meant: "A, B or C"
    quoted: bool = False  # each in quotation marks

    def __str__(self) -> str:
        """As English writes it, where nobody asks for a language."""
        from assessments.language.words import words

        return words("en").listed(self)


def all_of(items: Iterable[str], most: int | None = None) -> Listing:
    """Several things that are all meant; beyond `most` the rest is a sign."""
    named = tuple(items)
    if most is None or len(named) <= most:
        return Listing(named)
    return Listing((*named[: most - 1], f"{named[most - 1]} …"))


def one_of(labels: Iterable[str]) -> Listing:
    """Labels of which one is to be chosen."""
    return Listing(tuple(labels), either=True, quoted=True)
