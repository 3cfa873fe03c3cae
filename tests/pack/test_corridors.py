"""corridors.csv: faults are named with row and column, all at once."""

from pathlib import Path

from assessments.pack.corridors import check_corridors, read_corridors
from assessments.pack.model import Choice, Words
from assessments.pack.tables import Faults

HEAD = "form,link,requesting,requested,shared,if_shared,if_not_shared,reason::English (en)\n"
FORMS = {"MLA": Choice("MLA", Words({"en": "Mutual legal assistance"}))}


def faults_of(folder: Path, *rows: str) -> set[tuple[str, int | None, str]]:
    (folder / "corridors.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    faults = Faults()
    rules = read_corridors(folder, faults)
    check_corridors(rules, {"LEG-1", "OPS-1"}, FORMS, {"judicial"}, faults)
    return {(p.code, p.row, p.column) for p in faults.problems if p.code != "missing-link"}


def test_a_pack_may_have_no_corridors(tmp_path: Path) -> None:
    assert read_corridors(tmp_path, Faults()) == ()


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        "MLA,legal_basis,LEG-1,LEG-9,,,,Why.",
        "MLR,practice,OPS-1,OPS-1,,,,Why.",
        "MLA,channel,,,,,,Why.",
        "MLA,language,LEG-1,,network:judical,,,Why.",
        "MLA,legal_basis,LEG-1,,,5,,Why.",
        "MLA,weather,LEG-1,,,,,Why.",
    )
    assert {
        ("unknown-sub-dimension", 2, "requested"),
        ("unknown-form", 3, "form"),
        ("no-sub-dimension", 4, "requesting"),
        ("unknown-shared", 5, "shared"),
        ("link-twice", 6, "link"),
        ("out-of-range", 6, "if_shared"),
        ("not-allowed", 7, "link"),
    } <= found


def test_a_chain_that_lacks_a_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "corridors.csv").write_text(HEAD + "MLA,practice,OPS-1,OPS-1,,,,Why.\n")
    faults = Faults()
    check_corridors(read_corridors(tmp_path, faults), {"OPS-1"}, FORMS, set(), faults)
    assert len([p for p in faults.problems if p.code == "missing-link"]) == 4
