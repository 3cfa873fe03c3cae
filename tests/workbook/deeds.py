"""What is read of a questionnaire after each deed in LibreOffice, and the table that says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessments.pack.model import Pack, Tier
from assessments.problems import Problem, Severity
from assessments.results import Answer
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import Reading, read_workbook
from assessments.workbook.write import build_workbook

from .conftest import COUNTRY, GOOD, HEADER
from .generated import of
from .office import Office

PAGE = Path(__file__).resolve().parents[2] / "docs" / "round-trips.md"
_BEGIN, _END = "<!-- written by tests/workbook/roundtrips.py -->", "<!-- to here -->"
_ROW = re.compile(r"\| (.*?) \| (.*?) \| (.*?) \|\Z")
# every kind of question and of state, with what stands beside the answers
ANSWERS = (
    GOOD.replace("STR_1_02,,,yes,,,,", "STR_1_02,,,yes,,Official journal 7,law,")
    .replace("STR_1_03,,,2027-12-31,,,,", "STR_1_03,,,2027-12-31,,Note verbale 3,statement,")
    .replace("OPS_1_02,,,12.5,,,,", "OPS_1_02,,,,no_information,,,counted from March on")
)
# nothing is left in the file that a cell could be named of
_GONE = {"missing-sheet", "names-deleted", "not-a-questionnaire"}


def _deeds() -> dict[str, str]:
    """Each deed with what it does, read from its own file, which runs under another Python."""
    source = Path(__file__).with_name("office_deeds.py").read_text(encoding="utf-8")
    functions = {
        node.name: ast.get_docstring(node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    listed = re.search(r"for deed in \((.*?)\n    \)", source, re.DOTALL)
    assert listed is not None
    return {name: functions[name].rstrip(".") for name in re.findall(r"\w+", listed[1])}


DEEDS: Mapping[str, str] = _deeds()


@dataclass(frozen=True)
class Outcome:
    """What a deed came to."""

    kind: str  # same, told, refused
    said: str  # as the table prints it
    wrong: tuple[str, ...]  # answers that are neither the same nor told with their cell


class Desk:
    """One filled workbook, as xlsx and as ods, and the LibreOffice to work on it."""

    def __init__(self, pack: Pack, language: str, folder: Path, office: Office) -> None:
        self.pack, self.office = pack, office
        self.folder = folder / f"desk-{language}"
        self.folder.mkdir()
        blank = build_workbook(
            pack, COUNTRY, "2026", "CA", language, Tier.DEEP, self.folder / "blank.xlsx",
            reference_date=date(2026, 11, 23), deadline=date(2027, 1, 31),
        )  # fmt: skip
        answers = self.folder / "answers.csv"
        answers.write_text(HEADER + ANSWERS, encoding="utf-8")
        self.filled = {"xlsx": fill_workbook(blank, answers, self.folder / "filled.xlsx")}
        reading = read_workbook(self.filled["xlsx"], pack)
        assert reading.problems == ()
        self.before = {answer.question: answer for answer in reading.answers}

    def outcome(self, deed: str, kind: str) -> Outcome:
        """What is read after the deed, done on the workbook as xlsx or as ods; saved as xlsx."""
        if kind not in self.filled:
            self.filled[kind] = self.office.do(
                "saved", self.filled["xlsx"], self.folder / "filled.ods"
            )
        done = self.office.do(deed, self.filled[kind], self.folder / f"{deed}-{kind}.xlsx")
        return judge(read_workbook(done, self.pack), self.before)


def judge(reading: Reading, before: Mapping[str, Answer]) -> Outcome:
    """Compare question by question."""
    if not reading.accepted:
        refusing = [p for p in reading.problems if p.severity is Severity.FILE]
        named = any(p.sheet and p.cell for p in refusing)
        wrong = () if named or {p.code for p in refusing} <= _GONE else ("no cell is named",)
        return Outcome("refused", f"the file is refused | {_codes(refusing)}", wrong)
    wrong = tuple(_unsaid(reading, before))
    changed = [q for q in before if _sorted(before[q]) != _sorted(_by_question(reading)[q])]
    said = _codes(list(reading.problems))
    if changed:
        names = ", ".join(changed)
        return Outcome("told", f"all answers but {names}, which are told | {said}", wrong)
    return Outcome("same", f"the same answers | {said}", wrong)


def _unsaid(reading: Reading, before: Mapping[str, Answer]) -> Iterator[str]:
    after = _by_question(reading)
    told = {p.question for p in reading.problems if p.cell and p.severity is Severity.CELL}
    for question, answer in before.items():
        if question not in after:
            yield f"{question} is gone"
        elif _sorted(answer) != _sorted(after[question]) and question not in told:
            yield f"{question} was {of(answer)} and is read as {of(after[question])}"


def _by_question(reading: Reading) -> dict[str, Answer]:
    return {answer.question: answer for answer in reading.answers}


def _sorted(answer: Answer) -> tuple[object, ...]:
    """The answer as given; rows of a table may come in another order."""
    state, value, *beside = of(answer)
    return state, sorted(map(str, value)) if isinstance(value, tuple) else value, *beside


def _codes(problems: list[Problem]) -> str:
    return ", ".join(f"`{code}`" for code in sorted({problem.code for problem in problems})) or "—"


# --- the page ---------------------------------------------------------------------------------


def committed() -> dict[str, str]:
    """What docs/round-trips.md says of each deed."""
    table = PAGE.read_text(encoding="utf-8").partition(_BEGIN)[2].partition(_END)[0]
    rows = {row[1]: f"{row[2]} | {row[3]}" for row in map(_ROW.match, table.splitlines()) if row}
    return {deed: rows[what] for deed, what in DEEDS.items() if what in rows}


def write_table(outcomes: Mapping[str, Outcome]) -> None:
    """Write the table of docs/round-trips.md anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    rows = ["| what is done | what is read | problems named |", "|---|---|---|"]
    rows += [f"| {DEEDS[deed]} | {outcome.said} |" for deed, outcome in outcomes.items()]
    PAGE.write_text(f"{before}{_BEGIN}\n" + "\n".join(rows) + f"\n{_END}{after}", encoding="utf-8")
