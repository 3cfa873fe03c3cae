"""The report's pictures: heat map, priority matrix, work plan.

Each can be read in black and white and by colour-blind people: colours keep their order of
lightness, and a number, word or mark always says the same. Text from outside is drawn as it is,
never as mathematics. Each picture is drawn once a report.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assessments.report import palette
from assessments.report.findings import part_name
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.results import ChosenIntervention, EvidenceState, Gap, SubDimensionScore

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CM = 1 / 2.54
DPI = 160
ACROSS = 5  # cells of the heat map in one row
LISTED = 14  # gaps named beside the priority matrix


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in cm."""

    png: bytes
    width: float
    height: float


def pictures(voices: Voices) -> Mapping[str, Picture]:
    """All pictures by the name a template calls them by; what has nothing to show is left out."""
    found = {
        "heat_map": heat_map(voices),
        "priority_matrix": priority_matrix(voices),
        "work_plan": work_plan(voices),
    }
    return {name: picture for name, picture in found.items() if picture is not None}


def _figure(width: float, height: float) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width * CM, height * CM), dpi=DPI)
    FigureCanvasAgg(figure)
    return figure


def _picture(figure: Figure, width: float, height: float) -> Picture:
    target = io.BytesIO()
    figure.savefig(target, format="png", metadata={"Software": None})
    return Picture(target.getvalue(), width, height)


def _blank(figure: Figure, width: float, height: float) -> Axes:
    """Axes that measure in cm from the upper left corner, without frame."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


@cache
def _font() -> str:
    """A narrow sans serif font of this machine, so that names fit their cells; else Matplotlib's."""
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return next((f for f in ("Arial", "Liberation Sans", "Arimo") if f in known), "sans-serif")


def _say(axes: Axes, x: float, y: float, text: str, size: float, **style: Any) -> None:
    style.setdefault("color", f"#{palette.INK}")
    style.setdefault("family", [_font(), "DejaVu Sans"] if _font() != "sans-serif" else _font())
    style.setdefault("va", "center")
    axes.text(x, y, text, fontsize=size, parse_math=False, **style)


def _box(axes: Axes, x: float, y: float, width: float, height: float, **style: Any) -> None:
    from matplotlib.patches import Rectangle

    style.setdefault("linewidth", 0.6)
    axes.add_patch(Rectangle((x, y), width, height, **style))


# --- heat map -------------------------------------------------------------------------------------


def heat_map(voices: Voices) -> Picture | None:
    """Every sub-dimension as a cell: level by colour and number, coverage by the bar below,
    evidence by the strip at the left."""
    scores = voices.redacted.inputs.scores.sub_dimensions
    if not scores:
        return None
    order = {sub.code: n for n, sub in enumerate(voices.pack.sub_dimensions)}
    ranked = sorted(scores, key=lambda s: order.get(s.sub_dimension, len(order)))
    groups = [(code, list(of)) for code, of in groupby(ranked, key=lambda s: s.dimension)]
    width, label, row, pause = 17.0, 2.3, 1.24, 0.14
    cell = (width - label) / ACROSS
    rows = sum(-(-len(of) // ACROSS) for _, of in groups)
    height = rows * row + len(groups) * pause + 1.75
    figure = _figure(width, height)
    axes = _blank(figure, width, height)
    top = 0.05
    for code, of in groups:
        lines = -(-len(of) // ACROSS)
        _box(axes, 0, top, label - 0.15, lines * row - 0.06, fc=f"#{palette.SAND}", ec="none")
        name = "\n".join(textwrap.wrap(part_name(voices, code), 17)[: 2 + 2 * lines])
        _say(axes, 0.1, top + lines * row / 2 - 0.03, name, 7, weight="bold")
        for n, score in enumerate(of):
            x, y = label + n % ACROSS * cell, top + n // ACROSS * row
            _heat_cell(axes, voices, score, (x, y, cell - 0.07, row - 0.07))
        top += lines * row + pause
    _heat_legend(axes, voices, top + 0.12)
    return _picture(figure, width, height)


def _heat_cell(
    axes: Axes, voices: Voices, score: SubDimensionScore, place: tuple[float, float, float, float]
) -> None:
    x, y, width, height = place
    shown = voices.may_show(score.sensitivity)
    shade = palette.level_shade(score.level) if shown else palette.HIDDEN
    ink = f"#{palette.ink_on(shade)}"
    dashed = "--" if score.level is None and shown else "-"
    _box(axes, x, y, width, height, fc=f"#{shade}", ec="#7A8894", linestyle=dashed)
    _evidence_strip(axes, x, y, height, score.evidence)
    words = voices.words
    name = textwrap.wrap(voices.sub_name(score.sub_dimension), 18)
    lines = name[:4] if len(name) <= 4 else [*name[:3], f"{name[3][:14]}..."]
    size = 6.4 if len(lines) <= 3 else 5.8
    _say(axes, x + 0.28, y + height / 2 - 0.06, "\n".join(lines), size, color=ink, linespacing=1.0)
    mark = words.level(score.level) if score.level is not None else "?" if shown else "n/s"
    _say(
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
        _box(axes, x + 0.2, y + height - 0.12, width - 0.2, 0.12, fc="white", ec="#7A8894", lw=0.4)
        full = (width - 0.2) * min(1.0, score.coverage)
        _box(axes, x + 0.2, y + height - 0.12, full, 0.12, fc="#3A4652", ec="none")


def _evidence_strip(
    axes: Axes, x: float, y: float, height: float, state: EvidenceState | None
) -> None:
    face = {EvidenceState.SEEN: "#111820"}.get(state, "white") if state else "white"
    hatch = "/////" if state is EvidenceState.OBSERVED else None
    if state is not None:
        _box(axes, x, y, 0.2, height, fc=face, ec="#111820", hatch=hatch, lw=0.5)


def _heat_legend(axes: Axes, voices: Voices, top: float) -> None:
    say = voices.words.say
    x = 0.05
    for level, shade in enumerate(palette.LEVELS):
        _box(axes, x, top, 0.55, 0.38, fc=f"#{shade}", ec="#7A8894")
        _say(
            axes,
            x + 0.275,
            top + 0.19,
            str(level),
            7,
            ha="center",
            color=f"#{palette.ink_on(shade)}",
        )
        _say(axes, x + 0.66, top + 0.19, voices.words.level_word(level), 7)
        x += 2.35
    _box(axes, x, top, 0.55, 0.38, fc="white", ec="#7A8894", linestyle="--")
    _say(axes, x + 0.275, top + 0.19, "?", 7, ha="center")
    _say(axes, x + 0.66, top + 0.19, say("not enough information"), 7)
    below = top + 0.62
    for at, state, word in (
        (0.05, EvidenceState.SEEN, say("document seen")),
        (3.0, EvidenceState.OBSERVED, say("observed by an expert")),
        (6.7, EvidenceState.STATED, say("reported only")),
    ):
        _evidence_strip(axes, at, below, 0.38, state)
        _say(axes, at + 0.3, below + 0.19, word, 7)
    _box(axes, 9.4, below + 0.13, 1.2, 0.12, fc="white", ec="#7A8894", lw=0.4)
    _box(axes, 9.4, below + 0.13, 0.8, 0.12, fc="#3A4652", ec="none")
    _say(axes, 10.75, below + 0.19, say("coverage (share answered)"), 7)
    if voices.redacted.public:
        _box(axes, 14.3, below, 0.55, 0.38, fc=f"#{palette.HIDDEN}", ec="#7A8894")
        _say(axes, 14.575, below + 0.19, "n/s", 5, ha="center")
        _say(axes, 14.95, below + 0.19, say("not shown"), 7)


# --- priority matrix ------------------------------------------------------------------------------


def priority_matrix(voices: Voices) -> Picture | None:
    """Severity upwards, the month in which the project can have closed the gap to the left (sooner
    at the right), cost as area. A gap for which nothing is offered stands in a strip of its own."""
    gaps = voices.redacted.inputs.priorities.gaps
    if not gaps:
        return None
    design = voices.redacted.inputs.design
    say = voices.words.say
    width, height = 17.0, 10.5
    figure = _figure(width, height)
    axes = figure.add_axes((0.075, 0.125, 0.565, 0.835))
    months = max(design.months, 1)
    most = max((c.cost for c in design.interventions), default=1) or 1
    taken: set[tuple[int, int]] = set()
    for gap in gaps:
        offers = [c for c in design.interventions if gap.id in c.gaps]
        _bubble(axes, gap, offers, (months, most), taken)
    strip = months * 1.16
    axes.set_xlim(strip, -months * 0.04)
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
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    _gap_key(figure, voices, gaps, most)
    return _picture(figure, width, height)


def _bubble(
    axes: Axes,
    gap: Gap,
    offers: list[ChosenIntervention],
    scale: tuple[int, Any],
    taken: set[tuple[int, int]],
) -> None:
    months, most = scale
    firm = gap.robustness == "robust"
    style = {"fc": f"#{palette.TEAL}" if firm else "#C9DDE5", "ec": f"#{palette.NAVY}"}
    if offers:
        x = min(months, max(c.start_month + c.months for c in offers))
        area = 90 + 620 * float(sum(c.cost for c in offers) / most) / max(1, len(offers))
        marker = "o"
    else:
        x, area, marker = int(months * 1.08), 70, "D"
        style["fc"] = "white"
    while (x, round(gap.severity * 10)) in taken:  # gaps at one place stand side by side
        x -= max(1, months // 24)
    taken.add((x, round(gap.severity * 10)))
    axes.scatter(
        [x],
        [gap.severity],
        s=area,
        marker=marker,
        facecolor=style["fc"],
        edgecolor=style["ec"],
        linewidth=0.9,
        alpha=0.9,
        zorder=3,
    )
    ink = "white" if firm and offers else f"#{palette.INK}"
    axes.text(
        x,
        gap.severity,
        str(gap.rank),
        fontsize=6,
        ha="center",
        va="center",
        color=ink,
        zorder=4,
        weight="bold",
    )


def _gap_key(figure: Figure, voices: Voices, gaps: tuple[Gap, ...], most: Any) -> None:
    say = voices.words.say
    axes = figure.add_axes((0.665, 0.02, 0.33, 0.95))
    axes.set_xlim(0, 10)
    axes.set_ylim(LISTED + 6, 0)
    axes.axis("off")
    for n, gap in enumerate(gaps[:LISTED]):
        name = textwrap.shorten(voices.sub_name(gap.sub_dimension), 44, placeholder="...")
        _say(axes, 0.7, n + 0.5, str(gap.rank), 7, weight="bold", ha="right")
        _say(axes, 1.0, n + 0.5, name, 7)
    at = min(len(gaps), LISTED) + 0.7
    if len(gaps) > LISTED:
        _say(axes, 1.0, at - 0.2, say("... all in the table below"), 7, color=f"#{palette.QUIET}")
        at += 1
    for n, (colour, word) in enumerate(
        (
            (f"#{palette.TEAL}", say("keeps its place when weights move")),
            ("#C9DDE5", say("depends on weights or evidence")),
        )
    ):
        axes.scatter([0.5], [at + n], s=45, facecolor=colour, edgecolor=f"#{palette.NAVY}")
        _say(axes, 1.0, at + n, word, 7)
    biggest = voices.words.money(most, voices.redacted.inputs.design.budget.currency)
    _say(axes, 0.3, at + 2, say("Area: mean cost of the offers; largest {usd}", usd=biggest), 6.5)


# --- work plan ------------------------------------------------------------------------------------


def work_plan(voices: Voices) -> Picture | None:
    """Interventions over the quarters of the project, in the order in which they start."""
    design = voices.redacted.inputs.design
    chosen = sorted(design.interventions, key=lambda c: (c.start_month, c.phase, c.id))
    if not chosen:
        return None
    quarters = max(1, -(-max(c.start_month + max(c.months, 1) for c in chosen) // 3))
    quarters = max(quarters, -(-design.months // 3))
    width, label, row = 25.0, 8.6, min(0.62, 12.6 / len(chosen))
    height = len(chosen) * row + 1.9
    figure = _figure(width, height)
    axes = _blank(figure, width, height)
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
            _say(
                axes, x + step / 2, 0.75, voices.words.say("Q{q}", q=quarter + 1), 6.5, ha="center"
            )
            if heavy:
                year = voices.words.say("Year {n}", n=quarter // 4 + 1)
                _say(axes, x + 0.1, 0.25, year, 7.5, weight="bold", color=f"#{palette.NAVY}")
    for n, one in enumerate(chosen):
        _bar(
            axes, voices, one, 0.95 + n * row, (label, step / 3, row), shaded=n % 2 == 1, end=width
        )
    _phase_legend(axes, voices, base + 0.45)
    return _picture(figure, width, height)


_PHASES = {1: (palette.LEVELS[4], None), 2: (palette.LEVELS[3], "//"), 3: (palette.LEVELS[1], "..")}


def _bar(
    axes: Axes,
    voices: Voices,
    chosen: ChosenIntervention,
    top: float,
    scale: tuple[float, float, float],
    *,
    shaded: bool,
    end: float,
) -> None:
    left, month, row = scale
    if shaded:
        _box(axes, 0, top, end, row, fc=f"#{palette.SAND}", ec="none", zorder=0)
    title = textwrap.shorten(plain(chosen.title), 62, placeholder="...")
    _say(axes, 0.1, top + row / 2, title, min(7.0, row * 13))
    colour, hatch = _PHASES.get(chosen.phase, _PHASES[3])
    x = left + chosen.start_month * month
    length = max(chosen.months, 1) * month
    _box(
        axes,
        x,
        top + row * 0.18,
        length,
        row * 0.64,
        fc=f"#{colour}",
        ec="white",
        hatch=hatch,
        zorder=2,
        lw=0.3,
    )
    money = voices.words.money(chosen.cost, voices.redacted.inputs.design.budget.currency)
    inside = x + length + 2.4 > end
    _say(
        axes,
        x - 0.08 if inside else x + length + 0.08,
        top + row / 2,
        money,
        min(6.0, row * 11),
        ha="right" if inside else "left",
        color=f"#{palette.QUIET}",
        zorder=4,
    )


def _phase_legend(axes: Axes, voices: Voices, top: float) -> None:
    words = {1: "quick wins", 2: "build", 3: "consolidate"}
    for n, (colour, hatch) in _PHASES.items():
        x = 8.6 + (n - 1) * 4.6
        _box(axes, x, top - 0.15, 0.8, 0.32, fc=f"#{colour}", ec="white", hatch=hatch, lw=0.3)
        text = voices.words.say("Phase {n}", n=n) + ": " + voices.words.say(words[n])
        _say(axes, x + 0.95, top + 0.01, text, 6.5)
