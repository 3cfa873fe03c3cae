"""From any id that a report prints back to the cells it rests on.

A chain runs budget line, activity, output, outcome, intervention, rule, gap, score, requirement,
method, answers. It ends in the cells of received workbooks, also where a cell is blank: what was
not answered is as much a ground of a finding as what was. The answers are those of the run that
printed the id, in the versions it rested on, even where a correction has come in since.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from assessments.errors import UnknownId
from assessments.identifiers import split_id
from assessments.pack.model import Pack
from assessments.results import (
    PUBLIC_EDITION,
    Answer,
    AnswersReview,
    AnswerValue,
    Priorities,
    ProjectDesign,
    Scores,
    Sensitivity,
    Value,
)
from assessments.store import EvidenceItem, Run, Store
from assessments.store.carried import AnswersUnder, answers_under
from assessments.trace_index import KINDS, Index, Node, index_results

MARK = {
    Sensitivity.RESTRICTED: "[restricted]",
    Sensitivity.CONFIDENTIAL: "[confidential]",
}

_RESPONSES = {"public": Sensitivity.PUBLIC, "restricted": Sensitivity.RESTRICTED}  # by edition
_CHANGED = "Answers have changed since this run; it shows what the run rested on."


class Document(Value):
    """A registered document that an answer rests on."""

    number: int  # in the evidence register of the assessment
    title: str
    reference: str = ""
    provision: str = ""
    seen_by: str = ""  # "" where it is only stated
    seen_on: str = ""
    answers: int  # how many answers it serves


class Link(Value):
    """One step of a chain; the last fields only of an answer."""

    kind: str
    id: str
    text: str
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    rests_on: tuple[str, ...] = ()  # ids of links further down
    workbook_sha256: str | None = None
    file_name: str | None = None
    sheet: str | None = None
    cell: str | None = None
    institution: str | None = None
    question: str | None = None
    state: str | None = None
    value: AnswerValue | None = None
    evidence: str | None = None
    evidence_state: str | None = None
    documents: tuple[Document, ...] | None = None  # of the evidence register


class Chain(Value):
    """What a printed id rests on, from itself down to the cells."""

    id: str
    iso3: str
    round: str
    run: str  # "" where the id is an answer and no run was made yet
    note: str  # where answers have changed since the run
    chain: tuple[Link, ...]

    def document(self) -> dict[str, object]:
        """For `--json`: fields that do not apply are left out."""
        return self.model_dump(mode="json", exclude_none=True)


def trace(name: str, store: Store, pack: Pack, *, restricted: bool = False) -> Chain:
    """The chain of a printed id.

    Without `restricted` the chain is that of the public edition, in which nothing rests on a
    restricted or confidential answer; the answers themselves are replaced by their mark. Raises
    UnknownId, with the nearest ids, where no result prints it.
    """
    near: list[str] = []
    for iso3, round_ in _where(name, store):
        run = store.latest_run(iso3, round_)
        index = _index(store, pack, iso3, round_, run, restricted=restricted)
        if name in index.nodes:
            changed = run is not None and store.answers_digest(iso3, round_) != run.answers_digest
            return Chain(
                id=name,
                iso3=iso3,
                round=round_,
                run=run.key if run else "",
                note=_CHANGED if changed else "",
                chain=_links(
                    name, index, pack, store.evidence(iso3, round_), restricted=restricted
                ),
            )
        near += index.nodes
    raise UnknownId(
        f"No result prints the id {name}.", _nearest(name, near, store, restricted=restricted)
    )


def _where(name: str, store: Store) -> list[tuple[str, str]]:
    """The assessment an id names; all of them where it names none, such as a rule's."""
    opened = [(item.iso3, item.round) for item in store.assessments()]
    try:
        _, iso3, round_, _ = split_id(name)
    except ValueError:
        return opened
    return [(iso3, round_)] if (iso3, round_) in opened else []


def _nearest(name: str, known: Iterable[str], store: Store, *, restricted: bool) -> str:
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    if close:
        also = "" if restricted else " An id of the restricted report needs --restricted."
        return f"Did you mean {', '.join(close)}?{also}"
    opened = ", ".join(f"{item.iso3} {item.round}" for item in store.assessments()[:10])
    if not opened:
        return "This store holds no assessment yet; see `tana demo`."
    return f"Use an id from a report of {opened}; run `tana assess` where there is none yet."


def _index(
    store: Store, pack: Pack, iso3: str, round_: str, run: Run | None, *, restricted: bool
) -> Index:
    if run is None:
        standing = answers_under(store, iso3, round_, pack)
        index = _with_earlier(index_results(pack, standing.answers), standing)
        return _with_said(index, store, iso3, round_)
    results = _results(run, public=not restricted)
    review = results.get(AnswersReview)
    versions = (
        {item.institution: item.version for item in review.respondents}
        if isinstance(review, AnswersReview)
        else None
    )
    standing = answers_under(store, iso3, round_, pack, versions=versions)
    index = index_results(pack, standing.answers, *results.values())
    return _with_said(_with_earlier(index, standing), store, iso3, round_)


def _with_said(index: Index, store: Store, iso3: str, round_: str) -> Index:
    """The index, with the cells in which the project was decided on or the report responded to."""
    for edition, mark in _RESPONSES.items():
        for one in store.responses(iso3, round_, edition):
            what = f"Response of the Government to {one.question}"
            index.nodes[one.id] = Node("answer", one.id, what, (), mark, one)
    for one in store.decisions(iso3, round_):
        offer = index.pack.intervention.get(one.question)
        what = f"Decision: {offer.title if offer else one.question}"
        index.nodes[one.id] = Node("answer", one.id, what, (), Sensitivity.PUBLIC, one)
    return index


def _with_earlier(index: Index, standing: AnswersUnder) -> Index:
    """The index, with the answers to earlier versions under the ids they were given."""
    for answer in standing.earlier:
        question = standing.asked[answer.id]
        node = Node("answer", answer.id, str(question.label), (), question.sensitivity, answer)
        index.nodes.setdefault(answer.id, node)
    return index


def _results(run: Run, *, public: bool) -> dict[type[Value], Value]:
    """A run's documents as models, whatever names they are kept under.

    A run without a public edition (its notebooks were changed) is shown whole, with marks.
    """
    public = public and any(name.startswith(PUBLIC_EDITION) for name in run.results)
    prefix = PUBLIC_EDITION if public else ""
    found: dict[type[Value], Value] = {}
    endings: Mapping[str, type[Value]] = {
        "check_answers": AnswersReview,
        "answers_review": AnswersReview,
        "score_gaps": Scores,
        "scores": Scores,
        "set_priorities": Priorities,
        "priorities": Priorities,
        "design_project": ProjectDesign,
        "project_design": ProjectDesign,
    }
    for name, document in run.results.items():
        ours = name.startswith(prefix)
        model = endings.get(name.removeprefix(prefix).lstrip("0123456789_")) if ours else None
        if model is not None:
            found[model] = model.model_validate_json(document)
    return found


def _links(
    name: str,
    index: Index,
    pack: Pack,
    register: Iterable[EvidenceItem],
    *,
    restricted: bool,
) -> tuple[Link, ...]:
    first, *rest = index.reach(name)
    ordered = [first, *sorted(rest, key=lambda node: KINDS.index(node.kind))]
    documents = _by_answer(register, restricted=restricted)
    return tuple(_link(node, pack, documents, restricted=restricted) for node in ordered)


def _by_answer(
    register: Iterable[EvidenceItem], *, restricted: bool
) -> dict[str, tuple[Document, ...]]:
    """The documents each answer rests on; a sensitive one by its mark alone."""
    found: dict[str, tuple[Document, ...]] = {}
    for item in register:
        mark = "" if restricted else MARK.get(item.classification, "")
        for answer in item.answers:
            document = Document(
                number=item.id,
                title=mark or item.title,
                reference="" if mark else item.reference,
                provision="" if mark else item.provisions.get(answer, ""),
                seen_by=item.seen_by,
                seen_on=item.seen_on,
                answers=len(item.answers),
            )
            found[answer] = (*found.get(answer, ()), document)
    return found


def _link(
    node: Node, pack: Pack, documents: Mapping[str, tuple[Document, ...]], *, restricted: bool
) -> Link:
    mark = "" if restricted else MARK.get(node.sensitivity, "")
    base = Link(
        kind=node.kind,
        id=node.id,
        text=mark or node.text,
        sensitivity=node.sensitivity,
        rests_on=node.rests_on,
    )
    if node.answer is None:
        return base
    linked = _answer_link(base.model_copy(update={"text": node.text}), node.answer, pack, mark)
    given = node.answer.carried_from or node.id
    return linked.model_copy(update={"documents": documents.get(given)})


def _answer_link(base: Link, answer: Answer, pack: Pack, mark: str) -> Link:
    question = pack.question.get(answer.question)
    label = str(question.label) if question else base.text or answer.question
    if answer.carried:
        label = f"{label} ({answer.carried})"
    shown = answer.value if answer.value is not None else (answer.raw or None)
    return base.model_copy(
        update={
            "text": label,  # the question is public, the answer may not be
            "workbook_sha256": answer.source.workbook_sha256,
            "file_name": answer.source.file_name,
            "sheet": answer.source.sheet,
            "cell": answer.source.cell,
            "institution": answer.institution,
            "question": answer.question,
            "state": mark or answer.state.value,
            "value": (mark or shown) if shown is not None else None,
            "evidence": (mark or answer.evidence) if answer.evidence else None,
            "evidence_state": mark or answer.evidence_state.value,
        }
    )
