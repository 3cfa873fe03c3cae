"""Words that are not the pack's: sheet headings, buttons, messages, in the reader's language.

English stands in the code; the other languages are Babel catalogues (`catalogues/fr.po`), read when
they are first needed, without a compile step. Adding Russian is adding `catalogues/ru.po`;
until then a workbook in Russian has Russian questions and English words around them.
"""

from assessments.language.figures import Figures
from assessments.language.listing import Listing, all_of, one_of
from assessments.language.names import codes, disagreement, named, nearest_language
from assessments.language.said import Composer, InstitutionCode, Level, Money, Said, Share
from assessments.language.words import (
    Translator,
    direction,
    languages,
    words,
    words_or_english,
    written_date,
)

__all__ = [
    "Composer",
    "Figures",
    "InstitutionCode",
    "Level",
    "Listing",
    "Money",
    "Said",
    "Share",
    "Translator",
    "all_of",
    "codes",
    "direction",
    "disagreement",
    "languages",
    "named",
    "nearest_language",
    "one_of",
    "words",
    "words_or_english",
    "written_date",
]
