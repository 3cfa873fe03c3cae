"""500 hostile answers in ten reports: each stands there as typed, or visibly replaced.

    python tests/report/hostile_answers.py            `make hostile`: 500 in 10 reports and annexes
    python tests/report/hostile_answers.py 100 2      100 in 2

Each answer is 60 pieces at most of markup, template syntax, control characters, direction
overrides, half characters, field codes and formulas, between two marks of its own; every tenth has
32,000 characters. LibreOffice opens every Word file and annex again and hands out their text.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from country_inputs import material, report_inputs
from word_file import words_of

from assessments.pack.load import load_pack
from assessments.pack.model import QuestionType, Words
from assessments.report import ReportInputs, write_report
from assessments.results import AnswerState, Sensitivity
from flows.annex import excel_annex
from flows.compute import compute

PIECES = (
    "{{ 7*7 }}", "{{ cover.country }}", "{% for a in annexes.answers %}", "{% endfor %}", "{# x #}",
    "{%p if 1 %}", "{%tr endif %}", "{{r x }}", "}}", "{{", "%}", "{_{", "{{ ''.__class__ }}",
    "<w:p>", "</w:t></w:r></w:p>", "<b>x</b>", "&amp;", "&#0;", "]]>", "<!DOCTYPE a>", "<!--",
    "-->", "<![CDATA[", "<?xml?>", "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x0e",
    "\x1b[31m", "\x1f", "\x7f", "\x80", "\x9f", "\u202a", "\u202b", "\u202d", "\u202e",
    "\u202c", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c",
    "\ud800", "\udfff", "\udc00\ud800",
    "\ufffe", "\uffff", "\ufdd0", "\U0001f600", "\U000e0041", "\ufeff", "a\u0301\u0301\u0301",
    "\u0645\u0631\u062d\u0628\u0627", "=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "+1", "-1",
    "[GAP_XAA_2026_STR_1]", "{ PAGE }", "TOC \\o", "%s %(a)s {0} {name}", "\\x41", "$\\frac{1}{2}$",
    "'; DROP TABLE answer; --", "../../etc/passwd", "file:///etc/passwd", "\t", "\n", "\r\n",
)  # fmt: skip
LONG = 32_000
_DIRECTION = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_KEPT = 1_000  # characters of an answer that a report surely prints


def answers(count: int, seed: int = 7) -> list[str]:
    """Hostile texts, every piece among them; each between a mark that begins and one that ends."""
    draw, found = random.Random(seed), []
    for number in range(count):
        parts = [PIECES[number % len(PIECES)], *draw.choices(PIECES, k=draw.randint(1, 12))]
        draw.shuffle(parts)
        text = draw.choice((" ", "", " - ")).join(parts)
        if number % 10 == 9:
            text = (f"{text} " * (LONG // len(text) + 1))[:LONG]
        found.append(f"B{number:03}Q {text} Q{number:03}E")
    return found


def as_shown(text: str) -> str:
    """What a reader must see, character by character; white space is not told apart."""
    return "".join(_shown(one) for one in text)


def _shown(one: str) -> str:
    if one in _DIRECTION:
        return f"[U+{ord(one):04X}]"
    if one in "\t\n\r\x85":
        return " "
    if unicodedata.category(one) == "Cc":
        return chr(0x2400 + ord(one)) if one < " " else "\ufffd"
    if unicodedata.category(one) == "Cs" or one in "\ufffe\uffff":
        return "\ufffd"
    return one


def with_answers(inputs: ReportInputs, texts: Sequence[str]) -> ReportInputs:
    """The assessment with these as answers, each to a question of its own that asks for a text."""
    asked = next(q for q in inputs.pack.questions if q.type is QuestionType.TEXT)
    given = next(a for a in inputs.answers if a.state is AnswerState.ANSWERED)
    questions = tuple(
        replace(
            asked, name=f"STR_1_{number}", label=Words({"en": "What else?"}), relevant=None,
            sensitivity=Sensitivity.PUBLIC,
        )
        for number in range(200, 200 + len(texts))
    )  # fmt: skip
    more = tuple(
        given.model_copy(
            update={
                "id": f"{given.id.rpartition('_')[0]}_{question.name}",
                "question": question.name,
                "value": text,
                "evidence": "",
            }
        )
        for question, text in zip(questions, texts, strict=True)
    )
    pack = replace(inputs.pack, questions=(*inputs.pack.questions, *questions))
    return replace(inputs, pack=pack, answers=(*inputs.answers, *more))


def an_assessment(folder: Path) -> ReportInputs:
    """The restricted edition of an example."""
    given = material(folder, "XAC", load_pack("cooperation"))
    return report_inputs(given, compute(given), "restricted")


def faults(inputs: ReportInputs, texts: Sequence[str], folder: Path, name: str) -> Iterator[str]:
    """What is missing or altered in the report and annex with these answers, and in what
    LibreOffice reads of them."""
    given = with_answers(inputs, texts)
    word = write_report(given, folder / f"{name}.docx").docx
    annex = excel_annex(given, folder / f"{name}.xlsx")
    yield from missing(words_of(word), texts, f"{name}.docx")
    yield from missing(_cells(annex), texts, f"{name}.xlsx")
    read = folder / "read"
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    for file, to in ((word, "txt:Text (encoded):UTF8"), (annex, "xlsx")):
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(read)]
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=300)
    again = (read / f"{name}.txt").read_text(encoding="utf-8-sig")
    yield from missing(again, texts, f"{name}.docx in LibreOffice")
    yield from missing(_cells(read / annex.name), texts, f"{name}.xlsx in LibreOffice")


def missing(document: str, texts: Sequence[str], where: str) -> Iterator[str]:
    """The texts that do not stand in the document as they must be shown."""
    whole = _squeezed(document)
    for text in texts:
        expected = _squeezed(as_shown(text[:_KEPT]))
        if expected not in whole:
            yield f"{where}: {text[:6]} is not shown as {expected[:200]!r}"
        if len(text) > LONG and f"{text[-5:]}" in whole:
            yield f"{where}: {text[:6]} was not cut"


def _squeezed(text: str) -> str:
    """Without white space, and without the places where a long word may be broken."""
    return re.sub(r"[\s\u200b]+", "", text)


def _cells(path: Path) -> str:
    book = openpyxl.load_workbook(path, read_only=True)
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
        if value is not None
    )  # fmt: skip


def main() -> int:
    """1 where an answer is lost or a file cannot be opened again."""
    count, files = (int(one) for one in (sys.argv[1:3] or ("500", "10")))
    texts, found = answers(count), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = an_assessment(folder / "home")
        for number in range(files):
            part = texts[number * count // files : (number + 1) * count // files]
            for fault in faults(inputs, part, folder, f"r{number}"):
                found += 1
                print(f"  {fault}", flush=True)
            print(f"report {number + 1} of {files}: {len(part)} answers", flush=True)
    print(f"{count} answers in {files} reports and annexes: {found} lost or altered")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
