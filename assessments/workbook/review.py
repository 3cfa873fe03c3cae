"""A pack for the comments of experts: a workbook with all it asks, and the comments taken back.

Whether a question, a level text or a rule is right depends on the legal tradition and on the means
of a country, so that each reviewer says for which ones he speaks. What was decided on a comment is
kept when further comments come in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assessments.pack.check_rules import COUNTRY_FACTS
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity
from assessments.results import Value
from assessments.untrusted import Unreadable, read_cells
from assessments.untrusted.cells import Cells
from assessments.untrusted.formulas import as_written, harmless

REVIEWER = "Reviewer"
ANY = "any"
SPEAKS_FOR = {  # as the tailoring rules know these facts of a country
    column: (*COUNTRY_FACTS[fact].choices, ANY)
    for column, fact in {
        "legal tradition": "legal_tradition",
        "resource setting": "resource_setting",
    }.items()
}
_WHO = ("pack", "version", "reviewer", *SPEAKS_FOR, "date")
_HEADINGS = ("id", "what it says", "how it counts", "comment", "proposal")
_SHEETS = ("Questions", "Levels", "Treaty", "Rules")


class Comment(Value):
    """One reviewer's remark on one entry of a pack, and what was decided on it."""

    item: str  # LEG_1_02, LEG-1 level 2, UNTOC_18_13, TAI_012
    legal_tradition: str
    resource_setting: str
    reviewer: str
    comment: str
    proposal: str = ""
    version: str = ""  # of the pack that was read
    decision: str = ""  # accepted, rejected, open ...: filled in by whoever keeps the pack
    decided_by: str = ""
    because: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The same remark of the same reviewer, however often it comes in."""
        return (self.item, self.reviewer, self.comment, self.proposal)


def write_review(pack: Pack, path: Path) -> Path:
    """The workbook for one reviewer: who he is, and a comment column beside every entry."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        own = book.add_format(
            {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF8DC"}
        )
        first = book.add_worksheet(REVIEWER)
        first.set_column(0, 0, 22)
        first.set_column(1, 1, 60)
        known = {"pack": pack.id, "version": pack.version}
        for row, name in enumerate(_WHO):
            first.write_string(row, 0, name, bold)
            first.write_string(row, 1, known.get(name, ""), plain if name in known else own)
        for asked, allowed in SPEAKS_FOR.items():
            row = _WHO.index(asked)
            first.data_validation(row, 1, row, 1, {"validate": "list", "source": list(allowed)})
        for title in _SHEETS:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 1)
            sheet.set_landscape()
            sheet.repeat_rows(0)
            for column, width in enumerate((16, 60, 44, 40, 40)):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, _HEADINGS[column], bold)
            for row, entry in enumerate(_entries(pack, title), start=1):
                for column, text in enumerate(entry):
                    sheet.write_string(row, column, text, plain)
                sheet.write_blank(row, 3, None, own)
                sheet.write_blank(row, 4, None, own)
    return path


def _entries(pack: Pack, title: str) -> Iterable[tuple[str, str, str]]:
    """What one sheet lists: id, text, and how it counts."""
    if title == "Questions":
        for one in pack.questions:
            choices = "; ".join(str(choice.label) for choice in one.choices)
            rule = one.score.text if one.score else "not scored"
            essential = ", essential" if one.knockout else ""
            yield (
                one.name,
                f"{one.label}\n{choices}".strip(),
                f"{rule}, weight {one.weight:g}{essential}",
            )
    elif title == "Levels":
        for sub in pack.sub_dimensions:
            for level, text in enumerate(sub.levels):
                yield f"{sub.code} level {level}", str(text), str(sub.name)
    elif title == "Treaty":
        for paragraph in pack.requirements:
            decides = f"met: {paragraph.met}; not met: {paragraph.not_met}"
            says = f"{paragraph.question or 'no question'}; {decides}"
            yield paragraph.name, f"{paragraph.ref}: {paragraph.text}", says
    else:
        for fit in pack.tailoring:
            counts = f"{fit.effect} {', '.join(fit.interventions)} where {fit.when.text}"
            yield fit.name, str(fit.reason), counts


def read_review(path: Path, pack: Pack) -> tuple[tuple[Comment, ...], tuple[Problem, ...]]:
    """The comments of one returned workbook, or what is wrong with it."""
    try:
        cells = read_cells(path, path.name)
    except Unreadable as refused:
        return (), refused.problems
    who = _who(cells)
    faults = list(_faults(who, path.name, pack))
    if faults:
        return (), tuple(faults)
    known = {name for title in _SHEETS for name, _, _ in _entries(pack, title)}
    found = []
    for sheet in cells.sheets:
        if sheet.name not in _SHEETS:
            continue
        for row in sorted({row for row, _ in sheet.cells if row > 1}):
            item, comment, proposal = (sheet.text(row, column).strip() for column in (1, 4, 5))
            if not comment and not proposal:
                continue
            if item not in known:
                faults.append(_problem(f"«{item[:40]}» is no entry of {pack.id}.", path.name))
            found.append(
                Comment(
                    item=item, legal_tradition=who["legal tradition"],
                    resource_setting=who["resource setting"], reviewer=who["reviewer"],
                    comment=comment, proposal=proposal, version=who["version"],
                )
            )  # fmt: skip
    return ((), tuple(faults)) if faults else (tuple(found), ())


def _who(cells: Cells) -> Mapping[str, str]:
    sheet = next((one for one in cells.sheets if one.name == REVIEWER), None)
    if sheet is None:
        return {}
    rows = range(1, len(_WHO) + 1)
    return {sheet.text(row, 1).strip(): sheet.text(row, 2).strip() for row in rows}


def _faults(who: Mapping[str, str], name: str, pack: Pack) -> Iterable[Problem]:
    if not who:
        yield _problem(f"There is no sheet {REVIEWER}: this is no review.", name)
        return
    if who.get("pack") != pack.id:
        yield _problem(f"It reviews «{who.get('pack', '')[:40]}», not {pack.id}.", name)
    if not who.get("reviewer"):
        yield _problem("It does not say who reviewed.", name)
    for column, allowed in SPEAKS_FOR.items():
        if who.get(column) not in allowed:
            yield _problem(f"The {column} is not one of {', '.join(allowed)}.", name)


def _problem(message: str, name: str) -> Problem:
    return Problem(
        code="review", severity=Severity.FILE, message=message, file=name,
        remedy="Ask the reviewer to mend it in the workbook of `tana pack review export`.",
    )  # fmt: skip


def merged(kept: Sequence[Comment], comments: Iterable[Comment], pack: Pack) -> tuple[Comment, ...]:
    """All comments in the order of the pack, then by legal tradition and resource setting.

    What was decided stays; a comment that came in before is not listed twice.
    """
    names = [name for title in _SHEETS for name, _, _ in _entries(pack, title)]
    order = {name: place for place, name in enumerate(names)}
    by_key = {one.key: one for one in comments} | {one.key: one for one in kept}
    return tuple(
        sorted(
            by_key.values(),
            key=lambda one: (
                order.get(one.item, len(order)), one.legal_tradition, one.resource_setting,
                one.reviewer,
            ),
        )
    )  # fmt: skip


def as_csv(comments: Sequence[Comment]) -> str:
    """The list that the keeper of a pack works through."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(Comment.model_fields), lineterminator="\n")
    writer.writeheader()
    for one in comments:
        writer.writerow({name: harmless(cell) for name, cell in one.model_dump().items()})
    return out.getvalue()


def from_csv(text: str) -> tuple[Comment, ...]:
    """The list as it was kept. Raises ValueError where its columns are others."""
    return tuple(
        Comment.model_validate(
            {
                name: as_written(cell) if isinstance(cell, str) else cell
                for name, cell in row.items()
            }
        )
        for row in csv.DictReader(io.StringIO(text))
    )
