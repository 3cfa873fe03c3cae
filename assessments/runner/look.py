"""How the notebooks look: whole tables with text on the left, and charts that survive print.

Charts are Vega-Lite, composed with Altair: JupyterLab draws them, without a network and in a
notebook that is not trusted. Colours differ in lightness, so that they keep their order in black
and white and for colour-blind readers; what a colour says is always said by a word, a number or a
shape as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from assessments.pack.method import Method
from assessments.pack.method_values import method_values

if TYPE_CHECKING:
    import altair as alt
    from pandas import DataFrame

CODE = 12  # characters of the longest code, which stays on one line
NAME = 90  # characters of a row's name before it takes a second line
TITLE = 105  # characters of a headline before it takes a second line
DARK, MIDDLE, LIGHT, WARM, GREY = "#1f3b6e", "#3280a8", "#a9cfe0", "#dd8f2d", "#b5b5b5"
ROBUSTNESS = {"robust": DARK, "depends on weights": LIGHT, "needs evidence first": WARM}
STATES = {
    "answered": DARK,
    "not applicable": "#ffffff",
    "skipped": "#dddddd",
    "no information": LIGHT,
    "withheld": MIDDLE,
    "blank": WARM,
    "unusable": "#9c3d2a",
}
# JupyterLab 4 draws Vega-Lite 5 and knows it by these names; Altair 6 would call it 6.
MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_STYLE = {
    "font": "sans-serif",
    "background": "white",  # as on paper, in Lab's dark theme too
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 12, "offset": 12},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "axisY": {"labelLimit": 0, "minExtent": 60, "domain": False, "ticks": False},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 0, "symbolStrokeWidth": 1},
    "text": {"fontSize": 12},
}


def settle() -> None:
    """Make this kernel show whole tables, and charts as JupyterLab draws them."""
    import altair as alt
    import pandas as pd

    pd.set_option("display.max_rows", None, "display.max_colwidth", None)
    alt.renderers.register("tana", _shown)
    alt.renderers.enable("tana")


@dataclass(frozen=True)
class Table:
    """Rows as a notebook shows them: `frame` goes on from them in pandas."""

    rows: tuple[Mapping[str, Any], ...]
    html: str = field(repr=False)

    @property
    def frame(self) -> DataFrame:
        """The rows as they were given, a column for each field."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def _repr_html_(self) -> str:
        return self.html


def table(
    rows: Iterable[Mapping[str, Any]],
    *,
    formats: Mapping[str, str] | None = None,
    title: str = "",
    empty: str = "None.",
) -> Table | str:
    """Rows as a table that is not cut, text on the left; `empty` where there are none.

    `formats` are Python formats by column; a value that is not there stays blank. What an answer
    says is shown as text, whatever markup it holds, and each cell carries its own style: JupyterLab
    drops style sheets from a notebook that is not trusted.
    """
    kept = tuple(rows)
    if not kept:
        return f"{title} {empty}".strip()
    heads, columns = "", []
    for name in kept[0]:
        values = [row.get(name) for row in kept]
        numbers = [value for value in values if isinstance(value, int | float)]
        form = (formats or {}).get(name, "{:.2f}" if any(map(_fraction, numbers)) else "{}")
        texts = ["" if value is None else form.format(value) for value in values]
        side = "right" if numbers else "left"
        whole = not numbers and max(map(len, texts)) <= CODE  # HUM-1 breaks at "-"
        style = f"text-align: {side}; vertical-align: top; max-width: 38em"
        style += f"; white-space: {'nowrap' if whole else 'normal'}"
        heads += f'<th style="text-align: {side}; vertical-align: top">{escape(name)}</th>'
        columns.append([f'<td style="{style}">{escape(text)}</td>' for text in texts])
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    says = f'<p style="text-align: left"><b>{escape(title)}</b></p>' if title else ""
    page = f"{says}<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return Table(kept, page)


def _fraction(value: float) -> bool:
    return isinstance(value, float)


def judgements(method: Method, *under: str) -> Table | str:
    """What the method decides in these sections, with the reasons: the part to question."""
    return table(
        {
            "path": one.path,
            "value": one.value if isinstance(one.value, str) else f"{one.value}",
            "because": one.reason,
            "source": one.source or "own choice",
        }
        for one in method_values(method, *under)
    )


def show(rows: Iterable[Mapping[str, Any]], *layers: alt.Chart, **how: Any) -> None:
    """Show what `chart` makes of the same arguments.

    Its grammar is checked by the tests and not on every run; a chart that is the last line of a
    cell is shown as well, and checked.
    """
    from IPython.display import display

    spec = chart([], *layers, **how).to_dict(validate=False)  # Altair would copy rows often
    spec["data"] = {"values": _values(rows, how.get("hidden", ()))}
    display(_shown(spec), raw=True)  # type: ignore[no-untyped-call]


def chart(
    rows: Iterable[Mapping[str, Any]],
    *layers: alt.Chart,
    headline: str,
    says: str = "",
    hidden: Sequence[str] = (),
    width: int = 440,
    step: int = 22,
    y: alt.Y | None = None,
) -> alt.LayerChart:
    """These layers, drawn over the same rows, under what they say in one sentence.

    Each row has a `label`, its name on the left, unless `y` says otherwise. All its fields stand
    under the pointer but those `hidden`. `says` explains shapes, below the headline and to a
    screen reader. `width` and `step`, the height of a row, are in pixels.
    """
    import altair as alt

    return alt.LayerChart(
        data=alt.InlineData(values=_values(rows, hidden)),
        layer=list(layers),
        encoding={
            "y": y or _names(),
            "tooltip": {"value": {"expr": "datum['under the pointer']"}},
        },
        title=alt.TitleParams(
            text=textwrap.wrap(headline, TITLE), subtitle=textwrap.wrap(says, TITLE)
        ),
        description=f"{headline}. {says}".strip(),
        width=width,
        height=alt.Step(step) if y is None else 300,
        config=_STYLE,
    )


def _values(rows: Iterable[Mapping[str, Any]], hidden: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "label": textwrap.fill(str(row.get("label", "")), NAME),
            "under the pointer": {
                "title" if name == "label" else name: _told(value)
                for name, value in row.items()
                if name not in hidden and value != ""
            },
        }
        for row in rows
    ]


def _shown(spec: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """What a notebook keeps of a chart, and its headline where none can be drawn."""
    said = spec.get("description") or "open the notebook in JupyterLab to see it."
    return {MIME: {**spec, "$schema": SCHEMA}, "text/plain": f"Chart: {said}"}


def _told(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return "not known" if value is None else str(value)


@cache
def _names() -> alt.Y:
    """A row for each label, in the order given; long names take two lines."""
    import altair as alt

    axis = alt.Axis(labelExpr="split(datum.label, '\\n')", labelPadding=9)
    return alt.Y("label", type="nominal", sort=None, title=None, axis=axis)


def number(
    field: str, title: str, least: float | None = None, most: float | None = None, **axis: Any
) -> alt.X:
    """A field along the horizontal; `title` says what it counts and in which unit."""
    import altair as alt

    ends: Any = {"domainMin": least, "domainMax": most, "nice": most is None}
    scale = alt.Scale(**{name: end for name, end in ends.items() if end is not None})
    shape = alt.Axis(**{"format": ",~f", "tickCount": 10, **axis})
    return alt.X(field, type="quantitative", title=title, scale=scale, axis=shape)


def meanings(field: str, colours: Mapping[str, str]) -> alt.Fill:
    """What each colour of a field means, in words; the legend keeps this order."""
    import altair as alt

    return alt.Fill(
        field,
        type="nominal",
        title=None,
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(orient="bottom", direction="horizontal", symbolStrokeColor="black"),
    )


def bars(
    x: alt.X, x2: str | None = None, *, size: int = 0, colour: str = MIDDLE, **encodings: Any
) -> alt.Chart:
    """A bar for each row to `x`, or from `x` to the field `x2`.

    With a `size`, the height in pixels, it has no outline. `encodings` are Altair's, as `fill`.
    """
    import altair as alt

    ends = {"x": x} if x2 is None else {"x": x, "x2": alt.X2(x2)}
    line: Any = {"size": size} if size else {"stroke": "black", "strokeWidth": 0.5}
    drawn: alt.Chart = alt.Chart().mark_bar(color=colour, **line).encode(**ends, **encodings)
    return drawn


def dots(field: str, **mark: Any) -> alt.Chart:
    """A mark for each row that has a value: a filled dot, if nothing else is said."""
    import altair as alt

    mark = {"size": 60, "fill": DARK, "stroke": DARK, "strokeWidth": 1.5, "opacity": 1, **mark}
    drawn: alt.Chart = alt.Chart().mark_point(**mark).encode(x=alt.X(field, type="quantitative"))
    return drawn


def words(field: str, at: str | float, **mark: Any) -> alt.Chart:
    """The text of a field outside the value `at` of each row, or so many pixels from the left."""
    import altair as alt

    pixel: Any = alt.XValue  # its stubs leave it without types, as the two below
    place = alt.X(at, type="quantitative") if isinstance(at, str) else pixel(at)
    left = f"datum['{at}'] < 0" if isinstance(at, str) else "false"
    beside = {"align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -5 : 5"}}
    mark = {**beside, **mark}
    text = alt.Text(field, type="nominal")
    drawn: alt.Chart = alt.Chart().mark_text(**mark).encode(x=place, text=text)
    return drawn


def line_at(value: float, **mark: Any) -> alt.Chart:
    """A line over all rows, dashed, where the horizontal has this value."""
    import altair as alt

    top: Any = alt.YValue
    end: Any = alt.Y2Value
    whole = {"y": top(0), "y2": end("height"), "tooltip": alt.TooltipValue(None)}
    one = alt.InlineData(values=[{"value": value}])
    mark = {"color": "black", "strokeDash": [5, 3], **mark}
    x = alt.X("value", type="quantitative")
    drawn: alt.Chart = alt.Chart(one).mark_rule(**mark).encode(x=x, **whole)
    return drawn


def ink(ground: str) -> str:
    """Black or white, whichever can be read on this colour (#rrggbb)."""
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return "black" if 0.3 * red + 0.59 * green + 0.11 * blue > 140 else "white"


def check(sentence: str, holds: bool) -> None:
    """Print a check that holds as a sentence; raise AssertionError where it does not."""
    if not holds:
        raise AssertionError(f"Does not hold: {sentence}")
    print(f"✓ {sentence}")
