"""How texts and codes of a pack read in one language: shared by every kind of document."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property

from assessments.language import Composer, direction
from assessments.pack.model import SOURCE_LANGUAGE, Pack, Words
from assessments.reference import country_name
from assessments.report.plain import CUT, LONGEST, plain
from assessments.report.wording import Wording
from assessments.results import CountryProfile

IN_ENGLISH = "\u00a0[en]"  # after a text of the pack that has no translation yet


class PackVoices(ABC):
    """Looks up what a pack says, for one document in one language."""

    words: Wording
    untranslated: set[str]  # texts of the pack that stand in English
    unreviewed: set[str]  # translations no speaker has checked

    @property
    @abstractmethod
    def pack(self) -> Pack:
        """The pack that is spoken of."""

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def right_to_left(self) -> bool:
        """True where the reader's language is written from the right."""
        return direction(self.language) == "rtl"

    def text(self, text: Words) -> str:
        """A text of the pack in the reader's language; where it has none, English with a mark."""
        english = str(text)
        if self.language in text.unreviewed:
            self.unreviewed.add(english)
        if self.language in text.texts or not english or not re.search(r"[^\W\d_]", english):
            return text.in_(self.language)
        self.untranslated.add(english)
        return f"{english}{IN_ENGLISH}"

    def printed(self, said: str, longest: int = LONGEST) -> str:
        """A sentence of a result, or a text that may be the pack's, as it can be printed."""
        return self.plain(self.composer.compose(said), longest)

    def plain(self, text: str, longest: int = LONGEST) -> str:
        """A text from outside as it can be printed; what is cut is said in the language."""
        return plain(text, longest, self.words.say(CUT))

    @cached_property
    def composer(self) -> Composer:
        """Says the sentences of the results in the reader's language."""
        return Composer(self.words.words, self.words.figures, self._of_pack, self.institution)

    def _of_pack(self, english: str) -> str:
        known = self.pack.words.get(english)
        return self.text(known) if known is not None else english

    def by_machine(self) -> str:
        """How many texts were shown that no speaker has checked yet; at least one was."""
        return self.words.count(
            "{n} text of the questionnaire pack used here was translated by machine and was "
            "not yet reviewed by a speaker.",
            "{n} texts of the questionnaire pack used here were translated by machine and were "
            "not yet reviewed by a speaker.",
            len(self.unreviewed),
        )

    def institution(self, code: str) -> str:
        """An institution by its function; several codes separated by a bar become a list."""
        names = [
            plain(self.text(choice.label))
            if (choice := self.pack.institutions.get(part))
            else plain(part)
            for part in code.split("|")
            if part
        ]
        return self.words.listed(names)

    def sub_name(self, code: str) -> str:
        """Name of a sub-dimension, or its code where the pack has none."""
        sub = self.pack.sub_dimension.get(code)
        return plain(self.text(sub.name)) if sub else plain(code)

    def country_name(self, profile: CountryProfile) -> str:
        """Name of a country in the reader's language; invented ones have one name."""
        if self.language == SOURCE_LANGUAGE or profile.fictional:
            return plain(profile.un_name)
        return plain(country_name(profile.iso3, self.language))


@dataclass(frozen=True)
class TextVoices(PackVoices):
    """Speaks for a pack alone, where there is no document around it."""

    of: Pack
    words: Wording
    untranslated: set[str] = field(default_factory=set)
    unreviewed: set[str] = field(default_factory=set)

    @property
    def pack(self) -> Pack:
        return self.of
