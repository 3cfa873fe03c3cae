"""The small pack as a folder on disk that a test changes in one place."""

import csv
import io
from pathlib import Path

from assessments.pack.check import PackReport, check_pack

_HERE = Path(__file__).parent
METHOD = (_HERE / "small_method.toml").read_text(encoding="utf-8")
FORM = ("settings.csv", "choices.csv", "survey.csv")


def tables() -> dict[str, str]:
    """The text tables of the small pack, by file."""
    parts = (_HERE / "small_pack.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return {file.strip(): table for file, _, table in (part.partition("\n") for part in parts)}


def cells_of(markdown: str) -> list[list[str]]:
    """The rows of a text table."""
    lines = [line.strip() for line in markdown.strip().splitlines()]
    return [
        [cell.strip().replace("¦", "|") for cell in line.strip("|").split("|")]
        for line in lines
        if line
    ]


class PackFolder:
    """A pack on disk that a test changes in one place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for file, markdown in tables().items():
            self.write(file, cells_of(markdown))
        self.write_method(METHOD)

    def write(self, file: str, rows: list[list[str]]) -> None:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        (self.folder / file).write_text(out.getvalue(), encoding="utf-8", newline="")

    def write_method(self, text: str) -> None:
        (self.folder / "method.toml").write_text(text, encoding="utf-8")

    def rows(self, file: str) -> list[list[str]]:
        with (self.folder / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def row_of(self, file: str, name: str) -> int:
        """1-based row, as Excel shows it, of the first row that holds `name` in any cell."""
        return next(n for n, row in enumerate(self.rows(file), start=1) if name in row)

    def set(self, file: str, name: str, column: str, value: str) -> int:
        """Change one cell; returns its row. A column that is not there is added."""
        rows = self.rows(file)
        if column not in rows[0]:
            rows = [[*row, column if n == 0 else ""] for n, row in enumerate(rows)]
        number = self.row_of(file, name)
        rows[number - 1][rows[0].index(column)] = value
        self.write(file, rows)
        return number

    def add(self, file: str, **cells: str) -> int:
        """Append a row; returns its number. `label` stands for the English label."""
        rows = self.rows(file)
        worded = {column.split("::")[0]: column for column in rows[0]}
        line = [""] * len(rows[0])
        for column, value in cells.items():
            line[rows[0].index(worded[column])] = value
        self.write(file, [*rows, line])
        return len(rows) + 1

    def drop(self, file: str, name: str) -> None:
        number = self.row_of(file, name)
        rows = self.rows(file)
        self.write(file, rows[: number - 1] + rows[number:])

    def rename(self, file: str, column: str, new: str) -> None:
        rows = self.rows(file)
        rows[0][rows[0].index(column)] = new
        self.write(file, rows)

    def method(self, old: str, new: str) -> None:
        text = (self.folder / "method.toml").read_text(encoding="utf-8")
        assert old in text, f"the method does not hold {old!r}"
        self.write_method(text.replace(old, new))

    def check(self) -> PackReport:
        return check_pack(self.folder)

    def only_form(self) -> None:
        """Leave what a third party's form has."""
        for path in self.folder.iterdir():
            if path.name not in FORM:
                path.unlink()
