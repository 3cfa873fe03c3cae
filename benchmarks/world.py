"""A world to measure and try things on: 193 invented countries, eight institutions each.

Their returned workbooks are real ones, built from the pack and filled in: every state of an answer
occurs, institutions disagree, documents are cited for some answers, some files have cells that
cannot be read. All of it follows from the pack and a seed. Made once and kept in the temporary
folder of the machine; a part of the world is the first countries of the whole.

    python -m benchmarks.world --countries 24      makes it, and prints where it is
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assessments.pack.load import load_pack
from assessments.pack.model import Choice, Pack, Question, QuestionType, TableColumn, Tier
from assessments.reference.tables import table
from assessments.results import CountryProfile
from assessments.workbook.fill import HEADER, fill_workbook
from assessments.workbook.write import build_workbook

SIZE, SEED, ROUND = 193, 20260630, "2026"
INSTITUTIONS = ("CA", "PROS", "JUD", "POL", "FIU", "MOJ", "MFA", "COORD")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
REFERENCE_DATE, DEADLINE = date(2026, 6, 30), date(2026, 9, 30)
# How often a line is no answer; what skip logic leaves out comes to it.
_REASONS = (("no_information", 0.03), ("not_applicable", 0.015), ("withheld", 0.015))
_BLANK, _UNUSABLE, _CITED, _REMARK = 0.04, 0.01, 0.4, 0.1
_BIAS, _LINE = 0.12, 0.15  # spread of an institution's view, and of one answer
Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """A folder that holds a world: its countries and what their institutions sent back."""

    folder: Path
    codes: tuple[str, ...]

    @property
    def countries(self) -> Path:
        """For the setting `fictional_countries`."""
        return self.folder / "countries.csv"

    def workbooks(self, iso3: str) -> list[Path]:
        """The returned workbooks of one country."""
        return sorted((self.folder / iso3).glob("*.xlsx"))

    def all_workbooks(self) -> list[Path]:
        return [path for iso3 in self.codes for path in self.workbooks(iso3)]


def codes(count: int = SIZE) -> tuple[str, ...]:
    """Codes that ISO 3166-1 leaves to users; XA* are the examples', XK* partly in use."""
    found = [f"X{a}{b}" for a in LETTERS if a not in "AK" for b in LETTERS]
    return tuple(found[:count])


def world(count: int = SIZE) -> World:
    """The first `count` countries of the world; what is not there yet is made, two at once."""
    pack = load_pack("cooperation")
    key = hashlib.sha256(f"{pack.digest} {SEED} {Path(__file__).read_text()}".encode()).hexdigest()
    made = World(Path(tempfile.gettempdir()) / f"tana-world-{key[:12]}", codes(count))
    made.folder.mkdir(exist_ok=True, mode=0o700)
    if not made.countries.is_file():
        _write_countries(made.countries)
    missing = [iso3 for iso3 in made.codes if not (made.folder / iso3).is_dir()]
    if missing:
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
            list(pool.map(_make, [made.folder] * len(missing), missing, chunksize=1))
    return made


def _write_countries(path: Path) -> None:
    """Every country of the whole world, of all kinds, whatever part of it is made."""
    rng = random.Random(SEED)
    places = [row for row in table("countries") if row["subregion"]]
    columns = list(table("fictional_countries")[0])
    scratch = path.with_suffix(f".{os.getpid()}.part")
    with scratch.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for number, iso3 in enumerate(codes(), 1):
            place = rng.choice(places)
            income = rng.choice(("low", "lower_middle", "upper_middle", "high"))
            writer.writerow(
                {
                    "iso3": iso3,
                    "un_name": f"Country {number:03}",
                    **{name: place[name] for name in ("region", "subregion")},
                    "intermediate_region": place["intermediate_region"],
                    **{name: rng.choice(("yes", "no", "no")) for name in ("ldc", "lldc", "sids")},
                    "income_group": income,
                    "resource_setting": {"low": "low", "high": "high"}.get(income, "middle"),
                    "legal_tradition": rng.choice(("civil", "common", "mixed", "islamic")),
                    "treaty_effect": rng.choice(("monist", "dualist", "mixed")),
                    "working_language": rng.choice(("en", "en", "fr", "es", "ar")),
                    "untoc_status": rng.choice(("ratified", "acceded")),
                    "untoc_year": str(rng.randint(2001, 2020)),
                }
            )
    scratch.replace(path)


@cache
def _pack() -> Pack:
    return load_pack("cooperation")


def _profiles(file: Path) -> dict[str, CountryProfile]:
    """By code; without the setting, which the measured process alone has."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {
            row["iso3"]: CountryProfile(
                iso3=row["iso3"],
                un_name=row["un_name"],
                fictional=True,
                working_language=row["working_language"],
            )
            for row in csv.DictReader(rows)
        }


def _make(folder: Path, iso3: str) -> None:
    """All returned workbooks of one country, moved into place together."""
    profile = _profiles(folder / "countries.csv")[iso3]
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as name:
        scratch = Path(name)
        done = scratch / iso3
        for institution in INSTITUTIONS:
            file = f"{iso3}_{ROUND}_{institution}"
            blank = build_workbook(
                _pack(), profile, ROUND, institution, profile.working_language, Tier.DEEP,
                scratch / f"{file}.xlsx", reference_date=REFERENCE_DATE, deadline=DEADLINE,
            )  # fmt: skip
            answers = scratch / f"{institution}.csv"
            with answers.open("w", encoding="utf-8", newline="") as rows:
                writer = csv.DictWriter(rows, HEADER, restval="")
                writer.writeheader()
                writer.writerows(said(_pack(), iso3, institution))
            fill_workbook(blank, answers, done / f"{file}.xlsx")
        if not (folder / iso3).exists():
            shutil.move(done, folder / iso3)


def said(pack: Pack, iso3: str, institution: str) -> Iterator[Line]:
    """The lines of one institution's questionnaire, as `fill` takes them."""
    country = random.Random(f"{SEED} {iso3}")
    ability = country.betavariate(2.0, 2.0)  # of the country, 0 to 1
    rng = random.Random(f"{SEED} {iso3} {institution}")
    bias = rng.gauss(0.0, _BIAS)
    for question in pack.asked_of(institution):
        able = min(1.0, max(0.0, ability + bias + rng.gauss(0.0, _LINE)))
        yield from _Voice(rng, able).lines(question)


@dataclass(frozen=True, slots=True)
class _Voice:
    """One respondent at one question: how able the country looks from there."""

    rng: random.Random
    able: float

    def lines(self, question: Question) -> Iterator[Line]:
        beside = {"question": question.name}
        drawn = self.rng.random()
        for reason, share in _REASONS:
            if drawn < share:
                yield beside | {"no_answer_because": reason}
                return
            drawn -= share
        if drawn < _BLANK:
            return
        if question.evidence and self.rng.random() < _CITED:
            beside["evidence"] = f"Act {self.rng.randint(1, 90)} of {self.rng.randint(1990, 2025)}"
        if self.rng.random() < _REMARK:
            beside["comment"] = "As in the last annual report."
        if question.type is QuestionType.TABLE:
            yield from self._table(question)
            if len(beside) > 1:
                yield beside
        elif drawn < _BLANK + _UNUSABLE and question.type is not QuestionType.SELECT_MULTIPLE:
            yield beside | {"value": "to be confirmed"}
        else:
            yield beside | {"value": self._value(question)}

    def _table(self, question: Question) -> Iterator[Line]:
        keys = [column for column in question.columns if column.name == question.row_key]
        rows = [choice.name for choice in keys[0].choices] if keys else ["1", "2"]
        for row in rows:
            for column in question.columns:
                if column.name != question.row_key:
                    yield {
                        "question": question.name,
                        "item": row,
                        "column": column.name,
                        "value": self._value(column),
                    }

    def _value(self, asked: Question | TableColumn) -> str:
        kind, unit = asked.type, getattr(asked, "unit", "")
        if kind is QuestionType.LEVEL:
            return str(round(4 * self.able))
        if kind is QuestionType.SELECT_ONE:
            return self._one(asked.choices)
        if kind is QuestionType.SELECT_MULTIPLE:
            chosen = [c.name for c in asked.choices if not c.exclusive and self._yes()]
            alone = [choice.name for choice in asked.choices if choice.exclusive]
            return "|".join(chosen or alone[:1] or [asked.choices[0].name])
        if kind in (QuestionType.INTEGER, QuestionType.DECIMAL):
            if asked.name in ("year_in_force", "since", "from", "to"):
                return str(self.rng.randint(1990, 2025))
            return str(round((100 if unit == "percent" else 40) * self.able))
        if kind is QuestionType.DATE:
            return date(self.rng.randint(2005, 2025), self.rng.randint(1, 12), 15).isoformat()
        return "As laid down in the law and the circular that goes with it."

    def _one(self, choices: tuple[Choice, ...]) -> str:
        """Lists go from the best to the worst, mostly."""
        place = (1.0 - self.able) * len(choices)
        return choices[min(len(choices) - 1, int(place))].name

    def _yes(self) -> bool:
        return self.rng.random() < self.able


def settle(made: World, home: Path) -> None:
    """Point this process, and those it starts, at `home` and at the countries of the world."""
    os.environ["TANA_HOME"] = str(home)
    os.environ["TANA_FICTIONAL_COUNTRIES"] = str(made.countries)
    os.environ.pop("TANA_DATABASE_URL", None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=SIZE)
    made = world(parser.parse_args().countries)
    print(f"{len(made.all_workbooks())} workbooks of {len(made.codes)} countries in {made.folder}")


if __name__ == "__main__":
    main()
