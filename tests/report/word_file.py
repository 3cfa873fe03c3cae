"""Reads what a report says; LibreOffice where a test wants to see it as Word would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def words_of(path: Path) -> str:
    """Every word of a Word file: body, tables, headers, footers, alternative texts."""
    document: DocumentType = Document(str(path))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    lines = []
    for part in parts:
        for element in part.iter():
            tag = str(element.tag).rsplit("}", 1)[-1]
            if tag == "t":
                lines.append(element.text or "")
            elif tag == "p":
                lines.append("\n")
            elif tag == "docPr":
                lines.append(element.get("descr", ""))
    return "".join(lines)
