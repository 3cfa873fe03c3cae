"""A second workbook with only the rest filled completes the first, from the file to the store."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from intake_samples import CHOICES, SETTINGS, SURVEY, build, fill

from assessments.intake import receive
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.results import Answer, AnswerState
from assessments.settings import Settings
from assessments.store import Store, open_store

Fill = Callable[..., Path]
WITHDRAWN = "Withdrawn"


def _standing(store: Store) -> dict[str, Answer]:
    return {item.question: item for item in store.answers("XAA", "2026")}


def test_the_second_part_completes_the_first_and_says_so(store: Store, filled: Fill) -> None:
    first = receive(filled("a.xlsx", STR_1_01="Yes"), store)
    part = filled("b.xlsx", STR_1_02=3)
    foreseen = receive(part, store, dry_run=True)
    second = receive(part, store)
    assert [item.question for item in second.taken_over] == ["STR_1_01"]
    assert foreseen.taken_over == second.taken_over
    assert [(item.question, item.kind) for item in second.changes] == [("STR_1_02", "added")]
    standing = _standing(store)
    assert standing["STR_1_01"].value == "yes"
    assert standing["STR_1_01"].source.workbook_sha256 == first.workbook_sha256
    assert standing["STR_1_01"].source.file_name == "a.xlsx"
    assert standing["STR_1_02"].value == 3.0
    assert standing["STR_1_02"].source.workbook_sha256 == second.workbook_sha256
    assert store.verify().ok


def _ruled_pack(folder: Path) -> Pack:
    """The small pack, with a question that only a yes brings up and a way to take back."""
    folder.mkdir()
    (folder / "settings.csv").write_text(SETTINGS)
    back = f"no_answer_reasons,withdrawn,{WITHDRAWN},blank,\n"
    (folder / "choices.csv").write_text(CHOICES + back)
    head, *lines = SURVEY.splitlines()
    rules = {"STR_1_02": "${STR_1_01} = 'yes'"}
    (folder / "survey.csv").write_text(
        "\n".join([f"{head},relevant", *(f"{x},{rules.get(x.split(',')[1], '')}" for x in lines)])
    )
    return load_pack(folder)


def test_skip_logic_reads_what_the_earlier_return_answered(
    settings: Settings, tmp_path: Path
) -> None:
    pack = _ruled_pack(tmp_path / "ruled")
    blank = build(pack, tmp_path / "CA.xlsx", "XAA")
    with open_store(settings) as store:
        store.open_assessment(
            "XAA", "2026", pack.id, pack.version, pack.digest, pack_folder=pack.folder
        )
        receive(fill(blank, tmp_path / "a.xlsx", {"STR_1_01": "Yes"}), store)
        late = receive(fill(blank, tmp_path / "b.xlsx", {"STR_1_02": 7}), store)
        assert late.problems == ()
        assert _standing(store)["STR_1_02"].value == 7.0
        receive(fill(blank, tmp_path / "c.xlsx", {"STR_1_01": "No"}), store)
        assert _standing(store)["STR_1_02"].state is AnswerState.SKIPPED


def test_an_answer_is_taken_back_by_a_reason_and_by_nothing_else(
    settings: Settings, tmp_path: Path
) -> None:
    import openpyxl

    pack = _ruled_pack(tmp_path / "ruled")
    blank = build(pack, tmp_path / "CA.xlsx", "XAA")
    with open_store(settings) as store:
        store.open_assessment(
            "XAA", "2026", pack.id, pack.version, pack.digest, pack_folder=pack.folder
        )
        receive(fill(blank, tmp_path / "a.xlsx", {"STR_1_03": "Act 5"}), store)
        book = openpyxl.load_workbook(blank)
        ((sheet, cell),) = book.defined_names["q_STR_1_03"].destinations
        heads = [name for name in book.defined_names if name.endswith("__reason")]
        ((_, heading),) = book.defined_names[heads[0]].destinations
        row = "".join(letter for letter in cell if letter.isdigit())
        column = "".join(letter for letter in heading if letter.isalpha())
        book[sheet][f"{column}{row}"] = WITHDRAWN
        book.save(tmp_path / "b.xlsx")
        told = receive(tmp_path / "b.xlsx", store)
        assert told.problems == ()
        assert [(item.question, item.kind) for item in told.changes] == [("STR_1_03", "removed")]
        assert _standing(store)["STR_1_03"].state is AnswerState.BLANK
        receive(fill(blank, tmp_path / "c.xlsx", {"STR_1_01": "No"}), store)
        assert _standing(store)["STR_1_03"].state is AnswerState.BLANK


def _opened(settings: Settings, pack: Pack) -> Store:
    store = open_store(settings)
    store.open_assessment(
        "XAA", "2026", pack.id, pack.version, pack.digest, pack_folder=pack.folder
    )
    return store


def _zipped_again(source: Path, target: Path) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert source.read_bytes() != target.read_bytes()
    return target


def test_a_zipped_again_copy_changes_nothing_though_it_would_now_be_skipped(
    settings: Settings, tmp_path: Path
) -> None:
    """The first file answers what a later correction rules out; a copy of it is still known."""
    pack = _ruled_pack(tmp_path / "ruled")
    blank = build(pack, tmp_path / "CA.xlsx", "XAA")
    with _opened(settings, pack) as store:
        first = receive(fill(blank, tmp_path / "a.xlsx", {"STR_1_02": 7}), store)
        receive(fill(blank, tmp_path / "b.xlsx", {"STR_1_01": "No"}), store)
        before = store.answers_digest("XAA", "2026")
        copy = _zipped_again(tmp_path / "a.xlsx", tmp_path / "copy.xlsx")
        again = receive(copy, store)
        assert (again.new, again.version, again.stands) == (False, first.version, False)
        assert [problem.code for problem in again.problems][-1] == "superseded"
        assert store.answers_digest("XAA", "2026") == before
        assert len(store.submissions("XAA", "2026", history=True)) == 2


def test_a_return_beside_which_another_comes_in_is_read_once_more(
    settings: Settings, tmp_path: Path
) -> None:
    """Her colleague's file rules the question out between the reading and the storing of hers."""
    pack = _ruled_pack(tmp_path / "ruled")
    blank = build(pack, tmp_path / "CA.xlsx", "XAA")
    mine = fill(blank, tmp_path / "mine.xlsx", {"STR_1_02": 7, "STR_1_03": "Act 5"})
    theirs = fill(blank, tmp_path / "theirs.xlsx", {"STR_1_01": "No"})
    _opened(settings, pack).close()
    waiting = [theirs]

    def clock() -> datetime:  # first asked for when a file is read and not yet stored
        if waiting:
            with open_store(settings) as other:
                receive(waiting.pop(), other)
        return datetime.now(UTC)

    with open_store(settings) as store:
        store.clock = clock
        told = receive(mine, store)
        assert (told.new, told.version) == (True, 2)
        assert [item.question for item in told.taken_over] == ["STR_1_01"]
        standing = _standing(store)
        assert standing["STR_1_02"].state is AnswerState.SKIPPED
        assert standing["STR_1_03"].value == "Act 5"
        assert store.verify().ok
