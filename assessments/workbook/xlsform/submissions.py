"""Answers exported from KoboToolbox or ODK: each row is one submission of one institution.

Every row is read as a returned workbook is: the same values, states, constraints and skip logic
(`workbook.answers`), each answer with the sheet and cell of the export that it stands in. Of two
rows of one institution the one submitted last counts; what only the earlier one answered is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from assessments.identifiers import ROUND
from assessments.language import all_of
from assessments.pack.model import Pack, Tier
from assessments.problems import Problem
from assessments.results import Answer, AnswerState
from assessments.untrusted.cells import Cells, Sheet, address
from assessments.workbook.identity import Identity
from assessments.workbook.layout import in_workbook_order
from assessments.workbook.read import Reading
from assessments.workbook.texts import fault
from assessments.workbook.values import alike
from assessments.workbook.xlsform import fields
from assessments.workbook.xlsform.answer_rows import RowReader
from assessments.workbook.xlsform.headings_of_answers import (
    Columns,
    own_columns,
    read_columns,
)
from assessments.workbook.xlsform.repeats import Repeats, headings_of, is_child

_TIMES = ("_submission_time", "SubmissionDate", "end")
_IDS = ("_uuid", "instanceID", "meta/instanceID", "meta-instanceID", "KEY")
_OWN_MARK = frozenset({"_submission_time", "_uuid", "submissiondate", "instanceid", "key"})


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who takes the file in says of it, where the file itself does not."""

    iso3: str = ""
    round: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a row says it is."""

    iso3: str
    round: str
    pack: str
    version: str


@dataclass(frozen=True, slots=True)
class RowOfExport:
    """One submission, as it stands in the main sheet."""

    number: int
    claim: Claim
    institution: str  # as written
    tier: str
    sent_at: float  # seconds, 0 where the export does not say
    id: str


@dataclass
class Export:
    """An exported file whose rows are known, before any answer is read."""

    cells: Cells
    main: Sheet
    headings: Mapping[int, str]
    rows: list[RowOfExport] = field(default_factory=list)


def is_export(cells: Cells, given: Given) -> bool:
    """True where the first sheet names our pack in each row, or bears the marks of an export."""
    main = next((sheet for sheet in cells.sheets if not is_child(sheet)), None)
    if main is None:
        return False
    heads = {alike(text).rpartition("/")[2] for text in headings_of(main).values()}
    ours = any(text.endswith(fields.PACK) for text in heads)
    return ours or bool(given.iso3 and heads & _OWN_MARK)


def read_export_rows(cells: Cells, given: Given) -> Export:
    """Who each row is, from the columns that every form of ours has, or from what is given."""
    main = next(sheet for sheet in cells.sheets if not is_child(sheet))
    headings = headings_of(main)
    export = Export(cells, main, headings)
    place = {alike(text).rpartition("/")[2].rpartition("-")[2]: column
             for column, text in sorted(headings.items(), reverse=True)}  # fmt: skip
    labels = own_columns(headings)

    def said(number: int, *names: str) -> str:
        for name in names:
            column = labels.get(name) or place.get(alike(name).rpartition("/")[2])
            if column and (text := main.text(number, column).strip()):
                return text
        return ""

    for number in sorted({row for row, _ in main.cells if row > 1}):
        claim = Claim(
            iso3=said(number, fields.COUNTRY).upper() or given.iso3,
            round=said(number, fields.ROUND) or given.round,
            pack=said(number, fields.PACK),
            version=said(number, fields.VERSION),
        )
        export.rows.append(
            RowOfExport(
                number,
                claim,
                said(number, fields.INSTITUTION) or given.institution,
                said(number, fields.TIER),
                _instant(said(number, *_TIMES)),
                said(number, *_IDS),
            )
        )
    return export


def _instant(text: str) -> float:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return 0.0
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


# --- the answers ------------------------------------------------------------------------------


class Submissions:
    """The rows of one assessment, by institution."""

    def __init__(self, export: Export, rows: Sequence[RowOfExport], pack: Pack, name: str) -> None:
        self.export, self.pack, self.name = export, pack, name
        self.columns = read_columns(pack, export.headings)
        self.repeats = Repeats(export.cells, export.main, pack)
        self.rows: dict[str, list[RowOfExport]] = {}  # by institution
        self.of_nobody: list[Reading] = []  # rows that do not say who answers, with the reason
        names = _institutions(pack)
        for row in rows:
            code = names.get(alike(row.institution), "")
            if code and pack.asked_of(code):
                self.rows.setdefault(code, []).append(row)
            else:
                self.of_nobody.append(_nobody(export, row, self.columns, name))

    def read(self, code: str, earlier: Iterable[Answer]) -> Reading:
        """What an institution answers, beside its `earlier` returns; the row sent last counts."""
        rows = _in_time(self.rows[code])
        before = tuple(earlier)
        *others, last = [self._read(row, code, before) for row in rows]
        problems = list(last.problems)
        for row, reading in zip(rows, others, strict=False):
            problems.append(_superseded(self.export, row, code, reading, last, self.name))
        return replace(last, problems=tuple(problems))

    def _read(self, row: RowOfExport, code: str, earlier: Iterable[Answer]) -> Reading:
        return _reading(
            self.export, row, code, self.pack, self.columns, self.repeats, self.name, earlier
        )


def _in_time(rows: Iterable[RowOfExport]) -> list[RowOfExport]:
    """Oldest first; one sent twice counts once."""
    ordered = sorted(rows, key=lambda row: (row.sent_at, row.number))
    last = {row.id or str(row.number): row for row in ordered}
    return [row for row in ordered if last[row.id or str(row.number)] is row]


def _institutions(pack: Pack) -> dict[str, str]:
    """Every way to write an institution."""
    found: dict[str, str] = {}
    for code, choice in pack.institutions.items():
        for text in (code, *(choice.label.in_(language) for language in pack.languages)):
            found.setdefault(alike(text), code)
    return found


def _nobody(export: Export, row: RowOfExport, columns: Columns, name: str) -> Reading:
    column = columns.own.get(fields.INSTITUTION, 1)
    problem = fault(
        "row-without-institution", sheet=export.main.name, cell=address(row.number, column),
        row=row.number, value=row.institution[:60],
    )  # fmt: skip
    return Reading(None, (), (problem.model_copy(update={"file": name}),), export.cells.sha256)


def _reading(
    export: Export, row: RowOfExport, code: str, pack: Pack, columns: Columns, repeats: Repeats,
    name: str, earlier: Iterable[Answer],
) -> Reading:  # fmt: skip
    tier = Tier(row.tier) if row.tier in set(Tier) else Tier.DEEP
    claim = row.claim
    identity = Identity(
        pack=pack.id, pack_version=pack.version, pack_digest=pack.digest, iso3=claim.iso3,
        round=claim.round, institution=code, language="en", tier=tier,
    )  # fmt: skip
    wrong = _wrong_claim(export, row, pack)
    if wrong:
        named = tuple(one.model_copy(update={"file": name}) for one in wrong)
        return Reading(identity, (), named, export.cells.sha256)
    asked = in_workbook_order(pack.asked_of(code, tier))
    reader = RowReader(export.cells, export.main, row.number, pack, identity, name, columns,
                       repeats, earlier)  # fmt: skip
    answers = reader.read_row(asked)
    missing = [q.name for q in asked if q.name not in reader.found]
    problems = list(reader.problems)
    if missing:
        code_ = "no-question-of-ours" if len(missing) == len(asked) else "export-lacks-questions"
        problems.append(fault(code_, sheet=export.main.name, value=all_of(missing, _MOST_NAMED)))
    return Reading(
        identity,
        answers,
        tuple(one.model_copy(update={"file": name}) for one in problems),
        export.cells.sha256,
        export.main.text(row.number, columns.own.get(fields.FILLED_BY, 0)),
    )


def _wrong_claim(export: Export, row: RowOfExport, pack: Pack) -> list[Problem]:
    claim, sheet = row.claim, export.main.name
    if claim.pack and claim.pack != pack.id:
        return [fault("other-pack", sheet=sheet, value=claim.pack[:60], expected=pack.id)]
    if claim.version and claim.version != pack.version:
        return [fault("other-form-version", sheet=sheet, value=claim.version[:20],
                      expected=pack.version)]  # fmt: skip
    return []


_MOST_NAMED = 8


def _superseded(
    export: Export, row: RowOfExport, code: str, earlier: Reading, last: Reading, name: str
) -> Problem:
    """An earlier row of the same institution: a note, or a fault where it answers more."""
    answered = {a.question for a in last.answers if a.state is not AnswerState.BLANK}
    more = [
        a.question
        for a in earlier.answers
        if a.question not in answered and a.state not in (AnswerState.BLANK, AnswerState.SKIPPED)
    ]
    problem = fault(
        "earlier-row-says-more" if more else "earlier-row", sheet=export.main.name,
        cell=address(row.number, 1), row=row.number, value=code, other=all_of(more, _MOST_NAMED),
    )  # fmt: skip
    return problem.model_copy(update={"file": name})


def wrong_identity(row: RowOfExport, sheet: str, known: Callable[[str], bool]) -> Problem | None:
    """Why a row belongs to no assessment, None where it may."""
    claim = row.claim
    if not claim.iso3 or not claim.round:
        code = "row-without-assessment"
    elif not known(claim.iso3) or not ROUND.match(claim.round):
        code = "row-of-no-assessment"
    else:
        return None
    return fault(code, sheet=sheet, cell=address(row.number, 1), row=row.number,
                 value=f"{claim.iso3} {claim.round}"[:40])  # fmt: skip
