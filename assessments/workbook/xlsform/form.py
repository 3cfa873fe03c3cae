"""What the form of a pack is, sheet by sheet; `write` puts it into a file.

The rows of survey.csv and choices.csv stand in the form as they are, in the workbook's order, with
the number of the row they come from; what a phone needs beside them (groups, the institution's
question, reasons, evidence, comments) stands in rows marked as made. The pack's other tables follow
on sheets of their own, so that the form gives the pack back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assessments.errors import Mistake, PackFault, UnknownInstitution
from assessments.pack.choices_table import CHOICES
from assessments.pack.glossary import EXCEPTIONS_FILE, GLOSSARY_FILE
from assessments.pack.load import FORM_FILES, PACK_FILES
from assessments.pack.model import Pack, Question, Tier
from assessments.pack.settings_table import SETTINGS
from assessments.pack.survey_table import SURVEY
from assessments.workbook.xlsform import fields
from assessments.workbook.xlsform.languages import code_of, column_of, columns_of, split_heading
from assessments.workbook.xlsform.survey_rows import FormRow, survey_rows

SHEETS = {SURVEY: "survey", CHOICES: "choices", SETTINGS: "settings"}
LONGEST_CELL = 32_767  # characters that an Excel cell holds


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a pack, and for whom; nothing chosen is the whole pack, which imports again."""

    institution: str = ""
    tier: Tier | None = None
    iso3: str = ""
    round: str = ""

    @property
    def whole(self) -> bool:
        return self == Selection()

    def questions(self, pack: Pack) -> tuple[Question, ...]:
        tier = self.tier or Tier.DEEP
        if self.institution:
            return pack.asked_of(self.institution, tier)
        return tuple(one for one in pack.questions if tier.includes(one.tier))

    def form_id(self, pack: Pack) -> str:
        tier = self.tier.value if self.tier else ""
        return "_".join(filter(None, (pack.id, self.iso3, self.round, self.institution, tier)))


@dataclass
class FormSheet:
    """One sheet: headings, and rows by heading."""

    name: str
    header: list[str]
    rows: list[dict[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[list[str]]:
        yield self.header
        for row in self.rows:
            yield [row.get(column, "") for column in self.header]


def form_of(pack: Pack, selection: Selection | None = None) -> tuple[FormSheet, ...]:
    """Every sheet of the form of `pack`.

    Raises UnknownInstitution where the institution is asked nothing, PackFault where a cell of the
    pack is longer than Excel's.
    """
    chosen = selection or Selection()
    if chosen.institution and not chosen.questions(pack):
        known = ", ".join(code for code in pack.institutions if pack.asked_of(code))
        raise UnknownInstitution(
            f"{chosen.institution!r} is asked nothing in {pack.id}.", f"Choose from {known}."
        )
    folder = Path(pack.folder)
    sheets = [
        _survey(pack, chosen, folder),
        _choices(pack, chosen, folder),
        _settings(pack, chosen, folder),
    ]
    if chosen.whole:
        sheets += _carried(folder)
    for sheet in sheets:
        _fits(sheet)
    return tuple(sheets)


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a CSV table as written, its headings first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _records(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row as Excel shows it, cells by column) of each row that is not empty."""
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, dict(zip(rows[0], row, strict=False))


def _survey(pack: Pack, chosen: Selection, folder: Path) -> FormSheet:
    rows = read_rows(folder / SURVEY)
    own = dict(_records(rows))
    made = list(survey_rows(pack, chosen.questions(pack), own, chosen.institution,
                            chosen.iso3, chosen.round, chosen.tier))  # fmt: skip
    spoken = columns_of(rows[0], "label")
    made = [_in_all(row, ("hint", "constraint_message"), spoken, rows[0]) for row in made]
    return FormSheet("survey", _header(rows[0], made), [_cells(row) for row in made])


def _in_all(
    row: FormRow, stems: Iterable[str], spoken: Mapping[str, str], header: Sequence[str]
) -> FormRow:
    """The row with its English text in each language for which the pack has no column.

    A form that speaks a language in one column must speak it in all.
    """
    more = {}
    for stem in stems:
        english = row.cells.get(column_of(header, stem, "en"), "")
        for code, label in spoken.items():
            column = f"{stem}::{label.partition('::')[2]}"
            if english and not column_of(header, stem, code) and column not in row.changes:
                more[column] = english
    return FormRow(row.cells, row.origin, {**row.changes, **more}) if more else row


def _choices(pack: Pack, chosen: Selection, folder: Path) -> FormSheet:
    rows = read_rows(folder / CHOICES)
    made = [FormRow(cells, number) for number, cells in _records(rows)]
    spoken = columns_of(read_rows(folder / SURVEY)[0], "label")
    labels = {code: f"label::{column.partition('::')[2]}" for code, column in spoken.items()}
    labels |= columns_of(rows[0], "label")
    made = [_in_all(row, ("label",), spoken, rows[0]) for row in made]
    asked = chosen.questions(pack)
    for sub in pack.sub_dimensions:
        name = f"level_{sub.code.replace('-', '_')}"
        if any(question.list_name == name for question in asked):
            for level, words in enumerate(sub.levels):
                texts = {column: f"{level} – {words.in_(code)}" for code, column in labels.items()}
                made.append(FormRow({"list_name": name, "name": str(level), **texts}))
    written = {row.cells["list_name"].strip() for row in made}
    for name in ("no_answer_reasons", "evidence_classes"):
        if name not in written:
            for choice in pack.choice_lists[name]:
                texts = {column: choice.label.in_(code) for code, column in labels.items()}
                made.append(FormRow({"list_name": name, "name": choice.name, **texts}))
    if not chosen.institution:
        for choice in pack.institutions.values():
            if pack.asked_of(choice.name, chosen.tier or Tier.DEEP):
                texts = {column: choice.label.in_(code) for code, column in labels.items()}
                cells = {"list_name": fields.RESPONDENTS, "name": choice.name, **texts}
                made.append(FormRow(cells))
    renamed = {column: choice_heading(column) for column in rows[0]}
    own = [
        FormRow({renamed.get(k, k): v for k, v in row.cells.items()}, row.origin, row.changes)
        for row in made
    ]
    return FormSheet("choices", _header(list(renamed.values()), own), [_cells(r) for r in own])


def choice_heading(column: str) -> str:
    """A heading of choices.csv as the form can hold it: `hint_fr` for `hint::French (fr)`.

    pyxform makes an XML element of every column but the label's and media.
    """
    stem, language = split_heading(column)
    return column if not language or stem == "label" else f"{stem}_{code_of(language)}"


def _settings(pack: Pack, chosen: Selection, folder: Path) -> FormSheet:
    rows = read_rows(folder / SETTINGS)
    number, own = next(_records(rows))
    survey = read_rows(folder / SURVEY)[0]
    label = column_of(survey, "label", pack.default_language) or column_of(survey, "label", "en")
    changes = {
        "form_id": chosen.form_id(pack),
        "form_title": str(pack.title),
        "default_language": label.partition("::")[2] or own.get("default_language", ""),
    }
    row = FormRow(own, number, {k: v for k, v in changes.items() if own.get(k, "") != v})
    return FormSheet("settings", _header(rows[0], [row]), [_cells(row)])


def _header(own: Sequence[str], rows: Iterable[FormRow]) -> list[str]:
    """The pack's headings, then what the made rows need, then where each row comes from."""
    more = dict.fromkeys(column for row in rows for column in (*row.cells, *row.changes))
    return [
        *own, *(column for column in more if column not in own), fields.ORIGIN, fields.ORIGINAL
    ]  # fmt: skip


def _cells(row: FormRow) -> dict[str, str]:
    changed = {name: row.cells.get(name, "") for name in row.changes}
    return {
        **row.cells,
        **row.changes,
        fields.ORIGIN: str(row.origin) if row.origin else fields.MADE,
        fields.ORIGINAL: json.dumps(changed, ensure_ascii=False) if changed else "",
    }


# --- the pack's other tables ------------------------------------------------------------------


def _carried(folder: Path) -> list[FormSheet]:
    note = FormSheet(fields.TABLES_NOTE, ["sheet", "columns"])
    sheets = [note]
    for file in (*PACK_FILES, GLOSSARY_FILE, EXCEPTIONS_FILE):
        if not (folder / file).is_file():
            continue
        if file.endswith(".csv"):
            header = read_rows(folder / file)[0]
            note.rows.append({"sheet": SHEETS.get(file, file), "columns": "|".join(header)})
        if file not in FORM_FILES:
            sheets.append(_table(folder / file) if file.endswith(".csv") else _text(folder / file))
    return sheets


def _table(path: Path) -> FormSheet:
    rows = read_rows(path)
    return FormSheet(path.name, rows[0], [dict(zip(rows[0], r, strict=False)) for r in rows[1:]])


def _text(path: Path) -> FormSheet:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return FormSheet(path.name, ["line"], [{"line": line} for line in lines])


def _fits(sheet: FormSheet) -> None:
    for number, line in enumerate(sheet.lines(), start=1):
        for column, cell in zip(sheet.header, line, strict=True):
            if len(cell) > LONGEST_CELL:
                raise PackFault(
                    f"Row {number}, column {column} of {sheet.name} has {len(cell)} characters; "
                    f"a cell of Excel holds {LONGEST_CELL}.",
                    "Shorten the text.",
                )


def checked_selection(
    pack: Pack, *, institution: str = "", tier: str = "", iso3: str = "", round_: str = ""
) -> Selection:
    """A selection from what a person typed. Raises Mistake and UnknownInstitution."""
    if tier and tier not in {one.value for one in Tier}:
        raise Mistake(f"{tier!r} is no tier.", f"Choose one of {', '.join(Tier)}.")
    if bool(iso3) != bool(round_):
        raise Mistake("A form of an assessment needs a country and a round.", "Give both or none.")
    if institution and institution not in pack.institutions:
        raise UnknownInstitution(
            f"{institution!r} is no institution of {pack.id}.",
            f"Choose from {', '.join(pack.institutions)}.",
        )
    return Selection(institution, Tier(tier) if tier else None, iso3, round_)


def by_name(sheets: Iterable[FormSheet]) -> Mapping[str, FormSheet]:
    return {sheet.name: sheet for sheet in sheets}
