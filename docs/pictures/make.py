"""Draw the pictures of `docs/workbook.md`: a filled workbook and its checked file, by language.

Needs LibreOffice and pdftoppm. A sheet is drawn as one page, as it stands on a screen.

    python docs/pictures/make.py
"""

from __future__ import annotations

import csv
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Tier
from assessments.paths import EXAMPLES
from assessments.reference import country
from assessments.workbook.annotate import checked_path, write_checked
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "ar")
COUNTRY, INSTITUTION, TABLE = "XAA", "CA", "OPS_1_14"
MISTAKES = {"STR_2_02": "?", "STR_2_09": "yes", "OPS_2_04": "env. 40", "OPS_3_08": "-3"}
DOTS, HIGHEST, COLOURS = 80, 900, 48  # an inch, pixels, of the palette
_ONE_PAGE = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'


def main() -> None:
    pack = load_pack(find_pack("cooperation"))
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            work = Path(folder) / language
            blank = build_workbook(
                pack, country(COUNTRY), "2026", INSTITUTION, language, Tier.DEEP,
                work / "blank.xlsx", reference_date=date(2026, 3, 31), deadline=date(2026, 6, 30),
                return_to="needs@example.org",
            )  # fmt: skip
            answers = EXAMPLES / COUNTRY / f"{INSTITUTION}.csv"
            filled = fill_workbook(blank, answers, work / "filled.xlsx")
            spoilt = fill_workbook(blank, with_mistakes(answers, work), work / "spoilt.xlsx")
            reading = read_workbook(spoilt, pack)
            checked = write_checked(spoilt, reading.problems, checked_path(spoilt), language)
            sheets = [place.source.sheet for place in reading.answers]
            tables = list(dict.fromkeys(name for name in sheets if " " not in name))
            first_table = 1 + len(dict.fromkeys(name for name in sheets if " " in name))
            pages = {"cover": 1, "dimension": 2, "table": first_table + 1 + tables.index(TABLE)}
            draw(filled, {f"{name}-{language}": page for name, page in pages.items()})
            draw(checked, {f"checked-{language}": 1, f"noted-{language}": 3})


def with_mistakes(answers: Path, folder: Path) -> Path:
    """The answers, some of them as they come by mail."""
    with answers.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for line in lines:
        if line["question"] in MISTAKES:
            line["value"], line["no_answer_because"] = MISTAKES[line["question"]], ""
    target = folder / "spoilt.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return target


def draw(workbook: Path, pages: dict[str, int]) -> None:
    """The named pages of the workbook as pictures."""
    profile = f"-env:UserInstallation=file://{workbook.parent}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", _ONE_PAGE,
         "--outdir", str(workbook.parent), str(workbook)],
        check=True, capture_output=True,
    )  # fmt: skip
    pdf = workbook.with_suffix(".pdf")
    for name, page in pages.items():
        target = HERE / name
        subprocess.run(
            ["pdftoppm", "-r", str(DOTS), "-f", str(page), "-l", str(page), "-singlefile",
             "-png", str(pdf), str(target)],
            check=True,
        )  # fmt: skip
        file = target.with_suffix(".png")
        with Image.open(file) as picture:
            top = picture.crop((0, 0, picture.width, min(picture.height, HIGHEST)))
        top.convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    main()
