"""One public and one restricted report of the fictional example, written once."""

from __future__ import annotations

import pytest
from report_example import example

from assessments.report import ReportFiles, ReportInputs, write_report


@pytest.fixture(scope="session")
def inputs() -> ReportInputs:
    return example()


@pytest.fixture(scope="session")
def public(inputs: ReportInputs, tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    return write_report(inputs, tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="session")
def restricted(tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    return write_report(example(edition="restricted"), tmp_path_factory.mktemp("restricted"))
