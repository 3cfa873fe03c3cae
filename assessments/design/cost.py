"""What a project costs, bottom-up and exact: quantity x unit cost, to the cent, everywhere.

Unit costs are whole dollars and quantities hundredths of a unit. Splitting a unit cost into
categories and a quantity into years by largest remainder keeps both whole, so every line is
exactly `quantity x unit cost` in cents and every total, by whatever key, is the same sum.
Support cost is a line of its own at the method's rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from assessments.errors import PackFault
from assessments.identifiers import Kind, printed_id
from assessments.language import Said, Share
from assessments.pack.design_method import DesignMethod
from assessments.pack.model import Intervention, Pack
from assessments.results import (
    Activity,
    AssessmentRef,
    Budget,
    BudgetLine,
    BudgetTotal,
    ChosenIntervention,
    Output,
)

CENT = Decimal("0.01")
DOLLAR = Decimal(1)
MONITORING, CONTINGENCY = "monitoring", "contingency"
_CATEGORIES = {
    "personnel": Said("Staff and other personnel"),
    "supplies": Said("Supplies, commodities and materials"),
    "equipment": Said("Equipment, vehicles and furniture"),
    "contractual": Said("Contractual services"),
    "travel": Said("Travel"),
    "transfers": Said("Transfers and grants to counterparts"),
    "operating": Said("General operating and other direct costs"),
    "monitoring": Said("Monitoring and evaluation"),
    "contingency": Said("Contingency"),
}


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one unit of an intervention costs, in whole dollars."""

    low: int
    high: int
    planned: int  # between low and high, as the method says
    monitoring: int  # added for monitoring and evaluation
    contingency: int

    @property
    def whole(self) -> int:
        """One unit with monitoring and contingency, without support cost."""
        return self.planned + self.monitoring + self.contingency


def unit_cost(one: Intervention, method: DesignMethod) -> UnitCost:
    """The planning figure of one unit, from the illustrative range of the table."""
    low, high = Decimal(one.unit_cost_low), Decimal(one.unit_cost_high)
    planned = _dollars(low + (high - low) * _exact(method.planning_point.value))
    return UnitCost(
        low=one.unit_cost_low,
        high=one.unit_cost_high,
        planned=planned,
        monitoring=_dollars(planned * _exact(method.monitoring.value)),
        contingency=_dollars(planned * _exact(method.contingency.value)),
    )


def _exact(value: float) -> Decimal:
    """The number as written in method.toml, not its binary neighbour."""
    return Decimal(str(value))


def _dollars(amount: Decimal) -> int:
    return int(amount.quantize(DOLLAR, ROUND_HALF_UP))


def cents(amount: Decimal) -> int:
    return int(amount * 100)


def support_cost(subtotal: Decimal, rate: Decimal) -> Decimal:
    """Programme support cost, to the cent, halves up."""
    return (subtotal * rate).quantize(CENT, ROUND_HALF_UP)


def support_rate(method: DesignMethod) -> Decimal:
    return _exact(method.support_rate.value)


def most_before_support(ceiling: Decimal, rate: Decimal) -> Decimal:
    """The largest subtotal whose total with support cost stays within the ceiling."""
    subtotal = (ceiling / (1 + rate)).quantize(CENT, ROUND_FLOOR)
    while subtotal + CENT + support_cost(subtotal + CENT, rate) <= ceiling:
        subtotal += CENT
    while subtotal > 0 and subtotal + support_cost(subtotal, rate) > ceiling:
        subtotal -= CENT
    return subtotal


def by_largest_remainder(whole: int, shares: Sequence[Decimal]) -> list[int]:
    """Whole parts that add up to `whole`, as near to the shares as can be; earlier wins a tie."""
    total = sum(shares, Decimal(0))
    if total <= 0:
        raise ValueError("shares must add up to more than zero")
    exact = [share * whole / total for share in shares]
    parts = [int(one.quantize(DOLLAR, ROUND_FLOOR)) for one in exact]
    left = whole - sum(parts)
    order = sorted(range(len(shares)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[:left]:
        parts[place] += 1
    return parts


@dataclass(frozen=True, slots=True)
class _Piece:
    """One category of one intervention's unit cost."""

    key: str  # last part of the line's id
    category: str
    kind: str  # "", MONITORING or CONTINGENCY
    unit_cost: int
    low: int
    high: int
    basis: str


def _pieces(one: Intervention, pack: Pack, method: DesignMethod) -> list[_Piece]:
    shares = [share for share in pack.cost_shares if share.type == one.type]
    if not shares:
        raise PackFault(
            f"cost_shares.csv says nothing of interventions of type {one.type!r} ({one.name}).",
            "Add rows for this type; their shares add up to 1.",
        )
    cost = unit_cost(one, method)
    weights = [_exact(share.share) for share in shares]
    columns = (
        by_largest_remainder(whole, weights) for whole in (cost.planned, cost.low, cost.high)
    )
    pieces = [
        _Piece(
            share.category,
            share.category,
            "",
            planned,
            min(low, planned),
            max(high, planned),
            _cost_basis(one.cost_basis, share.share, str(share.reason)),
        )
        for share, planned, low, high in zip(shares, *columns, strict=True)
    ]
    for kind, amount, category, rate in (
        (MONITORING, cost.monitoring, method.monitoring_category.value, method.monitoring),
        (CONTINGENCY, cost.contingency, method.contingency_category.value, method.contingency),
    ):
        pieces.append(_Piece(kind, category, kind, amount, amount, amount, rate.reason))
    return [piece for piece in pieces if piece.unit_cost]


def months_by_year(start: int, months: int) -> dict[int, int]:
    """Months of each project year (1 = first) that a stretch of time falls into."""
    found: dict[int, int] = {}
    for month in range(start, start + months):
        year = month // 12 + 1
        found[year] = found.get(year, 0) + 1
    return found


def _quantities(chosen: ChosenIntervention) -> dict[int, Decimal]:
    """The quantity by year, in hundredths, by the months worked in each."""
    years = months_by_year(chosen.start_month, max(chosen.months, 1))
    parts = by_largest_remainder(
        cents(chosen.quantity), [Decimal(months) for months in years.values()]
    )
    return {year: Decimal(part) / 100 for year, part in zip(years, parts, strict=True) if part}


def budget_lines(
    ref: AssessmentRef,
    pack: Pack,
    method: DesignMethod,
    chosen: Sequence[ChosenIntervention],
    activities: Sequence[Activity],
    outputs: Sequence[Output],
) -> tuple[BudgetLine, ...]:
    """One line for each activity, year and category."""
    by_id = {one.id: one for one in chosen}
    outcome_of = {output.id: output.outcome for output in outputs}
    lines = []
    for activity in activities:
        one = by_id[activity.intervention]
        pieces = _pieces(pack.intervention[one.intervention], pack, method)
        for year, quantity in _quantities(one).items():
            for piece in pieces:
                lines.append(
                    _line(ref, activity, one, outcome_of[activity.output], year, quantity, piece)
                )
    return tuple(lines)


def _line(
    ref: AssessmentRef,
    activity: Activity,
    one: ChosenIntervention,
    outcome: str,
    year: int,
    quantity: Decimal,
    piece: _Piece,
) -> BudgetLine:
    return BudgetLine(
        id=printed_id(
            Kind.BUDGET_LINE, ref.iso3, ref.round, tail(one.intervention), year, piece.key[:12]
        ),
        activity=activity.id,
        outcome=outcome,
        category=piece.category,
        description=_budget_line(piece.category, piece.kind, one.title),
        year=year,
        quantity=quantity,
        unit=one.unit,
        unit_cost=Decimal(piece.unit_cost).quantize(CENT),
        unit_cost_low=Decimal(piece.low).quantize(CENT),
        unit_cost_high=Decimal(piece.high).quantize(CENT),
        amount=(quantity * piece.unit_cost).quantize(CENT),
        basis=piece.basis,
        sensitivity=activity.sensitivity,
    )


def tail(intervention: str) -> str:
    """014 of INT_014: the local part of ids that rest on an intervention."""
    return intervention.split("_", 1)[-1]


def budget(lines: Sequence[BudgetLine], outcomes: Sequence[str], method: DesignMethod) -> Budget:
    """The lines with their totals; every total is the sum of the lines it stands for."""
    subtotal = sum((line.amount for line in lines), Decimal("0.00"))
    rate = support_rate(method)
    support = support_cost(subtotal, rate)
    return Budget(
        package="full",
        currency=method.currency.value,
        lines=tuple(lines),
        by_category=_totals({line.category: None for line in lines}, lines, "category"),
        by_year=_totals(
            dict.fromkeys(sorted({str(line.year) for line in lines}, key=int)), lines, "year"
        ),
        by_outcome=_totals(dict.fromkeys(outcomes), lines, "outcome"),
        subtotal=subtotal,
        support_rate=rate,
        support_cost=support,
        total=subtotal + support,
    )


def _totals(
    keys: Mapping[str, None], lines: Sequence[BudgetLine], column: str
) -> tuple[BudgetTotal, ...]:
    sums = dict.fromkeys(keys, Decimal("0.00"))
    for line in lines:
        sums[str(getattr(line, column))] += line.amount
    return tuple(BudgetTotal(key=key, amount=amount) for key, amount in sums.items())


# --- sentences ------------------------------------------------------------------------------------


def category_name(code: str) -> str:
    """What a budget category pays for."""
    return _CATEGORIES.get(code, code)


def _budget_line(code: str, kind: str, title: str) -> Said:
    return Said("{what}: {title!l}", what=category_name(kind or code), title=title)


def _cost_basis(basis: str, share: float, reason: str) -> Said:
    return Said.together(
        Said("{basis}; {share} of the unit cost.", basis=basis, share=Share(share)), reason
    )
