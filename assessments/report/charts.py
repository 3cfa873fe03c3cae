"""The report's pictures: heat map, priority matrix, theory of change, work plan.

Each can be read in black and white and by colour-blind people: colours keep their order of
lightness, and a number, word or mark always says the same. Text from outside is drawn as it is,
never as mathematics. Each picture is drawn once a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.report import palette
from assessments.report.canvas import (
    Picture,
    blank,
    box,
    fitted,
    new_figure,
    picture_of,
    say_at,
    width_of,
    wrapped,
)
from assessments.report.heat_map import heat_map
from assessments.report.terms import N_
from assessments.report.theory_of_change import theory_of_change
from assessments.report.voices import Voices
from assessments.results import ChosenIntervention, Gap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LISTED = 14  # gaps named beside the priority matrix
_KEY = 0.33  # of the matrix's width, for the names of the gaps and what the marks mean


def pictures(voices: Voices) -> Mapping[str, tuple[Picture, ...]]:
    """All pictures by the name a template calls them by, sheet by sheet; none where there is
    nothing to show."""
    found = {
        "heat_map": heat_map(voices),
        "priority_matrix": priority_matrix(voices),
        "work_plan": work_plan(voices),
    }
    return {name: (picture,) for name, picture in found.items() if picture is not None} | {
        "theory_of_change": theory_of_change(voices)
    }


# --- heat map -------------------------------------------------------------------------------------


# --- priority matrix ------------------------------------------------------------------------------


def priority_matrix(voices: Voices) -> Picture | None:
    """Severity upwards, the month in which the project can have closed the gap to the left (sooner
    at the right), cost as area. A gap for which nothing is offered stands in a strip of its own."""
    gaps = voices.inputs.priorities.gaps
    if not gaps:
        return None
    design = voices.inputs.design
    say = voices.words.say
    width, height = 17.0, 10.5
    figure = new_figure(width, height)
    turned = voices.right_to_left
    axes = figure.add_axes((0.36 if turned else 0.075, 0.125, 0.565, 0.835))
    months = max(design.months, 1)
    most = max((c.cost for c in design.interventions), default=1) or 1
    taken: set[tuple[int, int]] = set()
    bubbles = [
        _bubble(gap, [c for c in design.interventions if gap.id in c.gaps], (months, most), taken)
        for gap in gaps
    ]
    for marker in ("o", "D"):
        _draw_bubbles(axes, [one for one in bubbles if one.marker == marker], marker)
    strip = months * 1.16
    ends = (strip, -months * 0.04)  # sooner at the end of the line
    axes.set_xlim(*(reversed(ends) if turned else ends))
    top = max(g.severity for g in gaps)
    axes.set_ylim(0, top * 1.12 or 1)
    axes.axvspan(months * 1.03, strip, color=f"#{palette.HIDDEN}", zorder=0)
    axes.text(
        months * 1.14,
        top * 1.08,
        say("nothing offered"),
        rotation=90,
        fontsize=6,
        ha="center",
        va="top",
        color=f"#{palette.QUIET}",
    )
    axes.set_xticks(range(0, months + 1, 6 if months <= 48 else 12))
    axes.set_xlabel(
        say("Feasibility: month by which the offer is complete (sooner \u2192)"), fontsize=7
    )
    axes.set_ylabel(say("Severity"), fontsize=7)
    axes.tick_params(labelsize=6.5, color=f"#{palette.RULE}")
    axes.grid(color=f"#{palette.RULE}", linewidth=0.4, alpha=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "left" if turned else "right"):
        axes.spines[side].set_visible(False)
    if turned:
        axes.yaxis.tick_right()
        axes.yaxis.set_label_position("right")
    _gap_key(figure, width, voices, gaps, most)
    return picture_of(figure, width, height)


@dataclass(frozen=True, slots=True)
class _Bubble:
    """A gap in the matrix; a diamond where nothing is offered for it."""

    rank: int
    x: int
    severity: float
    area: float
    marker: str
    face: str
    ink: str  # of its rank


def _bubble(
    gap: Gap,
    offers: list[ChosenIntervention],
    scale: tuple[int, Any],
    taken: set[tuple[int, int]],
) -> _Bubble:
    months, most = scale
    firm = gap.robustness == "robust"
    face = f"#{palette.TEAL}" if firm else "#C9DDE5"
    if offers:
        x = min(months, max(c.start_month + c.months for c in offers))
        area = 90 + 620 * float(sum(c.cost for c in offers) / most) / max(1, len(offers))
        marker = "o"
    else:
        x, area, marker, face = int(months * 1.08), 70, "D", "white"
    while (x, round(gap.severity * 10)) in taken:  # gaps at one place stand side by side
        x -= max(1, months // 24)
    taken.add((x, round(gap.severity * 10)))
    ink = "white" if firm and offers else f"#{palette.INK}"
    return _Bubble(gap.rank, x, gap.severity, area, marker, face, ink)


def _draw_bubbles(axes: Axes, bubbles: list[_Bubble], marker: str) -> None:
    axes.scatter(
        [one.x for one in bubbles],
        [one.severity for one in bubbles],
        s=[one.area for one in bubbles],
        marker=marker,
        facecolor=[one.face for one in bubbles],
        edgecolor=f"#{palette.NAVY}",
        linewidth=0.9,
        alpha=0.9,
        zorder=3,
    )
    for one in bubbles:
        say_at(axes, one.x, one.severity, str(one.rank), 6, ha="center", color=one.ink,
               weight="bold")  # fmt: skip


def _gap_key(
    figure: Figure, width: float, voices: Voices, gaps: tuple[Gap, ...], most: Any
) -> None:
    say = voices.words.say
    axes = figure.add_axes((0.005 if voices.right_to_left else 0.665, 0.02, _KEY, 0.95))
    axes.set_xlim(*((10, 0) if voices.right_to_left else (0, 10)))
    axes.set_ylim(LISTED + 8, 0)
    axes.axis("off")
    room = _KEY * width * 0.9  # beside number or mark, in cm
    for n, gap in enumerate(gaps[:LISTED]):
        say_at(axes, 0.7, n + 0.5, str(gap.rank), 7, weight="bold", ha="right")
        say_at(axes, 1.0, n + 0.5, fitted(voices.sub_name(gap.sub_dimension), room, 7), 7)
    at = min(len(gaps), LISTED) + 0.7
    if len(gaps) > LISTED:
        rest = say("... further gaps: {n}", n=voices.words.whole(len(gaps) - LISTED))
        say_at(axes, 1.0, at - 0.2, rest, 7, color=f"#{palette.QUIET}")
        at += 1
    lines = [
        (f"#{palette.TEAL}", say("keeps its place when weights move")),
        ("#C9DDE5", say("depends on weights or evidence")),
    ]
    design = voices.inputs.design
    if design.interventions:  # a budget may buy nothing
        biggest = voices.words.money(most, design.budget.currency)
        lines.append(("", say("Area: mean cost of the offers; largest {usd}", usd=biggest)))
    for colour, said in lines:
        if colour:
            axes.scatter([0.5], [at], s=45, facecolor=colour, edgecolor=f"#{palette.NAVY}")
        for line in wrapped(said, room, 7):
            say_at(axes, 1.0, at, line, 7)
            at += 0.8
        at += 0.3


# --- work plan ------------------------------------------------------------------------------------


def work_plan(voices: Voices) -> Picture | None:
    """Interventions over the quarters of the project, in the order in which they start."""
    design = voices.inputs.design
    chosen = sorted(design.interventions, key=lambda c: (c.start_month, c.phase, c.id))
    if not chosen:
        return None
    quarters = max(1, -(-max(c.start_month + max(c.months, 1) for c in chosen) // 3))
    quarters = max(quarters, -(-design.months // 3))
    width, label, row = 25.0, 10.6, min(0.62, 12.6 / len(chosen))
    height = len(chosen) * row + 1.9
    figure = new_figure(width, height)
    axes = blank(figure, width, height, mirrored=voices.right_to_left)
    step = (width - label - 0.1) / quarters
    base = 0.95 + len(chosen) * row
    for quarter in range(quarters + 1):
        x = label + quarter * step
        heavy = quarter % 4 == 0
        axes.plot(
            [x, x],
            [0.5, base],
            color=f"#{palette.QUIET if heavy else palette.RULE}",
            lw=0.9 if heavy else 0.4,
            zorder=1,
        )
        if quarter < quarters:
            say_at(
                axes, x + step / 2, 0.75, voices.words.say("Q{q}", q=quarter + 1), 6.5, ha="center"
            )
            if heavy:
                year = voices.words.say("Year {n}", n=quarter // 4 + 1)
                say_at(axes, x + 0.1, 0.25, year, 7.5, weight="bold", color=f"#{palette.NAVY}")
    for n, one in enumerate(chosen):
        shade = f"#{palette.SAND}" if n % 2 else "#FFFFFF"
        box(axes, 0, 0.95 + n * row, width, row, fc=shade, ec="none", zorder=0)
        _bar(axes, voices, one, 0.95 + n * row, (label, step / 3, row))
    _dependencies(axes, chosen, (label, step / 3, row))
    _phase_legend(axes, voices, base + 0.45)
    return picture_of(figure, width, height)


_EDGE, _BETWEEN = 0.1, 0.25  # cm beside a title and its cost, and between them
_PHASES = {1: (palette.LEVELS[4], None), 2: (palette.LEVELS[3], "//"), 3: (palette.LEVELS[1], "..")}


def _bar(
    axes: Axes,
    voices: Voices,
    chosen: ChosenIntervention,
    top: float,
    scale: tuple[float, float, float],
) -> None:
    left, month, row = scale
    size, small = min(7.0, row * 20), min(6.5, row * 18)
    money = voices.words.money(chosen.cost, voices.inputs.design.budget.currency)
    # beside the title, where no arrow runs through it
    say_at(axes, left - _EDGE, top + row / 2, money, small, ha="right",
           color=f"#{palette.QUIET}")  # fmt: skip
    room = left - 2 * _EDGE - _BETWEEN - width_of(money, small)
    say_at(axes, _EDGE, top + row / 2, fitted(voices.printed(chosen.title), room, size), size)
    colour, hatch = _PHASES.get(chosen.phase, _PHASES[3])
    box(
        axes,
        left + chosen.start_month * month,
        top + row * 0.18,
        max(chosen.months, 1) * month,
        row * 0.64,
        fc=f"#{colour}",
        ec="white",
        hatch=hatch,
        zorder=2,
        lw=0.3,
    )


def _dependencies(
    axes: Axes, chosen: list[ChosenIntervention], scale: tuple[float, float, float]
) -> None:
    """An arrow from the end of what comes first to the beginning of what waits for it."""
    left, month, row = scale
    place = {one.intervention: n for n, one in enumerate(chosen)}
    ink = f"#{palette.INK}"
    head = {"arrowstyle": "-|>", "color": ink, "lw": 0.6, "shrinkA": 0, "shrinkB": 0,
            "mutation_scale": 5}  # fmt: skip
    for n, one in enumerate(chosen):
        for first in (chosen[place[name]] for name in one.after if name in place):
            x = left + (first.start_month + max(first.months, 1)) * month + 0.05
            start = left + one.start_month * month
            above = 0.95 + (place[first.intervention] + 0.5) * row
            if start - x < month:  # straight down into the bar
                below = 0.95 + (n + 0.18) * row
                axes.annotate("", (x, below), (x, above), arrowprops=head, zorder=3)
            else:
                below = 0.95 + (n + 0.5) * row
                axes.plot([x, x], [above, below], color=ink, lw=0.6, zorder=3)
                axes.annotate("", (start, below), (x, below), arrowprops=head, zorder=3)


def _phase_legend(axes: Axes, voices: Voices, top: float) -> None:
    words = {1: N_("quick wins"), 2: N_("build"), 3: N_("consolidate")}
    for n, (colour, hatch) in _PHASES.items():
        x = 8.6 + (n - 1) * 4.6
        box(axes, x, top - 0.15, 0.8, 0.32, fc=f"#{colour}", ec="white", hatch=hatch, lw=0.3)
        text = voices.words.labelled(voices.words.say("Phase {n}", n=n), voices.words.say(words[n]))
        say_at(axes, x + 0.95, top + 0.01, text, 6.5)
