"""Translations that are missing, lose a figure or a field, or leave the glossary.

None of these refuses a pack: a text without translation comes out in English. Each is named with
its row and what to do, so that whoever translates sees what is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from assessments.language import languages as spoken_here
from assessments.pack import knowledge_tables as knowledge
from assessments.pack.choices_table import CHOICES, CHOICES_COLUMNS
from assessments.pack.glossary import Exceptions, Term, departures, read_exceptions, read_glossary
from assessments.pack.model import SOURCE_LANGUAGE
from assessments.pack.settings_table import SETTINGS, SETTINGS_COLUMNS
from assessments.pack.survey_table import SURVEY, SURVEY_COLUMNS
from assessments.pack.tables import Columns, Faults, Record, read_table

# The texts that respondents read, and the column that names a row of each table.
_READ: Mapping[str, tuple[Columns, str]] = {
    SETTINGS: (SETTINGS_COLUMNS, "form_id"),
    CHOICES: (CHOICES_COLUMNS, "name"),
    SURVEY: (SURVEY_COLUMNS, "name"),
    knowledge.FRAMEWORK: (knowledge.FRAMEWORK_COLUMNS, "sub_dimension"),
}
_FIELD = re.compile(r"\$?\{[^{}]*\}")
_FIGURE = re.compile(r"(?<![\w.,/])\d{2,}(?![\w/])")


def check_wording(folder: Path, languages: Iterable[str], faults: Faults) -> None:
    """Note what is wrong with the translations that respondents read, in `languages`."""
    terms = read_glossary(folder, faults)
    exceptions = read_exceptions(folder, terms, faults)
    spoken = [code for code in languages if code != SOURCE_LANGUAGE]
    for code in sorted(set(spoken) - set(spoken_here())):
        faults.add(
            "no-catalogue",
            f"The workbook's own words are not in the language «{code}»: they stand in English.",
            f"Translate a catalogue: assessments/language/catalogues/{code}.po.",
            file=SURVEY, row=1, column=f"label ({code})", note=True,
        )  # fmt: skip
    for file, (columns, named) in _READ.items():
        if not (folder / file).is_file():
            continue
        known = len(faults.problems)
        table = read_table(folder, file, columns, faults)
        del faults.problems[known:]  # its columns were checked when the pack was read
        for record in table:
            for stem in columns.worded:
                for language in spoken:
                    _check_text(record, stem, language, record.text(named), terms, exceptions)


def _check_text(
    record: Record,
    stem: str,
    language: str,
    row_name: str,
    terms: tuple[Term, ...],
    exceptions: Exceptions,
) -> None:
    words = record.words(stem)
    english, text = str(words), words.texts.get(language, "")
    column = f"{stem} ({language})"
    if not english:
        return
    if not text:
        record.wrong("missing-translation", column, f"«{english[:60]}» has no translation.",
                     "Translate it, and list the language in unreviewed.", note=True)  # fmt: skip
        return
    for lost in _lost(english, text):
        record.wrong("lost-in-translation", column, f"«{lost}» stands in the English text only.",
                     "Say it in the translation too, as it stands.", note=True)  # fmt: skip
    for term in departures(terms, english, language, text):
        if not exceptions.hold(term, language, record.file, row_name, stem):
            record.wrong(
                "leaves-glossary", column,
                f"«{term.words}» is not said as «{term.words.in_(language)}».",
                "Use the wording of glossary.csv, add a rendering to it, or list the place in "
                "glossary_exceptions.csv with its reason.",
                note=True,
            )  # fmt: skip


def _lost(english: str, text: str) -> list[str]:
    """Fields and figures of the English text that its translation does not have."""
    fields = Counter(_FIELD.findall(english)) - Counter(_FIELD.findall(text))
    figures = set(_FIGURE.findall(english)) - set(re.findall(r"\d{2,}", text))
    return [*fields, *sorted(figures)]
