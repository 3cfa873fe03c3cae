"""Measure how wide letters are, for `assessments/workbook/letter_widths.csv`.

Latin, Greek and Cyrillic letters, figures and signs are those of Liberation Sans, which was drawn
to the widths of Arial; what it does not have, Arabic above all, is that of DejaVu Sans, which
LibreOffice takes where Arial has no Arabic and which is wider than Arial's own.

    python -m tests.workbook.measure_letters          writes the table anew
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import matplotlib
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont

TABLE = Path(__file__).parents[2] / "assessments" / "workbook" / "letter_widths.csv"
DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
BLOCKS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x370, 0x530), range(0x600, 0x700),
    range(0x2010, 0x2050), range(0x20A0, 0x20C0), range(0x2100, 0x2300), range(0x2580, 0x2600),
    range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD),
)  # fmt: skip


def liberation(bold: bool) -> Path | None:
    """The file of Liberation Sans, None where it is not installed."""
    wanted = FontProperties(family="Liberation Sans", weight="bold" if bold else "normal")
    try:
        return Path(findfont(wanted, fallback_to_default=False))
    except ValueError:
        return None


def dejavu(bold: bool) -> Path:
    """DejaVu Sans, which comes with matplotlib."""
    return DEJAVU / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


def widths(*fonts: Path) -> dict[int, int]:
    """Width of each letter in thousandths of the type size, from the first font that has it."""
    found: dict[int, int] = {}
    for path in fonts:
        font = TTFont(path)
        letters, advances = font.getBestCmap(), font["hmtx"]
        em = font["head"].unitsPerEm
        for code in (code for block in BLOCKS for code in block):
            if code in letters and code not in found:
                found[code] = -(-advances[letters[code]][0] * 1000 // em)
    return found


def lines() -> Iterator[tuple[str, int, int]]:
    """Letter as hexadecimal number, width in regular and in bold type."""
    plain, bold = liberation(bold=False), liberation(bold=True)
    assert plain is not None, "Liberation Sans is not installed"
    assert bold is not None, "Liberation Sans is not installed"
    thin, thick = widths(plain, dejavu(bold=False)), widths(bold, dejavu(bold=True))
    for code in sorted(thin):
        yield f"{code:04X}", thin[code], thick.get(code, thin[code])


if __name__ == "__main__":
    with TABLE.open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("letter", "regular", "bold"))
        writer.writerows(lines())
