"""Answers given to an earlier version of a pack, as answers to the version that is asked now.

`changes.csv` of the new version says what each is worth. A carried answer keeps its cell, its
evidence and the id under which it was given, and says by which rule it came. Where old and new are
not comparable, the new question counts as not answered and the old answer stands beside it as raw
text, to be confirmed: nothing is scored as if it had been asked newly, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.identifiers import Kind, printed_id, split_id
from assessments.pack.changes import ChangeKind, DeclaredChange
from assessments.pack.compare import compare_packs, declared_steps
from assessments.pack.model import Pack, Question, QuestionType
from assessments.results import Answer, AnswerState, AnswerValue

_SILENT = (AnswerState.BLANK, AnswerState.SKIPPED)
_NUMBERS = (QuestionType.INTEGER, QuestionType.DECIMAL)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What became of a set of answers in the new version."""

    answers: tuple[Answer, ...]  # to questions of the new version
    left: tuple[Answer, ...]  # to questions that are no longer asked: kept, never scored


def carry_over(answers: Iterable[Answer], old: Pack, new: Pack) -> CarriedOver:
    """`answers`, given to `old`, as answers to `new`.

    A question that no row speaks of and that changed its wording, type, choices or unit counts as
    changed without comparison.
    """
    path = declared_steps(old, new)
    broken = {
        change.question: f"its {change.aspect} changed (version {old.version} to {new.version})"
        for change in compare_packs(old, new).changed
        if not change.comparable and not change.declared
    }
    by_institution: dict[str, list[Answer]] = {}
    for answer in answers:
        by_institution.setdefault(answer.institution, []).append(answer)
    carried: list[Answer] = []
    left: list[Answer] = []
    for given in by_institution.values():
        here = {answer.question: answer for answer in given}
        for step in path:
            here, dropped = _step(here, step)
            left.extend(dropped)
        for name, answer in here.items():
            question = new.question.get(name)
            if question is None:
                left.append(answer)
            elif name in broken:
                carried.append(_unanswered(answer, name, broken[name]))
            else:
                carried.append(_fitting(answer, question))
    return CarriedOver(tuple(carried), tuple(left))


def _step(
    here: Mapping[str, Answer], step: Sequence[DeclaredChange]
) -> tuple[dict[str, Answer], list[Answer]]:
    """The answers after one version's changes, and those to dropped questions."""
    touched = {name for change in step for name in change.old}
    after = {name: answer for name, answer in here.items() if name not in touched}
    dropped: list[Answer] = []
    for change in step:
        given = [here[name] for name in change.old if name in here]
        if not given:
            continue
        if change.kind is ChangeKind.DROPPED:
            dropped.extend(given)
        elif change.kind is ChangeKind.MERGED:
            after[change.new[0]] = _merged(given, change)
        else:
            after |= {name: _one(given[0], name, change) for name in change.new}
    return after, dropped


def _one(answer: Answer, name: str, change: DeclaredChange) -> Answer:
    mapping = change.mapping(answer.question, name)
    if not change.comparable or not mapping.carries:
        return _unanswered(answer, name, change.rule)
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        return _moved(answer, name, change.rule)
    value = mapping.of(answer.value)
    if value is None:
        return _unanswered(answer, name, change.rule)
    return _moved(answer, name, change.rule).model_copy(update={"value": value})


def _merged(given: Sequence[Answer], change: DeclaredChange) -> Answer:
    """Numbers are added; other answers must agree, and all must have been given."""
    name = change.new[0]
    parts = [_one(answer, name, change) for answer in given]
    values = [part.value for part in parts if part.state is AnswerState.ANSWERED]
    numbers = [value for value in values if isinstance(value, float)]
    if len(values) == len(change.old):
        if len(numbers) == len(values):
            return parts[0].model_copy(update={"value": sum(numbers)})
        if all(value == values[0] for value in values):
            return parts[0]
    said = any(answer.state not in _SILENT for answer in given)
    together = "; ".join(f"{one.question}: {_text(one) or one.state.value}" for one in given)
    return _unanswered(given[0], name, change.rule).model_copy(
        update={"raw": together if said else ""}
    )


def _fitting(answer: Answer, question: Question) -> Answer:
    """The answer, where it is one that the question takes."""
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        return answer
    if _fits(answer.value, question):
        return answer
    rule = answer.carried or "no such answer in this version"
    return _unanswered(answer, question.name, rule)


def _fits(value: AnswerValue, question: Question) -> bool:
    names = {choice.name for choice in question.choices}
    if question.type is QuestionType.TABLE:
        columns = {column.name for column in question.columns}
        return isinstance(value, tuple) and all(
            isinstance(row, dict) and row.keys() <= columns for row in value
        )
    if question.type in _NUMBERS:
        return isinstance(value, float)
    if isinstance(value, tuple):
        return question.type is QuestionType.SELECT_MULTIPLE and all(
            isinstance(item, str) and item in names for item in value
        )
    if question.type in (QuestionType.SELECT_ONE, QuestionType.LEVEL):
        return value in names
    return isinstance(value, str) and question.type is not QuestionType.SELECT_MULTIPLE


def _moved(answer: Answer, name: str, rule: str) -> Answer:
    """The answer under the new name, with the rule that brought it and where it came from."""
    _, iso3, round_, _ = split_id(answer.id)
    return answer.model_copy(
        update={
            "id": printed_id(Kind.ANSWER, iso3, round_, answer.institution, name),
            "question": name,
            "carried": "; ".join(filter(None, (answer.carried, rule))),
            "carried_from": answer.carried_from or answer.id,
        }
    )


def _unanswered(answer: Answer, name: str, rule: str) -> Answer:
    """The new question as not answered, with the old answer beside it to be confirmed."""
    return _moved(answer, name, rule).model_copy(
        update={"state": AnswerState.BLANK, "value": None, "raw": _text(answer)}
    )


def _text(answer: Answer) -> str:
    """What was answered, as a person can read it: the state where no value was given."""
    value = answer.value
    if value is None:
        return answer.raw or ("" if answer.state in _SILENT else answer.state.value)
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else value
