"""Exports as KoboToolbox and ODK Central write them, made from answers and a form's own columns.

The columns are taken from the XForm that pyxform makes of the form, so that paths and repeats are
those of a server and not of our reader.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from lxml import etree
from pyxform.xls2xform import convert

Answers = Mapping[str, object]
KOBO_META = ("_id", "_uuid", "_submission_time", "_index")


class Form:
    """A form as a server has it: the path of each field, and which are repeats."""

    def __init__(self, path: Path) -> None:
        root = etree.fromstring(convert(str(path)).xform.encode())
        instance = root.find(".//{*}model/{*}instance")[0]
        self.title = root.find(".//{*}title").text
        self.paths: dict[str, str] = {}
        self.repeats: dict[str, dict[str, str]] = {}
        repeated = {node.get("nodeset").split("/", 2)[2] for node in root.iter("{*}repeat")}
        self._walk(instance, "", repeated, self.paths)

    def _walk(self, node, above: str, repeated: set[str], into: dict[str, str]) -> None:
        for child in node:
            name = etree.QName(child).localname
            path = f"{above}/{name}".lstrip("/")
            if path in repeated:
                self._walk(child, path, repeated, self.repeats.setdefault(name, {}))
            elif len(child):
                self._walk(child, path, repeated, into)
            else:
                into[name] = path


def kobo_xlsx(path: Path, form: Form, submissions: list[Answers], *, groups: bool = True) -> Path:
    """One row a submission, each repeat on its own sheet, names as headings."""
    book = openpyxl.Workbook()
    main = book.active
    main.title = form.title[:31]
    tables = {name: book.create_sheet(name[:31]) for name in form.repeats}
    head = {name: place if groups else name for name, place in form.paths.items()}
    main.append([*head.values(), *KOBO_META])
    for name, sheet in tables.items():
        sheet.append([p if groups else n for n, p in form.repeats[name].items()]
                     + ["_index", "_parent_table_name", "_parent_index"])  # fmt: skip
    for number, answers in enumerate(submissions, start=1):
        meta = [answers.get(key, number) for key in KOBO_META[:-1]]
        main.append([answers.get(name) for name in head] + [*meta, number])
        for name, sheet in tables.items():
            for row in answers.get(name, ()):  # type: ignore[attr-defined]
                sheet.append([row.get(n) for n in form.repeats[name]] + [1, main.title, number])
    book.save(path)
    return path


def odk_zip(path: Path, form: Form, submissions: list[Answers]) -> Path:
    """One CSV file, and one for each repeat, in an archive; group prefixes with a dash."""
    files: dict[str, list[list[object]]] = {
        "form.csv": [["SubmissionDate", *(p.replace("/", "-") for p in form.paths.values()), "KEY"]]
    }
    for name, columns in form.repeats.items():
        heads = [place.rpartition("/")[2] for place in columns.values()]
        files[f"form-{name}.csv"] = [[*heads, "PARENT_KEY", "KEY"]]
    for number, answers in enumerate(submissions, start=1):
        key = f"uuid:{number}"
        sent = answers.get("_submission_time", f"2026-02-0{number}T10:00:00Z")
        files["form.csv"].append([sent, *(answers.get(n, "") for n in form.paths), key])
        for name, columns in form.repeats.items():
            for place, row in enumerate(answers.get(name, ()), start=1):  # type: ignore[arg-type]
                cells = [row.get(n, "") for n in columns]
                files[f"form-{name}.csv"].append([*cells, key, f"{key}/{name}[{place}]"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            out = io.StringIO(newline="")
            csv.writer(out).writerows(rows)
            archive.writestr(name, out.getvalue())
    return path


def kobo_csv(path: Path, rows: list[list[object]]) -> Path:
    """KoboToolbox separates by semicolons, with quotation marks around everything."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path
