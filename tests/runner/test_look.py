"""What a chart hands over to the notebook: its rows, what stands under the pointer, its words."""

from __future__ import annotations

import re
from typing import Any

import altair as alt

from assessments.runner import look

ROWS = [
    {"label": "Police", "answered": 3, "share": 0.75, "from": -1.0, "note": "", "own": None},
    {"label": "Customs", "answered": 1200, "share": 1 / 3, "from": 2.0, "note": "late", "own": 2.5},
]


def drawn(**how: Any) -> dict[str, Any]:
    bars = look.bars(look.number("answered", "questions (number)"))
    spec: dict[str, Any] = look.chart(ROWS, bars, headline="3 of 4 answered", **how).to_dict()
    return spec


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    [rows] = spec["datasets"].values()
    return list(rows)


def test_all_of_a_row_stands_under_the_pointer_but_what_only_helps_to_draw() -> None:
    first, second = rows_of(drawn(hidden=("from",)))
    assert first["under the pointer"] == {
        "title": "Police",
        "answered": "3",
        "share": "0.75",
        "own": "not known",
    }
    assert second["under the pointer"] == {
        "title": "Customs",
        "answered": "1200",
        "share": "0.33",
        "note": "late",
        "own": "2.5",
    }


def test_rows_stand_in_the_order_given_and_names_are_never_cut() -> None:
    y = drawn()["encoding"]["y"]
    assert y["sort"] is None
    assert y["field"] == "label"
    assert drawn()["config"]["axisY"]["labelLimit"] == 0
    long = "Preparation of and follow-up to the Conference of the Parties " * 2
    bars = look.bars(look.number("answered", "questions (number)"))
    [row] = rows_of(look.chart([{"label": long}], bars, headline="x").to_dict())
    assert row["label"].count("\n") == 1
    assert row["label"].replace("\n", " ") == long.strip()


def test_an_axis_says_what_it_counts() -> None:
    assert drawn()["layer"][0]["encoding"]["x"]["title"] == "questions (number)"


def test_a_chart_of_an_analyst_is_shown_as_jupyterlab_draws_it_and_its_words_where_it_cannot() -> (
    None
):
    look.settle()
    try:
        own = alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q")
        shown = own.properties(description="One bar of 1")._repr_mimebundle_()
        data = shown[0] if isinstance(shown, tuple) else shown
        assert data[look.MIME]["$schema"].endswith("vega-lite/v5.json")
        assert data["text/plain"] == "Chart: One bar of 1"
    finally:
        alt.renderers.enable("default")


def test_words_can_be_read_on_their_ground() -> None:
    assert look.ink(look.DARK) == look.ink(look.MIDDLE) == "white"
    assert look.ink(look.LIGHT) == look.ink(look.WARM) == look.ink("#ffffff") == "black"


def test_a_table_shows_an_answer_as_text_whatever_markup_it_holds() -> None:
    shown = look.table([{"says": "<script>alert(1)</script> & more"}], title="a < b")
    assert isinstance(shown, look.Table)
    page = shown._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "a &lt; b" in page


def test_a_table_leaves_blank_what_is_not_there_and_keeps_its_values_for_pandas() -> None:
    rows = [
        {"code": "HUM-1", "level": 1.5, "asked": 1200},
        {"code": "X", "level": None, "asked": 7},
    ]
    shown = look.table(rows, formats={"asked": "{:,}"})
    assert isinstance(shown, look.Table)
    cells = re.findall(r"<td style=\"([^\"]+)\">([^<]*)</td>", shown.html)
    assert [text for _, text in cells] == ["HUM-1", "1.50", "1,200", "X", "", "7"]
    assert "text-align: left" in cells[0][0]
    assert "nowrap" in cells[0][0]
    assert "text-align: right" in cells[1][0]
    assert list(shown.frame["asked"]) == [1200, 7]


def test_a_table_without_rows_says_so() -> None:
    assert look.table([], title="Gaps.", empty="None is known.") == "Gaps. None is known."
