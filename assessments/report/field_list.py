"""The list of fields for whoever edits a template: `report_templates/README.md`, generated from
the context model so that it cannot fall behind it."""

from __future__ import annotations

from pathlib import Path

from assessments.paths import REPORT_TEMPLATES
from assessments.report.context import Report
from assessments.report.context_region import RegionReport
from assessments.report.template import fields

README = REPORT_TEMPLATES / "README.md"
_OPENING = """# Report templates

`project_design.docx` is the Word template of the country report. Open it in Word, change wording,
order, colours or pictures, save it under a name of its own, and use it:

    tana report check-template my_template.docx
    tana report XAA --round 2026 --template my_template.docx --out DIR

A template can hold fields, loops and conditions, and nothing else:

- `{{ cover.country }}` prints a field.
- `{%p for gap in priorities.gaps %}` ... `{%p endfor %}`, each in a paragraph of its own, repeats
  the paragraphs between; `{%tr for ... %}` in a row of its own repeats table rows. Inside, the
  fields of the item are `gap.name` and so on. A loop inside a loop goes through a list of the
  outer loop's item.
- `{%p if project.risks %}` ... `{%p endif %}` prints only where there is something.
- `{% cellbg item.shade %}` at the start of a cell colours it.
- A picture named `heat_map`, `priority_matrix`, `theory_of_change` or
  `work_plan` (in Word: alternative text pane,
  selection pane) is replaced by the chart, at the picture's width.
- An id in the character style *Printed id* becomes a bookmark that `tana trace` understands; in the
  style *Printed id reference* it becomes a link to it.

`needs_assessment.docx` (the findings alone) and `country_brief.docx` (two pages) are further
templates: `tana report XAA --template country_brief --out DIR`. `regional_view.docx` is that of
several States, `tana report XAA XAB XAC --out DIR`, with fields of its own.
`make_project_design.py` makes all four, so that their design can be reviewed as text.

These lists are generated from `assessments/report/context.py` and `context_region.py`; do not edit
them. `[]` marks the items of a list.
"""
_TABLE = """
## {title}

| field | kind | meaning |
|---|---|---|
"""
_KINDS: tuple[tuple[str, type], ...] = (
    ("Fields of a country's report", Report),
    ("Fields of the view of a region", RegionReport),
)


def field_list() -> str:
    """The whole README."""
    return _OPENING + "".join(
        _TABLE.format(title=title)
        + "".join(f"| `{info.path}` | {info.kind} | {info.meaning} |\n" for info in fields(root))
        for title, root in _KINDS
    )


def write_field_list(path: Path = README) -> None:
    """Bring the README up to date."""
    path.write_text(field_list(), encoding="utf-8")


if __name__ == "__main__":
    write_field_list()
