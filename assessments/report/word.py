"""docxtpl's template, which turns the breaks inside texts into those of Word."""

from __future__ import annotations

import re

from docxtpl import DocxTemplate

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile(r"[\n\t\a\f]")


class WordTemplate(DocxTemplate):  # type: ignore[misc]
    """Imported where a report is rendered and nowhere else: it loads python-docx."""

    def resolve_listing(self, xml: str) -> str:
        """As docxtpl does, in the few paragraphs that hold a break: it looks into every text of
        thousands, a tenth of what a report takes."""
        resolve = super().resolve_listing
        return _PARAGRAPH.sub(lambda one: resolve(one[0]) if _BREAK.search(one[0]) else one[0], xml)
