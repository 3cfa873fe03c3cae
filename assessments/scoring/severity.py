"""How severe a gap is, factor by factor, so that each can be questioned and moved.

Severity = gap x weights x compliance x breadth x enabling effect (project design, section 10).
Every factor is 1 or more but the gap and the weights, and every one is printed with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.pack.method import Method
from assessments.pack.model import Pack
from assessments.results import Part, RequirementStatus, SubDimensionScore
from assessments.scoring import priority_words as words


@dataclass(frozen=True, slots=True)
class Shift:
    """One weight of the method moved by a share, the others as they are."""

    name: str = ""  # dimension or sub-dimension code, or compliance, breadth, enabling
    times: float = 1.0

    def of(self, name: str) -> float:
        """The multiplier of `name` under this shift."""
        return self.times if name == self.name else 1.0


AS_IS = Shift()


@dataclass(frozen=True, slots=True)
class Drivers:
    """What makes one gap severe, before any number is put to it; the gap may be 0."""

    score: SubDimensionScore
    level: float
    target: float
    gap: float
    unmet: tuple[RequirementStatus, ...]
    forms: tuple[str, ...]
    institutions: tuple[str, ...]
    waiting: tuple[str, ...]  # other gaps that come after it
    first: tuple[str, ...]  # gaps that come before it
    national: bool

    def severity(self, method: Method, shift: Shift = AS_IS) -> float:
        """The severity, 0 or more, with one weight moved."""
        return self.gap * self.per_level(method, shift)

    def per_level(self, method: Method, shift: Shift = AS_IS) -> float:
        """What each level below the target weighs: every factor of the severity but the gap."""
        return (
            method.priorities.weight_of_severity.value
            * self._weight(method, shift)
            * self.compliance(method, shift)
            * self.breadth(method, shift)
            * self.enabling(method, shift)
        )

    def _weight(self, method: Method, shift: Shift) -> float:
        code, dimension = self.score.sub_dimension, self.score.dimension
        return (
            method.dimension_weight(dimension)
            * shift.of(dimension)
            * method.weight_of(code).value
            * shift.of(code)
        )

    def compliance(self, method: Method, shift: Shift = AS_IS) -> float:
        """More where a mandatory paragraph is not or only partly met."""
        if not self.unmet:
            return 1.0
        return 1 + (method.priorities.compliance_factor.value - 1) * shift.of("compliance")

    def breadth(self, method: Method, shift: Shift = AS_IS) -> float:
        """More with each further form and institution that gains, up to a cap."""
        further = max(0, len(self.forms) + len(self.institutions) - 2)
        step = method.priorities.breadth_step.value * shift.of("breadth")
        return min(method.priorities.breadth_cap.value, 1 + step * further)

    def enabling(self, method: Method, shift: Shift = AS_IS) -> float:
        """More with each other gap that waits for it, up to a cap."""
        step = method.priorities.enabling_step.value * shift.of("enabling")
        return min(method.priorities.enabling_cap.value, 1 + step * len(self.waiting))

    def parts(self, method: Method) -> tuple[Part, ...]:
        """Every factor with its value and its reason."""
        refs = list(dict.fromkeys(status.ref for status in self.unmet))
        return (
            Part(name="gap", value=self.gap, reason=words.gap_part(self.level, self.target)),
            Part(
                name="weight",
                value=round(self._weight(method, AS_IS), 4),
                reason=words.weight_part(self.score.dimension, self.score.sub_dimension),
            ),
            Part(
                name="compliance", value=self.compliance(method), reason=words.compliance_part(refs)
            ),
            Part(
                name="breadth",
                value=round(self.breadth(method), 4),
                reason=words.breadth_part(len(self.forms), len(self.institutions)),
            ),
            Part(
                name="enabling",
                value=round(self.enabling(method), 4),
                reason=words.enabling_part(self.waiting),
            ),
            Part(
                name="national_priority",
                value=1.0 if self.national else 0.0,
                reason=words.national_part(self.national),
            ),
        )


def shifts(method: Method, drivers: Sequence[Drivers]) -> tuple[Shift, ...]:
    """Each weight of the order moved down and up by the method's share, one at a time."""
    names = {"compliance", "breadth", "enabling"}
    for item in drivers:
        names |= {item.score.dimension, item.score.sub_dimension}
    share = method.priorities.weight_shift.value
    return tuple(Shift(name, 1 + sign * share) for name in sorted(names) for sign in (-1, 1))


def order(method: Method, drivers: Sequence[Drivers], shift: Shift = AS_IS) -> tuple[Drivers, ...]:
    """Most severe first; where severities tie, the government's own priorities come first."""
    severities = {item.score.sub_dimension: item.severity(method, shift) for item in drivers}

    def by_severity(item: Drivers) -> tuple[float, str]:
        return -severities[item.score.sub_dimension], item.score.sub_dimension

    waiting = sorted(drivers, key=by_severity)
    ranked: list[Drivers] = []
    while waiting:
        lead = severities[waiting[0].score.sub_dimension]
        bound = lead * (1 - method.priorities.tie_within.value)
        tied = [i for i in waiting if severities[i.score.sub_dimension] >= bound]
        ranked += sorted(tied, key=lambda item: (not item.national, *by_severity(item)))
        waiting = waiting[len(tied) :]
    return tuple(ranked)


def breadth_of(pack: Pack) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Cooperation forms and institutions that gain, by sub-dimension."""
    forms: dict[str, set[str]] = {s.code: {s.cooperation_form} for s in pack.sub_dimensions}
    for question in pack.questions:
        if question.sub_dimension in forms:
            forms[question.sub_dimension].add(question.cooperation_form)
    for requirement in pack.requirements:
        if requirement.sub_dimension in forms:
            forms[requirement.sub_dimension].add(requirement.cooperation_form)
    return {
        sub.code: (tuple(sorted(forms[sub.code] - {""})), sub.institutions)
        for sub in pack.sub_dimensions
    }


def waiting_for(method: Method, code: str, gaps: frozenset[str]) -> tuple[str, ...]:
    """The gaps that cannot be closed before `code` is, directly or through others."""
    found: set[str] = set()
    frontier = {code}
    while frontier:
        after = {
            name
            for name, dependency in method.dependencies.items()
            if frontier & set(dependency.comes_first)
        }
        frontier = after - found - {code}
        found |= frontier
    return tuple(sorted(found & gaps))
