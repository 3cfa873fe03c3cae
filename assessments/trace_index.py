"""What rests on what: the results of a run as a graph of ids.

Each result says itself on what it rests (a gap names its score, a budget line its activity); this
module only puts those statements side by side, so that `assessments.trace` can walk them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assessments.identifiers import Kind, printed_id
from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    AnswersReview,
    Gap,
    Indicator,
    Priorities,
    ProfileLine,
    ProjectDesign,
    RequirementStatus,
    Scores,
    Sensitivity,
    SubDimensionScore,
    Value,
    Voice,
)
from assessments.scoring.publication import closed_questions

# In the order in which a chain prints them.
KINDS = (
    "budget_line",
    "indicator",
    "package",
    "activity",
    "output",
    "outcome",
    "risk",
    "intervention",
    "rule",
    "gap",
    "profile",
    "score",
    "requirement",
    "rate",
    "coverage",
    "method",
    "knowledge",  # a stated end: the pack says it, no answer does
    "answer",
)


@dataclass(frozen=True, slots=True)
class Node:
    """One printed thing and the ids it rests on."""

    kind: str
    id: str
    text: str
    rests_on: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    answer: Answer | None = None


@dataclass(slots=True)
class Index:
    """All nodes of one run by id."""

    pack: Pack
    nodes: dict[str, Node] = field(default_factory=dict)
    by_question: dict[str, list[str]] = field(default_factory=dict)  # answers of every state

    def add(
        self,
        kind: str,
        name: str,
        text: str,
        rests_on: Iterable[str] = (),
        sensitivity: Sensitivity = Sensitivity.PUBLIC,
    ) -> None:
        """Put a node in, once."""
        grounds = tuple(dict.fromkeys(item for item in rests_on if item and item != name))
        self.nodes.setdefault(name, Node(kind, name, text, grounds, sensitivity))

    def cells(self, question: str, voices: Iterable[Voice] = ()) -> list[str]:
        """Every cell in which a question was put, answered or blank."""
        return [*(voice.answer for voice in voices), *self.by_question.get(question, ())]

    def reach(self, name: str) -> list[Node]:
        """The node and all it rests on, nearest first."""
        found, queue = {name: self.nodes[name]}, [name]
        while queue:
            for ground in self.nodes[queue.pop(0)].rests_on:
                if ground in self.nodes and ground not in found:
                    found[ground] = self.nodes[ground]
                    queue.append(ground)
        return list(found.values())


def index_results(pack: Pack, answers: Iterable[Answer], *results: Value) -> Index:
    """The graph of a run's results and the answers they rest on."""
    index = Index(pack)
    closed = closed_questions(pack)
    for answer in answers:
        question = pack.question.get(answer.question)
        mark = question.sensitivity if question else Sensitivity.PUBLIC
        if answer.question in closed:  # also where being asked would tell another answer
            mark = Sensitivity.highest(mark, Sensitivity.RESTRICTED)
        index.nodes[answer.id] = Node("answer", answer.id, "", (), mark, answer)
        index.by_question.setdefault(answer.question, []).append(answer.id)
    readers: dict[type[Value], Callable[[Index, Value], None]] = {
        AnswersReview: _review,
        Scores: _scores,
        Priorities: _priorities,
        ProjectDesign: _design,
    }
    order = list(readers)  # later ones refer to earlier ones
    for result in sorted(results, key=lambda result: order.index(type(result))):
        readers[type(result)](index, result)
    return index


def _review(index: Index, review: Value) -> None:
    assert isinstance(review, AnswersReview)
    for line in review.coverage:
        cells = [
            name
            for question, names in index.by_question.items()
            if _in_part(index.pack, question, line.part)
            for name in names
        ]
        text = f"{line.answered} of {line.applicable} applicable questions of {line.part} answered"
        index.add("coverage", line.id, text, cells)


def _in_part(pack: Pack, name: str, part: str) -> bool:
    question = pack.question.get(name)
    return part == "all" or (
        question is not None and part in (question.dimension, question.sub_dimension)
    )


def _scores(index: Index, scores: Value) -> None:
    assert isinstance(scores, Scores)
    version = scores.assessment.method_version
    method = f"method_{version}"
    index.add("method", method, f"Method {version} of pack {scores.assessment.pack}")
    for score in scores.sub_dimensions:
        index.add(
            "score",
            score.id,
            _score_text(score, index.pack),
            [method, *(_score_cells(score, index) or [_end(index, score.sub_dimension)])],
            score.sensitivity,
        )
    for status in scores.requirements:
        cells = index.cells(status.question, status.voices)
        alternative = [other.id for other in scores.requirements if other.ref == status.met_by]
        index.add(
            "requirement",
            status.id,
            _requirement_text(status, index.pack),
            [*cells, *alternative] if cells else [*alternative, _end(index, status.requirement)],
            status.sensitivity,
        )
    for line in (*scores.dimensions, *scores.forms):
        _profile(index, line, scores)
    for rate in scores.rates:
        text = f"{rate.label}: {_number(rate.value)} {rate.unit}".strip()
        hidden = Sensitivity.highest(
            rate.sensitivity, Sensitivity.RESTRICTED if rate.small_number else Sensitivity.PUBLIC
        )
        index.add("rate", rate.name, text, rate.answers, hidden)


def _end(index: Index, entry: str) -> str:
    """A stated end of a chain: an entry of the pack that no answer stands behind."""
    name = f"pack_{entry}".replace("-", "_")
    index.add("knowledge", name, f"{entry}, as the pack has it: no answer stands behind it")
    return name


def _score_cells(score: SubDimensionScore, index: Index) -> list[str]:
    """The cells behind a level: of its facts, of its self-rating, and those left blank."""
    asked = {fact.question: fact.voices for fact in score.facts}
    for question in index.pack.questions:
        if question.sub_dimension == score.sub_dimension and (question.is_level or question.score):
            asked.setdefault(question.name, ())
    cells = [name for question, voices in asked.items() for name in index.cells(question, voices)]
    return cells + [voice.answer for voice in score.self_rated]


def _score_text(score: SubDimensionScore, pack: Pack) -> str:
    sub = pack.sub_dimension.get(score.sub_dimension)
    name = f"{score.sub_dimension} {sub.name}" if sub else score.sub_dimension
    if score.level is None:
        return f"{name}: not enough information {score.because}".strip()
    return (
        f"{name}: level {_number(score.level)} of 4 ({score.aggregation}) {score.because}".strip()
    )


def _requirement_text(status: RequirementStatus, pack: Pack) -> str:
    return f"{pack.treaty} {status.ref}: {status.verdict.value} {status.because}".strip()


def _profile(index: Index, line: ProfileLine, scores: Scores) -> None:
    forms = {sub.code: sub.cooperation_form for sub in index.pack.sub_dimensions}
    grounds = [
        score.id
        for score in scores.sub_dimensions
        if line.code in (score.dimension, forms.get(score.sub_dimension))
    ]
    text = f"{line.code}: level {_number(line.level)}, {line.scored} of {line.of} scored"
    index.add("profile", line.id, text, grounds, line.sensitivity)


def _priorities(index: Index, priorities: Value) -> None:
    assert isinstance(priorities, Priorities)
    for gap in priorities.gaps:
        index.add("gap", gap.id, _gap_text(gap), (gap.score, *gap.unmet), gap.sensitivity)


def _gap_text(gap: Gap) -> str:
    return (
        f"Priority {gap.rank}: {gap.sub_dimension} stands at {_number(gap.level)}, "
        f"target {_number(gap.target)}. {gap.reason}"
    ).strip()


def _design(index: Index, design: Value) -> None:
    assert isinstance(design, ProjectDesign)
    for line in design.budget.lines:
        text = f"{line.description}: {line.amount} {design.budget.currency}, year {line.year}"
        index.add("budget_line", line.id, text, (line.activity,), line.sensitivity)
    for activity in design.activities:
        grounds = (activity.output, activity.intervention)
        index.add("activity", activity.id, activity.text, grounds, activity.sensitivity)
    for output in design.outputs:
        index.add("output", output.id, output.text, (output.outcome,), output.sensitivity)
        _indicators(index, output.indicators, output.id)
    for outcome in design.outcomes:
        index.add("outcome", outcome.id, outcome.text, outcome.gaps, outcome.sensitivity)
        _indicators(index, outcome.indicators, outcome.id)
    for item in design.impact_indicators:
        counted = [node.id for node in index.nodes.values() if node.kind == "requirement"]
        index.add("indicator", item.id, item.text, counted, item.sensitivity)
    _interventions(index, design)
    for risk in design.risks:
        ends = risk.rests_on or (_end(index, "risks"),)
        index.add("risk", risk.id, risk.event, ends, risk.sensitivity)


def _indicators(index: Index, indicators: Iterable[Indicator], of: str) -> None:
    for item in indicators:
        grounds = (of, *index.by_question.get(item.question, ()))
        index.add("indicator", item.id, item.text, grounds, item.sensitivity)


def _interventions(index: Index, design: ProjectDesign) -> None:
    printed = {item.intervention: item.id for item in design.interventions}
    for item in design.interventions:
        rules = [_rule_id(item.id, rule.rule) for rule in item.rules]
        # offered for no gap of its own: it comes first for others, and rests on their gaps
        later = [o.id for o in design.interventions if item.intervention in o.after]
        index.add(
            "intervention",
            item.id,
            f"{item.intervention} {item.title}. {item.why}",
            (*rules, *(item.gaps or later)),
            item.sensitivity,
        )
        for rule, name in zip(item.rules, rules, strict=True):
            text = f"{rule.rule} ({rule.effect}): {rule.reason}"
            index.add("rule", name, text, rule.answers, rule.sensitivity)
            index.add("rule", rule.rule, text, rule.answers, rule.sensitivity)
    for rejected in design.rejected:
        name = _rejected_id(rejected.intervention, design)
        known = index.pack.intervention.get(rejected.intervention)
        served = known.sub_dimensions if known else ()
        grounds = [answer for rule in rejected.rules for answer in rule.answers]
        grounds += [
            node
            for node in (
                printed_id(Kind.SCORE, design.assessment.iso3, design.assessment.round, code)
                for code in served
            )
            if node in index.nodes
        ]
        grounds = grounds or [_end(index, rejected.intervention)]
        hidden = Sensitivity.highest(
            rejected.sensitivity, *(rule.sensitivity for rule in rejected.rules)
        )
        text = f"{rejected.intervention} {rejected.title} left out: {rejected.reason}"
        index.add("intervention", name, text, grounds, hidden)
    for package in design.packages:
        chosen = [printed[name] for name in package.chosen if name in printed]
        index.add("package", package.id, f"{package.name}: {package.total}", chosen)


def _rule_id(intervention: str, rule: str) -> str:
    """A rule reads other answers for each intervention, so each application has its own node."""
    name = f"{intervention}_{rule}"
    return name if len(name) <= 40 else rule


def _rejected_id(intervention: str, design: ProjectDesign) -> str:
    local = intervention.removeprefix("INT_")
    return printed_id(Kind.INTERVENTION, design.assessment.iso3, design.assessment.round, local)


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
