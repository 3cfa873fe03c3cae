"""Texts from outside that a spreadsheet would run as a formula, made harmless and read back."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """A text that begins like a formula gets an apostrophe before it; all else is as it was."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_written(cell: str) -> str:
    """The text as it was before `harmless`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
