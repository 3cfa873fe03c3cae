"""Reading choices.csv: what can be chosen, in XLSForm's names, beside the lists every pack has."""

from __future__ import annotations

import re

from assessments.pack.draft import Draft
from assessments.pack.model import Choice
from assessments.pack.standard_lists import STANDARD_LISTS
from assessments.pack.tables import Columns, read_table

CHOICES = "choices.csv"

CHOICES_COLUMNS = Columns(
    plain=("list_name", "name", "kind", "exclusive", "unreviewed"),
    worded=("label", "hint"),
    needed=("list_name", "name", "label"),
    ignored=("image", "media", "filter"),
)


def read_choices(draft: Draft) -> None:
    """Choice lists, in the order of their rows."""
    table = read_table(draft.folder, CHOICES, CHOICES_COLUMNS, draft.faults)
    lists: dict[str, dict[str, Choice]] = {}
    for record in table:
        list_name, name = record.text("list_name"), record.text("name")
        if not list_name or not name:
            record.wrong(
                "no-name", "name" if list_name else "list_name",
                "A choice needs the name of its list and its own.", "Fill in both.",
            )  # fmt: skip
            continue
        if not re.fullmatch(r"\S+", name) or "|" in name or ";" in name:
            record.wrong(
                "bad-name", "name", f"The choice «{name}» holds a blank, a bar or a semicolon.",
                "Use letters, digits and underscores.",
            )  # fmt: skip
        label = record.words("label")
        if not label:
            record.wrong(
                "no-english", "label", f"The choice «{name}» has no English label.", "Write one."
            )
        choices = lists.setdefault(list_name, {})
        if name in choices:
            record.wrong(
                "duplicate-choice", "name", f"«{name}» stands twice in the list «{list_name}».",
                "Rename or remove one.",
            )  # fmt: skip
            continue
        choices[name] = Choice(
            name, label, record.text("kind"), record.flag("exclusive"), record.words("hint")
        )
    draft.choice_lists = {name: tuple(choices.values()) for name, choices in lists.items()}
    draft.choice_lists = {**STANDARD_LISTS, **draft.choice_lists}
