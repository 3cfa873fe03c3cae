"""Reading settings.csv: what the pack is, in XLSForm's names."""

from __future__ import annotations

import re

from assessments.pack.draft import Draft
from assessments.pack.model import SOURCE_LANGUAGE
from assessments.pack.tables import Columns, read_table

SETTINGS = "settings.csv"

SETTINGS_COLUMNS = Columns(
    plain=("form_id", "version", "default_language", "piloted", "treaty", "unreviewed"),
    worded=("form_title", "subject", "service", "purpose", "confidentiality"),
    needed=("form_id", "form_title"),
    ignored=("style", "public_key", "submission_url", "instance_name", "allow_choice_duplicates"),
)


def read_settings(draft: Draft) -> None:
    """Identity of the pack: id, version, title, purpose, and whether it was piloted."""
    table = read_table(draft.folder, SETTINGS, SETTINGS_COLUMNS, draft.faults)
    if len(table.records) != 1:
        draft.faults.add(
            "settings-rows", f"{SETTINGS} has {len(table.records)} rows under its headings.",
            "Write exactly one.", file=SETTINGS,
        )  # fmt: skip
    for record in table.records[:1]:
        draft.id = record.text("form_id")
        if not draft.id:
            record.wrong("no-name", "form_id", "The pack has no id.", "Write one.")
        draft.version = record.text("version") or "1"
        draft.title = record.words("form_title")
        draft.treaty = record.text("treaty")
        draft.subject = record.words("subject")
        draft.service = record.words("service")
        draft.purpose = record.words("purpose")
        draft.confidentiality = record.words("confidentiality")
        draft.default_language = _code(record.text("default_language")) or SOURCE_LANGUAGE
        draft.piloted = record.flag("piloted")


def _code(language: str) -> str:
    """`fr` from `fr` or `French (fr)`."""
    match = re.search(r"\(([a-z]{2,3}[A-Za-z-]*)\)\s*$", language)
    return match[1] if match else language
