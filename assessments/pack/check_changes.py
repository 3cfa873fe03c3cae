"""Faults of `changes.csv`: versions that lead nowhere, unknown questions, mappings with holes.

What the table says of a version can only be checked against that version where it is known: each
pack that an assessment used is kept, and `tana pack check --against` names another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessments.pack.changes import CHANGES_FILE, ChangeKind, DeclaredChange
from assessments.pack.compare import compare_packs, declared_steps
from assessments.pack.model import Pack, Question, QuestionType
from assessments.pack.tables import Faults, nearest
from assessments.results import Sensitivity

_ONE, _SEVERAL = (1, 1), (2, 99)
_COUNTS: Mapping[ChangeKind, tuple[tuple[int, int], tuple[int, int]]] = {
    ChangeKind.RENAMED: (_ONE, _ONE),
    ChangeKind.REWORDED: (_ONE, _ONE),
    ChangeKind.RESCALED: (_ONE, _ONE),
    ChangeKind.SPLIT: (_ONE, _SEVERAL),
    ChangeKind.MERGED: (_SEVERAL, _ONE),
    ChangeKind.DROPPED: (_ONE, (0, 0)),
}
_KEEPS_NAME = (ChangeKind.REWORDED, ChangeKind.RESCALED)
_NUMBERS = (QuestionType.INTEGER, QuestionType.DECIMAL)


def check_changes(
    changes: tuple[DeclaredChange, ...],
    version: str,
    questions: Mapping[str, Question],
    faults: Faults,
) -> None:
    """Note what is wrong with the table by itself and against the version it leads to."""
    for change in changes:
        _check_shape(change, faults)
    _check_versions(changes, version, faults)
    _check_twice(changes, faults)
    for change in changes:
        if change.to_version == version:
            _check_new(change, questions, faults)


def check_history(pack: Pack, earlier: Iterable[Pack], faults: Faults) -> None:
    """Note what earlier versions of the pack asked and the table does not account for."""
    for old in earlier:
        if old.id == pack.id and old.version != pack.version:
            _check_step(old, pack, faults)


def _wrong(faults: Faults, change: DeclaredChange, code: str, column: str, message: str,
           remedy: str) -> None:  # fmt: skip
    faults.add(code, message, remedy, file=CHANGES_FILE, row=change.row, column=column)


def _check_shape(change: DeclaredChange, faults: Faults) -> None:
    for column, names, (low, high) in zip(
        ("old", "new"), (change.old, change.new), _COUNTS[change.kind], strict=True
    ):
        if not low <= len(names) <= high:
            wanted = "none" if not high else "one" if high == 1 else "two or more"
            _wrong(
                faults, change, "wrong-number-of-questions", column,
                f"{change.kind.value} names {len(names)} questions under {column}.",
                f"Name {wanted}, with a bar between several.",
            )  # fmt: skip
    if change.kind is ChangeKind.RENAMED and change.old == change.new:
        _wrong(faults, change, "not-renamed", "new", "Old and new name are the same.",
               "Write «reworded», or another name.")  # fmt: skip
    if change.kind is ChangeKind.REWORDED and change.old != change.new:
        _wrong(faults, change, "renamed-too", "new", "A reworded question keeps its name.",
               "Write «renamed» or «rescaled».")  # fmt: skip
    if change.kind is ChangeKind.RESCALED and not change.mappings:
        _wrong(faults, change, "no-mapping", "mapping", "A rescaled question has no mapping.",
               "Say what each old answer is worth: old=new|old=new, *12, /30.")  # fmt: skip
    if not change.reason:
        _wrong(faults, change, "no-reason", "reason", "The change has no reason.",
               "Say in a sentence why; reports print it.")  # fmt: skip


def _check_versions(changes: tuple[DeclaredChange, ...], version: str, faults: Faults) -> None:
    towards: dict[str, str] = {}
    for change in changes:
        other = towards.setdefault(change.from_version, change.to_version)
        if other != change.to_version:
            _wrong(
                faults, change, "two-next-versions", "to_version",
                f"Version {change.from_version} is followed by {other} and {change.to_version}.",
                "One version has one that follows it.",
            )  # fmt: skip
    for change in changes:
        here, seen = change.from_version, set[str]()
        while here in towards and here not in seen and here != version:
            seen.add(here)
            here = towards[here]
        if here in seen or change.from_version == version:
            _wrong(faults, change, "version-circle", "to_version",
                   f"Version {change.from_version} leads back to itself.",
                   "Each version follows an earlier one.")  # fmt: skip
        elif here != version:
            _wrong(faults, change, "version-leads-nowhere", "to_version",
                   f"Nothing leads from version {here} to {version}, the version of this pack.",
                   "Correct to_version, or the version in settings.csv.")  # fmt: skip


def _check_twice(changes: tuple[DeclaredChange, ...], faults: Faults) -> None:
    stands: dict[tuple[str, str, str], int] = {}
    for change in changes:
        for column, names in (("old", change.old), ("new", change.new)):
            for name in names:
                first = stands.setdefault((change.from_version, column, name), change.row)
                if first != change.row:
                    _wrong(
                        faults, change, "declared-twice", column,
                        f"«{name}» stands already in row {first}, for the same two versions.",
                        "Say what became of it in one row.",
                    )  # fmt: skip


def _check_new(change: DeclaredChange, questions: Mapping[str, Question], faults: Faults) -> None:
    for name in change.new:
        if name not in questions:
            _wrong(faults, change, "unknown-question", "new", f"There is no question «{name}».",
                   f"Correct the name{nearest(name, list(questions))}.")  # fmt: skip
            continue
        known = {choice.name for choice in questions[name].choices}
        targets = {
            target
            for old in change.old
            for target in change.mapping(old, name).pairs.values()
            if target
        }
        for target in sorted(targets - known):
            _wrong(faults, change, "unknown-choice", "mapping",
                   f"«{target}» is no choice of {name}.",
                   f"Choose from {', '.join(sorted(known)) or 'none'}"
                   f"{nearest(target, sorted(known))}.")  # fmt: skip
    if change.kind not in _KEEPS_NAME:
        for name in change.old:
            if name in questions and name not in change.new:
                _wrong(faults, change, "still-asked", "old",
                       f"«{name}» is {change.kind.value} and still asked.",
                       "Remove it from survey.csv, or the row; never reuse a name.")  # fmt: skip


# --- against an earlier version -----------------------------------------------------------------


def _check_step(old: Pack, pack: Pack, faults: Faults) -> None:
    path = declared_steps(old, pack)
    first = path[0] if path else ()
    for change in first:
        for name in change.old:
            question = old.question.get(name)
            if question is None:
                _wrong(faults, change, "unknown-question", "old",
                       f"Version {old.version} asked no question «{name}».",
                       f"Correct the name{nearest(name, list(old.question))}.")  # fmt: skip
                continue
            for new in change.new:
                _check_total(change, question, new, faults)
                _check_sensitivity(change, question, pack.question.get(new), faults)
        if change.kind in (ChangeKind.RENAMED, ChangeKind.SPLIT, ChangeKind.MERGED):
            for name in change.new:
                if name in old.question and name not in change.old:
                    _wrong(faults, change, "name-reused", "new",
                           f"«{name}» was another question in version {old.version}.",
                           "Give the new question a name of its own.")  # fmt: skip
    difference = compare_packs(old, pack)
    for name in difference.removed:
        faults.add(
            "undeclared-removal",
            f"Version {old.version} asked «{name}»; version {pack.version} does not, and "
            "changes.csv does not say what became of it.",
            "Add a row: renamed, split, merged or dropped, with its reason.",
            file=CHANGES_FILE, question=name,
        )  # fmt: skip
    for changed in difference.changed:
        if not changed.comparable and not changed.declared:
            faults.add(
                "undeclared-change",
                f"The {changed.aspect} of «{changed.question}» changed since version "
                f"{old.version}; its answers are not compared with earlier ones.",
                "If they mean the same, say so in changes.csv: reworded or rescaled.",
                file=CHANGES_FILE, question=changed.question, note=True,
            )  # fmt: skip


def _check_total(change: DeclaredChange, question: Question, new: str, faults: Faults) -> None:
    mapping = change.mapping(question.name, new)
    if mapping.factor is not None and question.type not in _NUMBERS:
        _wrong(faults, change, "mapping-of-no-number", "mapping",
               f"«{question.name}» is no number.", "Write old=new|old=new.")  # fmt: skip
    if not mapping.pairs:
        return
    known = {choice.name for choice in question.choices}
    for name in sorted(mapping.pairs.keys() - known):
        _wrong(faults, change, "unknown-choice", "mapping",
               f"«{name}» was no choice of {question.name}.",
               f"Choose from {', '.join(sorted(known)) or 'none'}"
               f"{nearest(name, sorted(known))}.")  # fmt: skip
    for name in sorted(known - mapping.pairs.keys()):
        _wrong(faults, change, "mapping-not-total", "mapping",
               f"It is not said what the answer «{name}» to {question.name} became.",
               f"Add «{name}=...», or «{name}=» where it is worth nothing now.")  # fmt: skip


def _check_sensitivity(
    change: DeclaredChange, before: Question, after: Question | None, faults: Faults
) -> None:
    if after is not None and Sensitivity.highest(before.sensitivity, after.sensitivity) is not (
        after.sensitivity
    ):
        _wrong(
            faults, change, "sensitivity-lowered", "new",
            f"«{after.name}» is {after.sensitivity.value}; «{before.name}», whose answers it takes "
            f"over, was {before.sensitivity.value}.",
            "Answers were given under that promise: keep at least the same sensitivity.",
        )  # fmt: skip
