"""How the notebooks look: whole tables with text on the left, and charts that survive print.

Colours differ in lightness, so that they keep their order in black and white and for colour-blind
readers; what a colour says is always said by a hatch, a shape or a word as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assessments.pack.method import Method
from assessments.pack.method_values import method_values

if TYPE_CHECKING:
    from pandas import DataFrame
    from pandas.io.formats.style import Styler

CODE = 12  # characters of the longest code, which stays on one line
DARK, MIDDLE, LIGHT, WARM, GREY = "#1f3b6e", "#3280a8", "#a9cfe0", "#f0b35b", "#b5b5b5"
ROBUSTNESS = {  # colour and hatch
    "robust": (DARK, ""),
    "depends_on_weights": (LIGHT, "//"),
    "needs_evidence_first": (WARM, ".."),
}
STATES = {
    "answered": (DARK, ""),
    "not_applicable": ("#ffffff", ""),
    "skipped": ("#dddddd", ""),
    "no_information": (LIGHT, "//"),
    "withheld": (MIDDLE, "xx"),
    "blank": (WARM, ".."),
    "unusable": ("#9c3d2a", ""),
}


def settle() -> None:
    """Make this kernel show whole tables and charts in the house's style."""
    import pandas as pd
    from IPython.core.getipython import get_ipython
    from matplotlib import pyplot as plt

    shell = get_ipython()
    if shell is not None:  # a kernel that was forked has its backend loaded and not yet in use
        shell.run_line_magic("matplotlib", "inline")
        shell.run_line_magic("config", "InlineBackend.print_figure_kwargs = {'bbox_inches': None}")
    pd.set_option("display.max_rows", None, "display.max_colwidth", None)
    plt.rcParams.update(
        {
            "figure.dpi": 100,
            "figure.figsize": (10, 4),
            "figure.constrained_layout.use": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "axes.ymargin": 0.02,
            "lines.solid_capstyle": "butt",  # a line ends where its value ends
            "grid.linewidth": 0.4,
            "hatch.linewidth": 0.6,
            "legend.frameon": False,
            "patch.edgecolor": "black",
            "patch.force_edgecolor": True,
            "patch.linewidth": 0.4,
        }
    )


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str] = (),
    *,
    formats: Mapping[str, str] | None = None,
    title: str = "",
    empty: str = "None.",
) -> Styler | str:
    """Rows as a table that is not cut, text on the left; `empty` where there are none.

    `formats` are Python formats by column; a value that is not there stays blank.
    """
    import pandas as pd

    frame: DataFrame = pd.DataFrame(list(rows), columns=list(columns) or None)
    if frame.empty:
        return f"{title} {empty}".strip()
    numbers = [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])]
    style: Any = frame.style.hide(axis="index")  # its stubs know less CSS than it does
    style = style.format(formats or {}, na_rep="", precision=2)
    style = style.set_properties(**{"text-align": "left", "vertical-align": "top"})
    style = style.set_properties(subset=numbers, **{"text-align": "right"})
    codes = [name for name in frame.columns if frame[name].astype(str).str.len().max() <= CODE]
    style = style.set_properties(subset=codes, **{"white-space": "nowrap"})  # HUM-1 breaks at "-"
    cell = [("text-align", "left"), ("white-space", "normal"), ("max-width", "38em")]
    caption = [("text-align", "left"), ("font-weight", "bold"), ("font-size", "115%")]
    styled: Styler = style.set_caption(title).set_table_styles(
        [{"selector": "th, td", "props": cell}, {"selector": "caption", "props": caption}]
    )
    return styled


def judgements(method: Method, *under: str) -> Styler | str:
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


def short(words: object, width: int = 44) -> str:
    """A label for a chart, cut at a word."""
    return textwrap.shorten(str(words), width, placeholder=" …")


def headline(axes: Any, words: str) -> None:
    """What a chart says, over its whole width."""
    axes.figure.suptitle(words, x=0.01, horizontalalignment="left", size=12, weight="bold")


def marks(
    meaning: Mapping[Any, tuple[str, str]], names: Iterable[Any]
) -> tuple[list[str], list[str]]:
    """Colours and hatches of these names: what a bar chart takes for all its bars at once."""
    pairs = [meaning[name] for name in names]
    return [colour for colour, _ in pairs], [hatch for _, hatch in pairs]


def legend(axes: Any, marks: Mapping[str, tuple[str, str]], **place: Any) -> None:
    """Explain colours and hatches in words."""
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="black", label=name.replace("_", " "))
        for name, (colour, hatch) in marks.items()
    ]
    axes.legend(handles=handles, **place)


def check(sentence: str, holds: bool) -> None:
    """Print a check that holds as a sentence; raise AssertionError where it does not."""
    if not holds:
        raise AssertionError(f"Does not hold: {sentence}")
    print(f"✓ {sentence}")
