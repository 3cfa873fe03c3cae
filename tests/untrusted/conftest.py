"""Filled workbooks of the real pack, as hostile kinds and mutations start from them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from samples import make_samples

from assessments.pack.load import find_pack, load_pack
from assessments.pack.model import Pack

from hostile import Sample  # isort: skip


@pytest.fixture(scope="session")
def cooperation() -> Pack:
    return load_pack(find_pack("cooperation"))


@pytest.fixture(scope="session")
def samples(cooperation: Pack, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sample]:
    """Customs, witness protection and coordination of a fictional country, filled."""
    return make_samples(cooperation, tmp_path_factory.mktemp("samples"))
