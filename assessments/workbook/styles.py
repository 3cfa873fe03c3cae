"""How a questionnaire looks: fonts, colours, borders, and how high a row must be for its text.

Arial stands on every machine (or its metric twin). Colours are light enough to print black on
white, and what matters is also said by borders, bold type or words. Imports nothing of ours,
because the cage uses it.
"""

from collections.abc import Iterable, Mapping

FONT = "Arial"
DARK, MIDDLE, PALE = "#1F3864", "#D6DFEE", "#F3F6FB"
ENTRY, ENTRY_BORDER, GREY_TEXT, GREY_FILL = "#FFF8DC", "#7F7F7F", "#595959", "#E3E3E3"

_BASE: dict[str, object] = {"font_name": FONT, "font_size": 10, "valign": "top"}
_WRAP: dict[str, object] = {**_BASE, "text_wrap": True}
_LINE: dict[str, object] = {"bottom": 1, "bottom_color": "#BFBFBF"}
_ENTRY: dict[str, object] = {
    **_WRAP,
    "locked": False,
    "bg_color": ENTRY,
    "border": 1,
    "border_color": ENTRY_BORDER,
}

STYLES: Mapping[str, dict[str, object]] = {
    "title": {**_WRAP, "font_size": 18, "bold": True, "font_color": DARK, "valign": "vcenter"},
    "subtitle": {**_WRAP, "font_size": 12, "font_color": GREY_TEXT, "valign": "vcenter"},
    "title_line": {**_BASE, "font_size": 16, "bold": True, "font_color": DARK},
    "heading": {**_BASE, "font_size": 13, "bold": True, "font_color": DARK, "valign": "vcenter"},
    "label": {**_WRAP, **_LINE, "bold": True, "font_color": DARK},
    "text": {**_WRAP, **_LINE},
    "plain": {**_WRAP},
    "note": {**_WRAP, "font_color": GREY_TEXT, "italic": True},
    "header": {
        **_WRAP,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": DARK,
        "border": 1,
        "border_color": "#FFFFFF",
        "valign": "vcenter",
    },
    "band": {
        **_BASE,
        "bold": True,
        "font_size": 11,
        "bg_color": MIDDLE,
        "top": 2,
        "top_color": DARK,
    },
    "id": {**_WRAP, **_LINE, "font_size": 8, "font_color": GREY_TEXT},
    "item": {**_BASE, "font_size": 7, "font_color": GREY_TEXT},
    "lead": {**_WRAP, **_LINE, "bold": True, "font_size": 9},
    "confirm": {**_WRAP, **_LINE, "italic": True, "font_size": 9, "font_color": GREY_TEXT},
    "question": {**_WRAP, **_LINE},
    "question_lead": {**_WRAP, **_LINE, "bold": True},
    "guidance": {**_WRAP, **_LINE, "font_size": 9, "font_color": GREY_TEXT},
    "legend_number": {**_BASE, "bold": True, "align": "center", "bg_color": PALE},
    "legend": {**_WRAP, "font_size": 9, "bg_color": PALE},
    "legend_word": {**_WRAP, "font_size": 9, "italic": True, "bg_color": PALE},
    "option": {**_WRAP, "indent": 1},
    "unit": {**_WRAP, **_LINE, "font_size": 9},
    "status": {**_WRAP, **_LINE, "font_size": 9, "align": "center"},
    "count": {**_WRAP, **_LINE, "align": "center", "bg_color": GREY_FILL, "font_size": 9},
    "link": {**_WRAP, **_LINE, "font_color": DARK, "underline": 1},
    "entry": {**_ENTRY},
    "entry_integer": {**_ENTRY, "num_format": "0", "align": "center"},
    "entry_decimal": {**_ENTRY, "align": "center"},
    "entry_date": {**_ENTRY, "num_format": "yyyy-mm-dd", "align": "center"},
    "entry_choice": {**_ENTRY, "bold": True},
    "fixed": {**_WRAP, "bg_color": PALE, "border": 1, "border_color": ENTRY_BORDER},
    "end": {**_BASE, "font_size": 8, "italic": True, "font_color": GREY_TEXT, "top": 2},
    "percent": {**_BASE, **_LINE, "num_format": "0%", "align": "center"},
    "number": {**_BASE, **_LINE, "num_format": "0", "align": "center"},
    "skipped": {"font_color": "#8C8C8C", "bg_color": GREY_FILL, "pattern": 1},
    "conflict": {"bg_color": "#FFE5E5", "fg_color": "#C00000", "pattern": 14, "border": 1},
    "done": {"bold": True, "font_color": "#1E5631"},
}


def height(texts: Iterable[tuple[str, float]], least: float = 15, line: float = 13.5) -> float:
    """Row height in points at which every text fits its column (width in characters)."""
    most = 1
    for text, width in texts:
        lines = sum(
            max(1, -(-_breadth(piece) // max(int(width) - 1, 4))) for piece in text.split("\n")
        )
        most = max(most, lines)
    return min(max(least, most * line + 3), 409)


def _breadth(text: str) -> int:
    """Characters of a text, capitals and Arabic counted a little wider than they are."""
    wide = sum(character.isupper() or "\u0600" <= character <= "\u06ff" for character in text)
    return len(text) + wide // 8
