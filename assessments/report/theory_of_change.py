"""The theory of change, on one page or more: from gaps and what causes them to the impact.

Each arrow carries the assumption that must hold for one step to lead to the next; they are those of
the logical framework. Where the language is written from the right, the chain runs from the right.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from assessments.design import deciding_fact
from assessments.language import Said, direction
from assessments.report import palette
from assessments.report.canvas import (
    Picture,
    blank,
    box,
    new_figure,
    picture_of,
    say_at,
    width_of,
    wrapped,
)
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.results import Outcome, Output, ProjectDesign

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 25.0  # cm: a landscape page between its margins
TALLEST = 14.0  # cm: what heading and caption leave of it
_HEAD = 0.7
_SIZE, _SMALL, _HEADING = 6.6, 6.0, 7.2  # points
_LINE = 0.27  # cm between lines of that size
_PAD = 0.14
OUTPUTS = 7  # on a page: with more, letters become too small to read on paper
# Gaps named for each outcome, and lines of an output: less where the page is full.
_FULLNESS = ((4, 7), (3, 6), (2, 5), (2, 4), (2, 3))
# A chain is drawn on a sheet smaller or larger than a page and then brought to its size, so that
# its letters are as large as it allows: wider columns take fewer lines.
_SMALLER = (0.9, 0.95)
_LARGER = (1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.5)
_LAYOUTS = (
    *((n, (4, 9)) for n in _SMALLER),
    *((1.0, fullness) for fullness in _FULLNESS),
    *((n, _FULLNESS[-1]) for n in _LARGER),
)
_MORE = (6, 5, 4, 3)  # gaps named where a column has room for them

# From left to right: where a column begins and how wide it is, in cm of the smallest sheet.
Column = tuple[float, float]
_GAPS = (0.0, 4.5)
_TO_OUTPUT = (4.5, 3.0)
_OUTPUTS = (7.5, 5.1)
_TO_OUTCOME = (12.6, 2.8)
_OUTCOMES = (15.4, 4.3)
_TO_IMPACT = (19.7, 2.4)
_IMPACT = (22.1, 2.9)


def sheets(design: ProjectDesign) -> tuple[tuple[Outcome, ...], ...]:
    """The outcomes of each page, in their order; none where nothing is designed.

    No outcome is divided, and the fullest page has as few outputs as can be.
    """
    outcomes = design.outcomes if design.impact else ()
    if not outcomes:
        return ()
    pages = -(-sum(len(one.outputs) for one in outcomes) // OUTPUTS)
    divisions = (
        tuple(outcomes[start:end] for start, end in pairwise((0, *cuts, len(outcomes))))
        for cuts in combinations(range(1, len(outcomes)), min(max(pages, 1), len(outcomes)) - 1)
    )
    return min(divisions, key=_fullest)


def _fullest(pages: tuple[tuple[Outcome, ...], ...]) -> int:
    return max(sum(len(one.outputs) for one in page) for page in pages)


def theory_of_change(voices: Voices) -> tuple[Picture, ...]:
    """The chain of the full package, page by page; none where nothing is designed."""
    return tuple(_drawn(voices, outcomes) for outcomes in sheets(voices.inputs.design))


def _drawn(voices: Voices, outcomes: tuple[Outcome, ...]) -> Picture:
    design = voices.inputs.design
    by_id = {output.id: output for output in design.outputs}

    def laid_out(sheet: float, gaps: int, lines: int) -> list[_Band]:
        return [
            _Band.of(
                voices, one, [by_id[n] for n in one.outputs if n in by_id], (gaps, lines), sheet
            )
            for one in outcomes
        ]

    sheet, bands, lines = 1.0, list[_Band](), 0
    for sheet, (gaps, lines) in _LAYOUTS:
        bands = laid_out(sheet, gaps, lines)
        if _tall(bands) <= TALLEST * sheet:
            break
    height = _tall(bands)
    for gaps in _MORE:
        fuller = laid_out(sheet, gaps, lines)
        if _tall(fuller) <= height:
            bands = fuller
            break
    own = WIDTH * sheet
    width = max(own, height * WIDTH / TALLEST)  # a taller chain is drawn smaller, never cut
    figure = new_figure(width, height)
    axes = blank(figure, width, height)
    axes.set_xlim((own - width) / 2, (own + width) / 2)
    page = _Page(axes, direction(voices.language) == "rtl", sheet)
    _heads(page, voices)
    top = _HEAD
    for band in bands:
        band.draw(page, top)
        top += band.height
    _impact(page, voices.printed(design.impact), _HEAD, height)
    return picture_of(figure, width, height)


def _tall(bands: list[_Band]) -> float:
    return _HEAD + sum(band.height for band in bands)


@dataclass(frozen=True, slots=True)
class _Page:
    """The page, measured from the side on which reading begins."""

    axes: Axes
    mirrored: bool
    sheet: float  # how many times wider than a page the chain is drawn

    def left(self, column: Column) -> float:
        start, width = column
        return (WIDTH - start - width if self.mirrored else start) * self.sheet

    def wide(self, column: Column) -> float:
        return column[1] * self.sheet

    def box(self, column: Column, top: float, height: float, fill: str) -> None:
        edge = f"#{palette.QUIET}"
        box(self.axes, self.left(column), top, self.wide(column), height, fc=f"#{fill}", ec=edge)

    def say(self, column: Column, y: float, text: str, size: float = _SIZE, **style: Any) -> None:
        """Text at the side of a column on which its language begins."""
        start = self.left(column)
        x = start + self.wide(column) - _PAD if self.mirrored else start + _PAD
        say_at(self.axes, x, y, text, size, ha="right" if self.mirrored else "left", **style)

    def lines(
        self, column: Column, top: float, lines: list[str], size: float = _SIZE,
        **style: Any,
    ) -> None:  # fmt: skip
        for number, line in enumerate(lines):
            self.say(column, top + _LINE * (number + 0.5), line, size, **style)

    def arrow(self, column: Column, start: float, end: float) -> None:
        """From the middle of one box to that of the next."""
        left = self.left(column)
        here, there = left + 0.05, left + self.wide(column) - 0.05
        if self.mirrored:
            here, there = there, here
        self.axes.annotate(
            "",
            xy=(there, end),
            xytext=(here, start),
            arrowprops={"arrowstyle": "-|>", "color": f"#{palette.NAVY}", "lw": 0.9},
        )


def _wrapped(
    text: str, width: float, size: float = _SIZE, most: int = 12, *, bold: bool = False
) -> list[str]:
    room = width - 2 * _PAD
    lines = wrapped(plain(text), room, size, bold=bold)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while " " in last and width_of(f"{last} \u2026", size, bold=bold) > room:
        last = last.rpartition(" ")[0]
    return [*lines[: most - 1], f"{last} \u2026"]


def _first(voices: Voices, assumed: tuple[Said, ...], width: float, most: int) -> list[str]:
    """What an arrow has room for: the rest stands in the logical framework."""
    return _wrapped(voices.printed(assumed[0]) if assumed else "", width, _SMALL, most)


@dataclass(frozen=True, slots=True)
class _Step:
    """An output and the assumptions on the arrows that lead to it and on from it."""

    condition: list[str]
    text: list[str]
    assumption: list[str]

    @property
    def height(self) -> float:
        lines = max(len(self.text), len(self.condition) + 1, len(self.assumption) + 1)
        return lines * _LINE + 2 * _PAD


@dataclass(frozen=True, slots=True)
class _Band:
    """One outcome with what leads to it and what leads on."""

    gaps: list[tuple[list[str], list[str]]]  # what is missing; the fact that decides it
    more: str
    steps: list[_Step]
    outcome: list[str]
    assumption: list[str]

    @classmethod
    def of(
        cls,
        voices: Voices,
        outcome: Outcome,
        outputs: list[Output],
        fullness: tuple[int, int],
        sheet: float,
    ) -> _Band:
        named_gaps, lines = fullness
        gaps = [voices.gaps[name] for name in outcome.gaps if name in voices.gaps]
        scores = {s.sub_dimension: s for s in voices.inputs.scores.sub_dimensions}
        named = []
        for gap in gaps[:named_gaps]:
            fact = deciding_fact(scores[gap.sub_dimension]) if gap.sub_dimension in scores else None
            title = voices.words.say(
                "{area}: {level}, aim {target}",
                area=voices.sub_name(gap.sub_dimension),
                level=voices.words.level(gap.level),
                target=voices.words.level(gap.target),
            )
            cause = voices.question_label(fact.question) if fact else ""
            named.append(
                (
                    _wrapped(title, _GAPS[1] * sheet, most=3, bold=True),
                    _wrapped(cause, _GAPS[1] * sheet, _SMALL, most=2),
                )
            )
        left = len(gaps) - len(named)
        return cls(
            gaps=named,
            more=voices.words.count("and {n} more gap", "and {n} more gaps", left) if left else "",
            steps=[
                _Step(
                    _first(voices, output.conditions, _TO_OUTPUT[1] * sheet, lines + 1),
                    [
                        *_wrapped(voices.printed(output.text), _OUTPUTS[1] * sheet, most=lines),
                        voices.words.count(
                            "({n} activity)", "({n} activities)", len(output.activities)
                        ),
                    ],
                    _first(voices, output.assumptions, _TO_OUTCOME[1] * sheet, lines + 1),
                )
                for output in outputs
            ],
            outcome=_wrapped(
                voices.printed(outcome.text), _OUTCOMES[1] * sheet, most=3 * lines
            ),
            assumption=_first(voices, outcome.assumptions, _TO_IMPACT[1] * sheet, 12),
        )  # fmt: skip

    @property
    def height(self) -> float:
        lines = sum(len(title) + len(cause) for title, cause in self.gaps) + bool(self.more)
        return (
            max(
                lines * _LINE + 0.12 * len(self.gaps) + 2 * _PAD,
                sum(step.height + 0.12 for step in self.steps),
                len(self.outcome) * _LINE + 2 * _PAD,
                (len(self.assumption) + 2) * _LINE,
            )
            + 0.25
        )

    def draw(self, page: _Page, top: float) -> None:
        tall = self.height - 0.25
        middle = top + tall / 2
        page.box(_GAPS, top, tall, palette.SAND)
        y = top + _PAD
        for title, cause in self.gaps:
            page.lines(_GAPS, y, title, weight="bold")
            y += len(title) * _LINE
            page.lines(_GAPS, y, cause, _SMALL, color=f"#{palette.QUIET}")
            y += len(cause) * _LINE + 0.12
        if self.more:
            page.lines(_GAPS, y, [self.more], _SMALL)
        page.box(_OUTCOMES, top, tall, "E4EEF3")
        page.lines(_OUTCOMES, middle - len(self.outcome) * _LINE / 2, self.outcome)
        room = (tall - sum(step.height for step in self.steps)) / max(1, len(self.steps))
        y = top + room / 2
        for step in self.steps:
            centre = y + step.height / 2
            page.box(_OUTPUTS, y, step.height, "FFFFFF")
            page.lines(_OUTPUTS, centre - len(step.text) * _LINE / 2, step.text)
            page.arrow(_TO_OUTPUT, centre, centre)
            _above(page, _TO_OUTPUT, centre, step.condition)
            page.arrow(_TO_OUTCOME, centre, centre)
            _above(page, _TO_OUTCOME, centre, step.assumption)
            y += step.height + room
        page.arrow(_TO_IMPACT, middle, middle)
        _above(page, _TO_IMPACT, middle, self.assumption)


def _above(page: _Page, column: Column, y: float, lines: list[str]) -> None:
    """The assumption around its arrow: the larger part above the line, the rest below."""
    over = -(-len(lines) // 2)
    # Arabic is not slanted, and slanted fonts have no letters for it.
    slant = "normal" if page.mirrored else "italic"
    page.lines(column, y - 0.06 - over * _LINE, lines[:over], _SMALL, style=slant)
    page.lines(column, y + 0.06, lines[over:], _SMALL, style=slant)


def _head_lines(text: str, room: float) -> list[str]:
    """A heading wider than its column takes two lines: it would run into the next."""
    return wrapped(text, room, _HEADING, bold=True)


def _heads(page: _Page, voices: Voices) -> None:
    say = voices.words.say
    for column, text in (
        (_GAPS, say("Gaps, and the fact that decides")),
        (_TO_OUTPUT, say("if")),
        (_OUTPUTS, say("What the project delivers")),
        (_TO_OUTCOME, say("if")),
        (_OUTCOMES, say("What institutions then do")),
        (_TO_IMPACT, say("if")),
        (_IMPACT, say("What it serves")),
    ):
        lines = _head_lines(text, page.wide(column) - _PAD)
        for number, line in enumerate(lines):
            y = _HEAD / 2 + (number - (len(lines) - 1) / 2) * 0.3
            page.say(column, y, line, _HEADING, weight="bold", color=f"#{palette.NAVY}")


def _impact(page: _Page, text: str, top: float, bottom: float) -> None:
    lines = _wrapped(text, page.wide(_IMPACT), most=22, bold=True)
    page.box(_IMPACT, top, bottom - top - 0.25, palette.NAVY)
    start = (top + bottom - 0.25) / 2 - len(lines) * _LINE / 2
    page.lines(_IMPACT, start, lines, color="#FFFFFF", weight="bold")
