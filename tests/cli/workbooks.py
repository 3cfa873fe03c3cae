"""The questionnaire of customs, filled by hand-written answers, and ways to spoil it."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from command import Tana
from openpyxl.workbook.defined_name import DefinedName

from assessments.pack.model import Pack, QuestionType
from assessments.workbook.fill import HEADER

CUSTOMS = "CUST"


@dataclass(frozen=True)
class Mail:
    """What went out and what came back, and which of its questions are of which type."""

    blank: Path
    good: Path
    number: str  # a whole number
    choice: str  # one of a list
    level: str


def asked(pack: Pack, kind: QuestionType) -> str:
    return next(q.name for q in pack.asked_of(CUSTOMS) if q.type is kind and q.relevant is None)


def build_mail(tana: Tana, folder: Path, pack: Pack) -> Mail:
    sent = folder / "sent"
    said = tana(
        *("questionnaire", "build", "--country", "XAA", "--round", "2026", "--tier", "deep"),
        *("--institution", CUSTOMS, "--language", "en", "--out", sent, "--json"),
    )
    assert said.status == 0, said.err
    (blank,) = [Path(path) for path in said.document["workbooks"]]
    number, choice = asked(pack, QuestionType.INTEGER), asked(pack, QuestionType.SELECT_ONE)
    level = asked(pack, QuestionType.LEVEL)
    answers = folder / "answers.csv"
    values = {number: "3", choice: pack.question[choice].choices[0].name, level: "2"}
    with answers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows({"question": name, "value": value} for name, value in values.items())
    good = folder / "XAA_2026_CUST returned.xlsx"
    said = tana("questionnaire", "fill", blank, "--answers", answers, "--out", good)
    assert said.status == 0, said.err
    return Mail(blank, good, number, choice, level)


Spoil = Callable[[Mail, Path], Path]


def edited(mail: Mail, target: Path, change: Callable[[Any], None]) -> Path:
    """The good file, opened and saved with `change`."""
    book = openpyxl.load_workbook(mail.good)
    change(book)
    book.save(target)
    return target


def cell(book: Any, question: str) -> Any:
    """The answer cell of a question."""
    ((sheet, place),) = book.defined_names[f"q_{question}"].destinations
    return book[sheet][place.replace("$", "")]


def with_parts(mail: Mail, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The good file with its zip members rewritten."""
    with zipfile.ZipFile(mail.good) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return target


# --- files that are refused -------------------------------------------------------------------


def with_macro(mail: Mail, target: Path) -> Path:
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with_parts(mail, target, lambda name, data: data.replace(plain, macro))
    with zipfile.ZipFile(target, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Attribute VB_Name")
    return target


def truncated(mail: Mail, target: Path) -> Path:
    data = mail.good.read_bytes()
    target.write_bytes(data[: len(data) // 2])
    return target


def renamed_csv(mail: Mail, target: Path) -> Path:
    target.write_text("question,value\nSTR_1_01,3\n", encoding="utf-8")
    return target


def empty(mail: Mail, target: Path) -> Path:
    target.write_bytes(b"")
    return target


def other_identity(key: str, value: str) -> Spoil:
    """The identity changed wherever it is kept: hidden sheet and document properties."""

    def spoil(mail: Mail, target: Path) -> Path:
        def change(book: Any) -> None:
            sheet = book["tana_identity"]
            for row in sheet.iter_rows():
                if row[0].value == key:
                    row[1].value = value
            for item in book.custom_doc_props.props:
                if item.name.removeprefix("tana_") == key:
                    item.value = value

        return edited(mail, target, change)

    return spoil


def two_answers(mail: Mail, target: Path) -> Path:
    """The sheet with the number copied, names and all."""

    def change(book: Any) -> None:
        sheet = cell(book, mail.number).parent
        copied = book.copy_worksheet(sheet)
        for name in list(book.defined_names):
            text = book.defined_names[name].attr_text
            if sheet.title in text:
                moved = text.replace(sheet.title, copied.title)
                copied.defined_names[name] = DefinedName(name, attr_text=moved)

    return edited(mail, target, change)


def without_identity(mail: Mail, target: Path) -> Path:
    openpyxl.Workbook().save(target)
    return target


# --- cells that are unusable ------------------------------------------------------------------


def text_for_number(mail: Mail, target: Path) -> Path:
    return edited(mail, target, lambda book: set_value(cell(book, mail.number), "about thirty"))


def unlisted_choice(mail: Mail, target: Path) -> Path:
    return edited(mail, target, lambda book: set_value(cell(book, mail.choice), "Perhaps soon"))


def formula_error(mail: Mail, target: Path) -> Path:
    """A formula whose stored result is an error, as Excel leaves it."""
    book = openpyxl.load_workbook(mail.good)
    place = cell(book, mail.number)
    book.close()
    part = f"xl/worksheets/sheet{book.sheetnames.index(place.parent.title) + 1}.xml"
    wanted = re.compile(rb'<c r="%s"([^>]*?)(?:/>|>.*?</c>)' % place.coordinate.encode(), re.S)

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        changed, count = wanted.subn(
            rb'<c r="%s" t="e"><f>1/0</f><v>#DIV/0!</v></c>' % place.coordinate.encode(), data
        )
        assert count == 1
        return changed

    return with_parts(mail, target, change)


def set_value(place: Any, value: object) -> None:
    place.value = value
