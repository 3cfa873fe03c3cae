"""Mutate workbooks at random and hold what is read of them against an independent reader.

The oracle. A mutated file ends in one of three ways:

- *refused*: at least one problem of severity `file`, each typed, with message and remedy;
- *accepted*: for every question of the questionnaire there is exactly one answer. A question that
  a problem names is told, whatever its state. Of every question that no problem names, the answer
  must be the one that a third reader (python-calamine, no code in common) sees in the very cells
  in which the unchanged workbook asks it, turned into an answer by the few lines of `Expected`
  below and not by the product. So a mutation may well change an answer, by putting another valid
  choice into its cell; what it may not do is make the product read an answer that does not stand
  there, lose one that does, or count it for another question, without saying so. Where the third
  reader cannot open the file or a sheet, the unnamed answers must be those of the unchanged
  workbook, or what a search for the cell in the sheet's bare text finds;
- *crashed*: any exception, or an answer in state `unusable` that no problem names.

Run by hand: `make fuzz` (20,000 mutations), or `python tests/untrusted/fuzz.py --count 500`.
A case is made again with `--seed SEED --only NUMBER --keep FOLDER`.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import re
import sys
import tempfile
import traceback
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from hostile import Sample  # noqa: E402
from mutations import mutate  # noqa: E402
from samples import make_samples  # noqa: E402

from assessments.pack.load import find_pack, load_pack  # noqa: E402
from assessments.pack.model import Choice, Pack, QuestionType  # noqa: E402
from assessments.results import Answer, AnswerState  # noqa: E402
from assessments.untrusted import cage, read_cells  # noqa: E402
from assessments.untrusted.cells import position  # noqa: E402
from assessments.workbook.identity import identify  # noqa: E402
from assessments.workbook.layout import Part  # noqa: E402
from assessments.workbook.located import Located  # noqa: E402
from assessments.workbook.read import Reading, read_workbook  # noqa: E402
from assessments.workbook.structure import locate  # noqa: E402

SEED = 20261123
MUTATED = ("WPU", "CUST")
Seen = Mapping[tuple[str, int, int], str]
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_UNFILLED = re.compile(r"\{[a-z]+\}")  # a field of a message that nothing filled
_TICKS = {"x", "✓", "✔", "☑", "☒"}


@dataclass
class Expected:
    """Answers as a plain look at the third reader's cells gives them."""

    pack: Pack
    places: Mapping[str, Located]

    def of(self, question: str, seen: Seen) -> tuple[str, object]:
        """State and value; the state is "odd" where the cells are no answer."""
        place = self.places[question]
        reason = self._text(place, place.parts[Part.REASON], seen)
        value = self._value(place, seen)
        if value == "odd" or (reason and value is not None):
            return "odd", None
        if value is not None:
            return "answered", value
        if not reason:
            return "blank", None
        known = _names(self.pack.choice_lists["no_answer_reasons"])
        return known.get(reason.casefold(), "odd"), None

    def _value(self, place: Located, seen: Seen) -> object:
        if place.question.type is QuestionType.SELECT_MULTIPLE:
            return self._ticks(place, seen)
        if place.question.type is QuestionType.TABLE:
            return self._rows(place, seen)
        return _single(place.question, self._text(place, place.spot, seen))

    def _ticks(self, place: Located, seen: Seen) -> object:
        texts = {name: self._text(place, spot, seen) for name, spot in place.ticks.items()}
        words = {text.casefold() for text in texts.values() if text}
        if not words <= {"yes", "no", *_TICKS}:
            return "odd"
        chosen = [n for n, text in texts.items() if text.casefold() in {"yes", *_TICKS}]
        return tuple(chosen) if words else None

    def _rows(self, place: Located, seen: Seen) -> object:
        rows = []
        for number, key in place.rows:
            row = {}
            for column in place.question.columns:
                if column.name == place.question.row_key:
                    continue
                text = self._text(place, (number, place.columns[column.name]), seen)
                value = _single(column, text)
                if value == "odd":
                    return "odd"
                if value is not None:
                    row[column.name] = value
            if row:
                rows.append({place.question.row_key: key, **row})
        return tuple(rows) or None

    @staticmethod
    def _text(place: Located, spot: tuple[int, int], seen: Seen) -> str:
        return unicodedata.normalize("NFC", seen.get((place.sheet.name, *spot), "")).strip()


def _names(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Every plain way to write a choice: its English label, its name."""
    by_label = {" ".join(choice.label.in_("en").split()): choice.name for choice in choices}
    return {text.casefold(): name for text, name in by_label.items()} | {
        choice.name.casefold(): choice.name for choice in choices
    }


def _single(asked: object, text: str) -> object:
    if not text:
        return None
    kind = asked.type  # type: ignore[attr-defined]
    if kind is QuestionType.LEVEL:
        digit, _, word = text.partition(" – ")
        known = ("absent", "initial", "partial", "functional", "sustained")
        fits = digit in "01234" and (not word or word.casefold() == known[int(digit)])
        return digit if fits else _names(asked.choices).get(text.casefold(), "odd")  # type: ignore[attr-defined]
    if kind is QuestionType.SELECT_ONE:
        return _names(asked.choices).get(text.casefold(), "odd")  # type: ignore[attr-defined]
    if kind in (QuestionType.INTEGER, QuestionType.DECIMAL):
        try:
            return float(text)
        except ValueError:
            return "odd"
    return text


@dataclass
class Subject:
    """A workbook to mutate, and what is known of it unchanged."""

    sample: Sample
    expected: Expected
    original: Mapping[str, Answer]


@dataclass
class Tally:
    """What came of all mutations."""

    seed: int
    count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "seed": self.seed,
            "mutations": self.count,
            "outcomes": dict(self.outcomes.most_common()),
            "codes": dict(self.codes.most_common()),
            "failures": self.failures,
        }


def subjects(pack: Pack, folder: Path) -> list[Subject]:
    found = []
    for sample in make_samples(pack, folder, MUTATED).values():
        cells = read_cells(sample.data)
        identity, _ = identify(cells)
        assert identity is not None
        places = {p.question.name: p for p in locate(cells, pack, identity).located}
        answers = {a.question: a for a in read_workbook(sample.data, pack).answers}
        found.append(Subject(sample, Expected(pack, places), answers))
    return found


def third(data: bytes) -> Seen | None:
    """What the third reader sees; None where it cannot open the file."""
    try:
        answer = json.loads(cage.run("tests.untrusted.third_reader:read", data))
    except cage.CageBroken:
        return None
    if answer is None:
        return None
    return {(name, row, col): text for name, cells in answer.items() for row, col, text in cells}


def plain(sample: Sample, data: bytes) -> Seen:
    """Cells found by searching the sheets' text, without an XML parser."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: _decoded(archive.read(name)) for name in archive.namelist()}
    strings = [_bare(item) for item in _ITEM.findall(texts.get("xl/sharedStrings.xml", ""))]
    seen = {}
    for sheet, part in sample.sheets.items():
        for reference, attributes, inside in _CELL.findall(texts.get(part, "")):
            text = _bare(re.sub(r"<f\b.*?</f>", "", inside, flags=re.DOTALL))
            if 't="s"' in attributes and text.isdigit() and int(text) < len(strings):
                text = strings[int(text)]
            place = position(reference)
            if place and text:
                seen[(sheet, *place)] = text
    return seen


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[1:2] == b"\0":
        return content.decode("utf-16-le", errors="replace")
    if content[:1] == b"\0":
        return content.decode("utf-16-be", errors="replace")
    return content.decode("utf-8", errors="replace")


def _bare(xml: str) -> str:
    return html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", xml, flags=re.DOTALL))


def verdict(subject: Subject, data: bytes, pack: Pack) -> tuple[str, str, Reading | None]:
    """How a mutated file ends: `refused`, `same`, `told`, `put there`; or a failure and why."""
    try:
        reading = read_workbook(data, pack, name="fuzz.xlsx")
    except Exception:  # whatever it is, it is a crash
        return "CRASH", traceback.format_exc(limit=-3), None
    for problem in reading.problems:
        if not (problem.message and problem.remedy) or _UNFILLED.search(problem.message):
            return "CRASH", f"a problem without words: {problem.code}", reading
    if not reading.accepted:
        return "refused", "", reading
    questions = [answer.question for answer in reading.answers]
    if sorted(questions) != sorted(subject.original):
        return "DISAGREES", f"questions {set(questions) ^ set(subject.original)}", reading
    fault = _disagreement(subject, data, reading)
    if fault:
        return "DISAGREES", fault, reading
    changed = [a for a in reading.answers if _differs(a, subject.original[a.question])]
    told = {problem.question for problem in reading.problems}
    if not changed:
        return "same", "", reading
    return ("told" if all(a.question in told for a in changed) else "put there"), "", reading


def _differs(one: Answer, other: Answer) -> bool:
    return (one.state, one.value) != (other.state, other.value)


def _disagreement(subject: Subject, data: bytes, reading: Reading) -> str:
    """The first unnamed question whose answer is not what stands in its cells; "" where none."""
    told = {problem.question for problem in reading.problems}
    unnamed = [answer for answer in reading.answers if answer.question not in told]
    seen = third(data)
    for answer in unnamed:
        original = subject.original[answer.question]
        if answer.state is AnswerState.UNUSABLE:
            return f"{answer.question} is unusable and no problem says so"
        if (answer.source.sheet, answer.source.cell) != (
            original.source.sheet,
            original.source.cell,
        ) and _differs(answer, original):
            return f"{answer.question} was read from {answer.source.sheet} {answer.source.cell}"
        place = subject.expected.places[answer.question]
        # a sheet without a single cell is one that the third reader could not read (UTF-16):
        # ours would have refused it for want of its ids
        if seen is None or all(sheet != place.sheet.name for sheet, _, _ in seen):
            stands = subject.expected.of(answer.question, plain(subject.sample, data))
            if _differs(answer, original) and stands != (answer.state.value, answer.value):
                return f"{answer.question}: {original.value} became {answer.value}, seen by none"
            continue
        state, value = subject.expected.of(answer.question, seen)
        if answer.state is AnswerState.SKIPPED:
            if state != "blank":
                return f"{answer.question} is skipped and holds {value}"
        elif (answer.state.value, answer.value) != (state, value):
            read = f"{answer.state.value} {answer.value}"
            return f"{answer.question}: read {read}, there stands {state} {value}"
    return ""


def run(pack: Pack, folder: Path, seed: int, numbers: range, keep: Path | None = None) -> Tally:
    """Mutations `numbers` of the seed, each made again from seed and number alone."""
    of = subjects(pack, folder)
    tally = Tally(seed)
    for number in numbers:
        random = Random(f"{seed}:{number}")
        subject = random.choice(of)
        data = mutate(random, subject.sample.data)
        outcome, why, reading = verdict(subject, data, pack)
        tally.count += 1
        tally.outcomes[outcome] += 1
        if outcome == "refused" and reading is not None:
            tally.codes[reading.problems[0].code] += 1
        if outcome.isupper():
            tally.failures.append(f"{number}: {outcome}: {why}")
        if keep is not None and (outcome.isupper() or len(numbers) == 1):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{number}.xlsx").write_bytes(data)
        if number % 1000 == 999:
            print(f"{tally.count} {dict(tally.outcomes)}", file=sys.stderr, flush=True)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutate workbooks and judge what is read of them.")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", type=int, help="one mutation, by its number")
    parser.add_argument("--keep", type=Path, help="write the failing workbooks here")
    given = parser.parse_args()
    numbers = range(given.count) if given.only is None else range(given.only, given.only + 1)
    with tempfile.TemporaryDirectory() as folder:
        pack = load_pack(find_pack("cooperation"))
        tally = run(pack, Path(folder), given.seed, numbers, given.keep)
    print(json.dumps(tally.as_json(), indent=1, ensure_ascii=False))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
