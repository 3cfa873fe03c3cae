"""Draw the pictures of `docs/report.md`: the main pages of a report, one country a language.

Needs LibreOffice, pdftoppm and pdftotext, and the demo's store, which it makes where there is none.
Pages are found by the printed ids on them, which are the same in every language.

    python docs/pictures/report.py [FOLDER_OF_PDFS]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
TANA = Path(sys.executable).with_name("tana")
COUNTRIES = {"en": "XAA", "fr": "XAB", "es": "XAD", "ar": "XAC"}
ROUND = "2026"
DOTS, COLOURS = 90, 32  # an inch, of the palette


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as work:
        for language, country in COUNTRIES.items():
            pdf = (folder or written(country, language, Path(work))) / (
                f"{country}_{ROUND}_public_{language}.pdf"
            )
            for name, page in main_pages(pdf).items():
                draw(pdf, page, HERE / f"report-{name}-{language}.png")


def written(country: str, language: str, folder: Path) -> Path:
    """The folder with the public report of the demo's country as PDF."""
    subprocess.run([TANA, "demo", "--if-missing"], check=True)
    subprocess.run(
        [TANA, "report", country, "--round", ROUND, "--language", language, "--pdf",
         "--out", folder],
        check=True,
    )  # fmt: skip
    return folder


def main_pages(pdf: Path) -> dict[str, int]:
    """Numbers of the pages to show, by name."""
    texts = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")
    ids = [re.findall(r"\b[A-Z]+_X[A-Z]{2}_\d{4}_\w+", text) for text in texts]
    kinds = [{one.split("_")[0] for one in of} for of in ids]
    wide = [n for n, (width, height) in enumerate(sizes(pdf)) if width > height]
    summary = next(n for n, of in enumerate(kinds) if of & {"SC", "GAP"})
    profile = next(n for n, of in enumerate(ids) if any(one.endswith("_CTX") for one in of))
    priorities = next(n for n, text in enumerate(texts) if "\u00d7" in text)
    pictures = [n for n in wide if not ids[n]]  # the theory of change first, on a page or two
    framework = next(n for n in wide if n > pictures[0] and ids[n])
    found = {
        "cover": 0,
        "summary": summary,
        "profile": profile,
        "dimension": max(
            range(profile + 1, priorities), key=lambda n: sum(i.startswith("SC_") for i in ids[n])
        ),
        "priorities": priorities,
        "project": next(n for n in range(priorities, len(kinds)) if "PKG" in kinds[n]),
        "workplan": next(n for n in pictures if n > framework),
    }
    return {name: page + 1 for name, page in found.items()}


def sizes(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    said = subprocess.run(
        ["pdfinfo", "-l", "10000", pdf], check=True, capture_output=True, text=True
    ).stdout
    found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", said, flags=re.MULTILINE)
    return [(float(width), float(height)) for width, height in found]


def draw(pdf: Path, page: int, target: Path) -> None:
    """One page as a small picture."""
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS), "-f", str(page), "-l", str(page), "-singlefile", "-png",
         str(pdf), str(target.with_suffix(""))],
        check=True,
    )  # fmt: skip
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
