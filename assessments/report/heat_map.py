"""The profile on one page as a heat map of all sub-dimensions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

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
from assessments.report.findings import part_name
from assessments.report.voices import Voices
from assessments.results import EvidenceState, SubDimensionScore

if TYPE_CHECKING:
    from matplotlib.axes import Axes


ACROSS = 5  # cells of the heat map in one row


def heat_map(voices: Voices) -> Picture | None:
    """Every sub-dimension as a cell: level by colour and number, coverage by the bar below,
    evidence by the strip at the left."""
    scores = voices.inputs.scores.sub_dimensions
    if not scores:
        return None
    order = {sub.code: n for n, sub in enumerate(voices.pack.sub_dimensions)}
    ranked = sorted(scores, key=lambda s: order.get(s.sub_dimension, len(order)))
    groups = [(code, list(of)) for code, of in groupby(ranked, key=lambda s: s.dimension)]
    width, label, row, pause = 17.0, 2.5, 1.24, 0.14
    cell = (width - label) / ACROSS
    rows = sum(-(-len(of) // ACROSS) for _, of in groups)
    height = rows * row + len(groups) * pause + 1.75
    figure = new_figure(width, height)
    axes = blank(figure, width, height, mirrored=voices.right_to_left)
    top = 0.05
    for code, of in groups:
        lines = -(-len(of) // ACROSS)
        box(axes, 0, top, label - 0.15, lines * row - 0.06, fc=f"#{palette.SAND}", ec="none")
        size, name = dimension_lines(part_name(voices, code), label - 0.35, 2 + 2 * lines)
        say_at(axes, 0.1, top + lines * row / 2 - 0.03, "\n".join(name), size, weight="bold")
        for n, score in enumerate(of):
            x, y = label + n % ACROSS * cell, top + n // ACROSS * row
            _heat_cell(axes, voices, score, (x, y, cell - 0.07, row - 0.07))
        top += lines * row + pause
    _heat_legend(axes, voices, top + 0.12)
    return picture_of(figure, width, height)


def _heat_cell(
    axes: Axes, voices: Voices, score: SubDimensionScore, place: tuple[float, float, float, float]
) -> None:
    x, y, width, height = place
    shown = voices.may_show(score.sensitivity)
    shade = palette.level_shade(score.level) if shown else palette.HIDDEN
    ink = f"#{palette.ink_on(shade)}"
    dashed = "--" if score.level is None and shown else "-"
    box(axes, x, y, width, height, fc=f"#{shade}", ec="#7A8894", linestyle=dashed)
    _evidence_strip(axes, x, y, height, score.evidence)
    words = voices.words
    mark = (
        words.level(score.level) if score.level is not None else "?" if shown else words.say("n/s")
    )
    size, lines = _name_in(voices.sub_name(score.sub_dimension), width - 0.5 - width_of(mark, 8.6))
    # Arabic letters reach further above and below their line
    close = 1.15 if voices.right_to_left else 1.0
    say_at(
        axes, x + 0.28, y + height / 2 - 0.06, "\n".join(lines), size, color=ink, linespacing=close
    )
    say_at(
        axes,
        x + width - 0.12,
        y + height / 2 - 0.06,
        mark,
        8.6,
        color=ink,
        weight="bold",
        ha="right",
    )
    if score.coverage is not None:
        box(axes, x + 0.2, y + height - 0.12, width - 0.2, 0.12, fc="white", ec="#7A8894", lw=0.4)
        full = (width - 0.2) * min(1.0, score.coverage)
        box(axes, x + 0.2, y + height - 0.12, full, 0.12, fc="#3A4652", ec="none")


def dimension_lines(name: str, room: float, most: int) -> tuple[float, list[str]]:
    """The largest letters in which no word of a name is wider than `room` cm, and its lines."""
    size, lines = 0.0, list[str]()
    for size in (7.0, 6.6, 6.2, 5.8, 5.4):
        lines = wrapped(name, room, size, bold=True)
        if all(width_of(line, size, bold=True) <= room for line in lines):
            break
    return size, lines[:most]


def _name_in(name: str, room: float) -> tuple[float, list[str]]:
    """The largest letters in which a name needs no more than four lines of `room` cm beside its
    level, and these lines; the end of a longer name is left to the tables."""
    for size, most in ((6.4, 3), (5.8, 4), (5.2, 4)):
        lines = wrapped(name, room, size)
        if len(lines) <= most and all(width_of(line, size) <= room for line in lines):
            return size, lines
    return 5.2, [*lines[:3], f"{lines[3]}..."] if len(lines) > 4 else lines


def _evidence_strip(
    axes: Axes, x: float, y: float, height: float, state: EvidenceState | None
) -> None:
    face = {EvidenceState.SEEN: "#111820"}.get(state, "white") if state else "white"
    hatch = "/////" if state is EvidenceState.OBSERVED else None
    if state is not None:
        box(axes, x, y, 0.2, height, fc=face, ec="#111820", hatch=hatch, lw=0.5)


def _heat_legend(axes: Axes, voices: Voices, top: float) -> None:
    say = voices.words.say
    x = 0.05
    for level, shade in enumerate(palette.LEVELS):
        box(axes, x, top, 0.55, 0.38, fc=f"#{shade}", ec="#7A8894")
        say_at(
            axes,
            x + 0.275,
            top + 0.19,
            str(level),
            7,
            ha="center",
            color=f"#{palette.ink_on(shade)}",
        )
        say_at(axes, x + 0.66, top + 0.19, voices.words.level_word(level), 7)
        x += 2.35
    box(axes, x, top, 0.55, 0.38, fc="white", ec="#7A8894", linestyle="--")
    say_at(axes, x + 0.275, top + 0.19, "?", 7, ha="center")
    say_at(axes, x + 0.66, top + 0.19, say("not enough information"), 7)
    below = top + 0.62
    for at, state, word in (
        (0.05, EvidenceState.SEEN, say("document seen")),
        (3.0, EvidenceState.OBSERVED, say("observed by an expert")),
        (6.7, EvidenceState.STATED, say("reported only")),
    ):
        _evidence_strip(axes, at, below, 0.38, state)
        say_at(axes, at + 0.3, below + 0.19, word, 7)
    box(axes, 9.4, below + 0.13, 1.2, 0.12, fc="white", ec="#7A8894", lw=0.4)
    box(axes, 9.4, below + 0.13, 0.8, 0.12, fc="#3A4652", ec="none")
    say_at(axes, 10.75, below + 0.19, say("coverage (share answered)"), 7)
    if voices.public:
        box(axes, 14.3, below, 0.55, 0.38, fc=f"#{palette.HIDDEN}", ec="#7A8894")
        say_at(axes, 14.575, below + 0.19, say("n/s"), 5, ha="center")
        say_at(axes, 14.95, below + 0.19, say("not shown"), 7)
