"""Write `docs/differences.md`: what differs between the projects of the four example countries.

python docs/differences/make.py
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from assessments.design import compare_designs, design_project
from assessments.design.compare import Difference, Side
from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack, Tier
from assessments.paths import EXAMPLES
from assessments.reference import country, networks_of_region
from assessments.results import Answer, AssessmentRef, ProjectDesign
from assessments.scoring import score_assessment, set_priorities
from assessments.workbook.fill import fill_workbook
from assessments.workbook.read import read_workbook
from assessments.workbook.write import build_workbook

PAGE = Path(__file__).parents[1] / "differences.md"
COUNTRIES = ("XAA", "XAB", "XAC", "XAD")
LEFT_OUT = {  # why it was left out -> what made the difference where no rule did
    "rule": ("ruled out", "a rule"),
    "cost": ("beyond the ceiling", "the ceiling"),
    "prerequisite": ("a prerequisite is missing", "a prerequisite"),
    "capacity": ("beyond the capacity", "what the counterpart can carry"),
    "little_effect": ("little effect or no gap", "the gaps"),
    "in_place": ("in place already", "what exists already"),
}
REDUCED = re.compile(r"1 (.+) of reduced scope \((\d+ %) of the standard size\)")


def design_of(pack: Pack, iso3: str, answers: Sequence[Answer]) -> ProjectDesign:
    """The project of an example country, as `tana design` makes it."""
    assert pack.method is not None
    profile = country(iso3)
    ref = AssessmentRef(
        iso3=iso3, round="2026", pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=pack.method.version,
    )  # fmt: skip
    scores = score_assessment(pack, profile, answers, ref)
    priorities = set_priorities(pack, profile, scores, answers)
    return design_project(
        pack, profile, answers, scores, priorities, regional_networks=networks_of_region(profile)
    )


def page(pack: Pack, designs: Mapping[str, ProjectDesign]) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# Four countries, four projects",
        "",
        "The four example countries are fictional. For every pair: which interventions of the full",
        "packages differ, and which tailoring rule made the difference; where none did, the last",
        "column says what else did. The reasons of the rules stand in each report and in",
        "`questionnaires/cooperation/tailoring.csv`; `tana design XAA XAB --compare` prints them.",
        "",
        "Made by `make differences`; a test holds it to the pack and the examples.",
        "",
        "| | XAA | XAB | XAC | XAD |",
        "|---|---|---|---|---|",
        *_traits(designs),
    ]
    for first, second in combinations(designs, 2):
        found = compare_designs(designs[first], designs[second])
        only = [sum(d.first.chosen and not d.second.chosen for d in found.differences),
                sum(d.second.chosen and not d.first.chosen for d in found.differences)]  # fmt: skip
        lines += [
            "",
            f"## {first} and {second}",
            "",
            f"{len(found.differences)} interventions differ: {only[0]} only in {first}, {only[1]} "
            f"only in {second}, the others in both in another form or size; {len(found.same)} are "
            "alike.",
            "",
            f"| intervention | {first} | {second} | made by |",
            "|---|---|---|---|",
            *(_row(pack, one) for one in found.differences),
        ]
    return "\n".join(lines) + "\n"


def _traits(designs: Mapping[str, ProjectDesign]) -> list[str]:
    kinds = {
        "law": "legal_tradition", "treaties": "treaty_effect", "resources": "resource_setting",
        "subregion": "subregion", "languages": "official_languages", "networks": "networks",
    }  # fmt: skip
    facts = {iso3: dict(design.context) for iso3, design in designs.items()}
    rows = [
        f"| {label} | " + " | ".join(str(facts[iso3][fact]) for iso3 in designs) + " |"
        for label, fact in kinds.items()
    ]
    totals = " | ".join(
        f"{len(d.interventions)}, USD {d.packages[2].total:,.2f}" for d in designs.values()
    )
    return [*rows, f"| full package | {totals} |"]


def _row(pack: Pack, one: Difference) -> str:
    return (
        f"| {one.intervention} {one.title} | {_side(one.first)} | {_side(one.second)} | "
        f"{_made_by(pack, one)} |"
    )


def _side(side: Side) -> str:
    if side.chosen:
        return REDUCED.sub(r"\2 of 1 \1", side.quantity)
    return f"no: {LEFT_OUT[side.code][0]}"


def _made_by(pack: Pack, one: Difference) -> str:
    kinds = {rule.name: rule.factor_kind for rule in pack.tailoring}
    if one.rules:
        return ", ".join(f"{name} ({kinds[name].replace('_', ' ')})" for name in one.rules)
    without = one.second if one.first.chosen else one.first
    return f"no rule: {LEFT_OUT[without.code][1]}"


def _answers(pack: Pack, iso3: str, folder: Path) -> list[Answer]:
    """The answers as they come in: written into workbooks and read from them."""
    found: list[Answer] = []
    for file in sorted((EXAMPLES / iso3).glob("*.csv")):
        blank = build_workbook(
            pack, country(iso3), "2026", file.stem, "en", Tier.DEEP,
            folder / f"{iso3}_{file.stem}.xlsx", reference_date=date(2026, 3, 31),
            deadline=date(2026, 6, 30),
        )  # fmt: skip
        filled = fill_workbook(blank, file, folder / f"{iso3}_{file.stem}_filled.xlsx")
        found += read_workbook(filled, pack).answers
    return found


def main() -> None:
    pack = load_pack(find_pack("cooperation"))
    with tempfile.TemporaryDirectory() as folder:
        designs = {c: design_of(pack, c, _answers(pack, c, Path(folder))) for c in COUNTRIES}
    PAGE.write_text(page(pack, designs), encoding="utf-8")


if __name__ == "__main__":
    main()
