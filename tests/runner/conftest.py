"""Notebooks made from text, so that a test shows what runs."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a notebook: its parameters cell, then one cell each."""

    def write(parameters: str, *cells: str) -> Path:
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        document = nbformat.v4.new_notebook(
            cells=[first, *(nbformat.v4.new_code_cell(cell) for cell in cells)],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        path = tmp_path / "a_notebook.ipynb"
        nbformat.write(document, path)
        return path

    return write
