"""How a questionnaire looks: fonts, colours, borders.

Arial stands on every machine (or its metric twin). Colours are light enough to print black on
white, and what matters is also said by borders, bold type or words. Imports nothing of ours,
because the cage uses it.
"""

from collections.abc import Mapping

FONT = "Arial"
DARK, MIDDLE, PALE = "#1F3864", "#D6DFEE", "#F3F6FB"
ENTRY, ENTRY_BORDER, GREY_TEXT, GREY_FILL = "#FFF8DC", "#7F7F7F", "#595959", "#E3E3E3"
BESIDE = "#FFFDF2"  # what may be said beside an answer is paler than the answer
NOTE_WIDTH = 340  # pixels of a note on a cell of a checked file

_BASE: dict[str, object] = {"font_name": FONT, "font_size": 10, "valign": "top"}
_WRAP: dict[str, object] = {**_BASE, "text_wrap": True}
_LINE: dict[str, object] = {"bottom": 1, "bottom_color": "#BFBFBF"}
_CHOSEN: dict[str, object] = {  # words of the sheet's own language, which may begin with a figure
    **_WRAP,
    "locked": False,
    "bg_color": ENTRY,
    "border": 1,
    "border_color": ENTRY_BORDER,
}
_ENTRY: dict[str, object] = {
    **_CHOSEN,
    "reading_order": 0,  # as the first letter that is typed
}
_HEADER: dict[str, object] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": DARK,
    "border": 1,
    "border_color": "#FFFFFF",
    "valign": "vcenter",
}

STYLES: Mapping[str, dict[str, object]] = {
    "title": {**_WRAP, "font_size": 16, "bold": True, "font_color": DARK, "valign": "vcenter"},
    "subtitle": {**_WRAP, "font_size": 12, "font_color": GREY_TEXT, "valign": "vcenter"},
    "title_line": {**_BASE, "font_size": 16, "bold": True, "font_color": DARK},
    "heading": {**_BASE, "font_size": 13, "bold": True, "font_color": DARK, "valign": "vcenter"},
    "label": {**_WRAP, **_LINE, "bold": True, "font_color": DARK},
    "text": {**_WRAP, **_LINE},
    "said": {**_WRAP, **_LINE, "reading_order": 0},  # by people, in whatever language
    "strong": {**_WRAP, **_LINE, "bold": True},
    "plain": {**_WRAP},
    "note": {**_WRAP, "font_color": GREY_TEXT, "italic": True},
    "header": {**_WRAP, **_HEADER},
    "band": {
        **_BASE,
        "bold": True,
        "font_size": 11,
        "bg_color": MIDDLE,
        "top": 2,
        "top_color": DARK,
    },
    "table_title": {**_WRAP, "font_size": 12, "bold": True, "font_color": DARK},
    "outcome": {**_WRAP, "font_size": 11},
    "advice": {**_BASE, "font_color": GREY_TEXT, "italic": True},
    "advice_link": {**_BASE, "font_color": DARK, "underline": 1},
    "back": {**_WRAP, "font_size": 8, "font_color": DARK, "underline": 1},
    "table_note": {**_WRAP, "font_size": 9, "font_color": GREY_TEXT, "italic": True},
    "id": {**_WRAP, **_LINE, "font_size": 8, "font_color": GREY_TEXT},
    # the id of a choice or of a fixed row: read back, but nothing that a respondent should see
    "item": {**_BASE, "font_size": 8, "num_format": ";;;"},
    "lead": {**_WRAP, **_LINE, "bold": True, "font_size": 9},
    "confirm": {**_WRAP, **_LINE, "italic": True, "font_size": 9, "font_color": GREY_TEXT},
    "question": {**_WRAP, **_LINE},
    "question_lead": {**_WRAP, **_LINE, "bold": True},
    "guidance": {**_WRAP, **_LINE, "font_size": 9, "font_color": GREY_TEXT, "indent": 1},
    "legend_number": {**_BASE, "bold": True, "align": "center", "bg_color": PALE},
    "legend": {**_WRAP, "font_size": 9, "bg_color": PALE},
    "legend_word": {**_WRAP, "font_size": 9, "italic": True, "bg_color": PALE, "indent": 1},
    "option": {**_WRAP, **_LINE, "indent": 1},
    "leader": {**_BASE, **_LINE},  # leads the eye from a choice to its cell
    "unit": {**_WRAP, **_LINE, "font_size": 9},
    "status": {**_WRAP, **_LINE, "font_size": 9, "align": "center"},
    "count": {**_WRAP, **_LINE, "align": "center", "bg_color": GREY_FILL, "num_format": '0 "↓"'},
    "link": {**_WRAP, **_LINE, "font_color": DARK, "underline": 1},
    "entry": {**_ENTRY},
    "entry_integer": {**_ENTRY, "num_format": "0", "align": "center"},
    "entry_decimal": {**_ENTRY, "align": "center"},
    "entry_date": {**_ENTRY, "num_format": "yyyy-mm-dd", "align": "center"},
    "entry_choice": {**_CHOSEN, "bold": True},
    "entry_beside": {**_ENTRY, "font_size": 9, "bg_color": BESIDE, "border_color": "#BFBFBF"},
    "fixed": {**_WRAP, "bg_color": PALE, "border": 1, "border_color": ENTRY_BORDER},
    "end": {**_BASE, "font_size": 8, "italic": True, "font_color": GREY_TEXT, "top": 2},
    "percent": {**_BASE, **_LINE, "num_format": "0%", "align": "center"},
    "number": {**_BASE, **_LINE, "num_format": "0", "align": "center"},
    "column_number": {**_WRAP, **_HEADER, "align": "center"},
    "bar": {**_BASE, **_LINE, "font_size": 8, "font_color": DARK},
    "skipped": {"font_color": "#8C8C8C", "bg_color": GREY_FILL, "pattern": 1},
    "why": {**_WRAP, "font_size": 9, "bold": True, "font_color": DARK, "bg_color": PALE},
    "known": {**_WRAP, "font_size": 9, "bg_color": PALE},
    "conflict": {"bg_color": "#FFE5E5", "fg_color": "#C00000", "pattern": 14, "border": 1},
    "done": {"bold": True, "font_color": "#1E5631"},
    "chosen": {"bold": True, "bg_color": MIDDLE, "pattern": 1},
}
