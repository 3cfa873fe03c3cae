"""Words that are not the pack's: sheet headings, buttons, messages, in the reader's language.

English stands in the code; the other languages are Babel catalogues (`catalogues/fr.po`), read when
they are first needed, without a compile step. Adding Russian is adding `catalogues/ru.po`.
"""

from assessments.language.words import Translator, direction, languages, words

__all__ = ["Translator", "direction", "languages", "words"]
