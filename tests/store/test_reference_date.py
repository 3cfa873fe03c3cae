"""All counts of a round refer to one date, whenever its workbooks are built."""

from datetime import date
from pathlib import Path

import pytest

from assessments.errors import Mistake
from assessments.settings import Settings
from assessments.store import Store, open_store
from assessments.store.reference_date import reference_date, settle_reference_date

MARCH, JANUARY = date(2026, 3, 31), date(2027, 1, 15)


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    store = open_store(Settings(home=tmp_path / "home"))
    store.open_assessment("XAA", "2026", "small", "1", "digest")
    return store


def test_what_is_built_after_new_year_counts_the_year_of_the_first_questionnaires(
    kept: Store,
) -> None:
    assert reference_date(kept, "XAA", "2026") is None
    assert settle_reference_date(kept, "XAA", "2026", MARCH, JANUARY) == MARCH
    assert settle_reference_date(kept, "XAA", "2026", None, JANUARY) == MARCH
    assert reference_date(kept, "XAA", "2026") == MARCH
    assert reference_date(kept, "XAB", "2026") is None


def test_another_date_in_the_same_round_is_refused_with_the_remedy(kept: Store) -> None:
    settle_reference_date(kept, "XAA", "2026", MARCH, JANUARY)
    with pytest.raises(Mistake, match="mix years") as refused:
        settle_reference_date(kept, "XAA", "2026", JANUARY, JANUARY)
    assert "new round" in refused.value.remedy


def test_a_round_that_was_deleted_begins_anew(kept: Store) -> None:
    settle_reference_date(kept, "XAA", "2026", MARCH, JANUARY)
    kept.delete_assessment("XAA", "2026", by="Head of unit", reason="asked by the State")
    assert reference_date(kept, "XAA", "2026") is None


def test_the_date_stands_in_the_sealed_trail(kept: Store) -> None:
    settle_reference_date(kept, "XAA", "2026", MARCH, JANUARY, by="Registry")
    assert kept.audit("XAA", "2026")[-1].who == "Registry"
    assert kept.verify().ok
