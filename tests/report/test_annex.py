"""The annex reproduces every score with formulas of its own: LibreOffice computes them anew."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from annex_recalculated import HEAD, column, recalculated
from country_inputs import material, report_inputs
from word_file import needs_office

from assessments.language import words
from assessments.pack.load import load_pack
from assessments.pack.method import AggregationChoice, AggregationName
from assessments.pack.method_trial import with_method, with_trial
from assessments.report import ReportInputs
from assessments.results import AnswerState
from flows.annex import excel_annex
from flows.compute import compute
from flows.public_edition import compute_public
from flows.write_reports import public_answers

PACK = load_pack("cooperation")


def _agrees(book: Any, inputs: ReportInputs) -> None:
    """Every formula gives what is stored, and none fails."""
    failed = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("#")
    ]
    assert failed == []
    levels = {score.id: score for score in inputs.scores.sub_dimensions}
    for title, name in (("Level", "level"), ("Gap", "gap"), ("Coverage", "coverage")):
        computed = column(book["Levels"], title)
        assert len(computed) > 30
        for one, value in computed.items():
            _same(value, getattr(levels[one], name), f"{one} {title}")
    lines = {line.id: line for line in (*inputs.scores.dimensions, *inputs.scores.forms)}
    for title, name in (("Level", "level"), ("Coverage", "coverage"), ("Highest", "highest")):
        for one, value in column(book["Profile"], title).items():
            _same(None if value == "not shown" else value, getattr(lines[one], name), one)
    for gap in inputs.priorities.gaps:
        assert column(book["Gaps"], "Severity")[gap.id] == pytest.approx(gap.severity, abs=2e-4)
    budget = inputs.design.budget
    amounts = column(book["Budget"], "Amount")
    assert amounts == {line.id: pytest.approx(float(line.amount)) for line in budget.lines}
    sums = {row[3]: row[8] for row in book["Budget"].iter_rows(values_only=True) if not row[0]}
    assert sums["Total"] == pytest.approx(float(budget.total))
    assert sums["Programme support cost"] == pytest.approx(float(budget.support_cost))
    rows = book["Convention"].iter_rows(min_row=HEAD + 1, values_only=True)
    counts = [row[9] for row in rows if row[8]]
    assert counts == [line.count for line in inputs.scores.mandatory]


def _same(computed: object, stored: float | None, what: str) -> None:
    value = None if computed in ("", None) else computed
    assert (value is None) == (stored is None), what
    if stored is not None:
        assert value == pytest.approx(stored, abs=2e-4), what


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> ReportInputs:
    """The restricted edition of one country."""
    given = material(tmp_path_factory.mktemp("home"), "XAA", PACK)
    return report_inputs(given, compute(given), "restricted")


@needs_office
def test_libreoffice_computes_the_scores_that_are_stored(
    whole: ReportInputs, tmp_path: Path
) -> None:
    _agrees(recalculated(excel_annex(whole, tmp_path / "annex.xlsx"), tmp_path), whole)


@needs_office
def test_the_formulas_follow_the_method(tmp_path: Path) -> None:
    """Other aggregations, missing answers that count, a lower cap: what the method says, Excel
    does, also for answers taken out at random."""
    small = {
        sub.code: sum(
            1 for q in PACK.questions
            if q.sub_dimension == sub.code and q.score and not q.is_level and q.weight > 0
        )
        for sub in PACK.sub_dimensions
    }  # fmt: skip
    table = [code for code, number in small.items() if 2 <= number <= 4][:6]
    settings: Mapping[str, str | float] = {
        "aggregation.default": "geometric_mean",
        "aggregation.profile": "weakest_link",
        "published": "established",
        "knockout.cap": 0.7,
        "weights.LEG-3": 2.5,
    }
    pack = with_trial(PACK, settings)
    assert pack.method is not None
    rule = AggregationChoice(value=AggregationName.PEFA_M2, reason="trial")
    chosen = pack.method.aggregation.model_copy(update={"overrides": dict.fromkeys(table, rule)})
    pack = with_method(pack, pack.method.model_copy(update={"aggregation": chosen}))
    given = material(tmp_path / "home", "XAB", pack)
    pick = random.Random(7)
    answers = tuple(
        one.model_copy(update={"state": AnswerState.NO_INFORMATION, "value": None})
        if pick.random() < 0.1
        else one
        for one in given.answers
    )
    changed = replace(given, answers=answers)
    inputs = report_inputs(changed, compute(changed), "restricted")
    used = {score.aggregation for score in inputs.scores.sub_dimensions}
    assert used >= {"geometric_mean", "pefa_m2"}
    _agrees(recalculated(excel_annex(inputs, tmp_path / "annex.xlsx"), tmp_path), inputs)


@needs_office
def test_a_changed_score_changes_the_level_as_by_hand(whole: ReportInputs, tmp_path: Path) -> None:
    score = next(s for s in whole.scores.sub_dimensions if s.sub_dimension == "STR-1")
    answered = [fact for fact in score.facts if fact.score is not None]
    assert score.aggregation == "weighted_mean"

    def change(book: Any) -> None:
        sheet = book["Data"]
        for row in sheet.iter_rows(min_row=HEAD + 1):
            if row[2].value == answered[0].question:
                row[4].value = 4.0

    book = recalculated(excel_annex(whole, tmp_path / "annex.xlsx"), tmp_path, change)
    weight = sum(fact.weight for fact in answered)
    by_hand = (4 * answered[0].weight + sum(f.score * f.weight for f in answered[1:])) / weight
    assert column(book["Levels"], "Level")[score.id] == pytest.approx(by_hand, abs=1e-4)


def test_the_public_annex_holds_no_restricted_answer(tmp_path: Path) -> None:
    """Whatever is answered to questions that are not public, the file says the same."""
    whole = material(tmp_path / "home", "XAD", PACK)
    public = {one.id for one in public_answers(PACK, whole.answers)}
    silent = replace(whole, answers=tuple(one for one in whole.answers if one.id in public))
    shown = []
    for number, given in enumerate((whole, silent)):
        inputs = report_inputs(given, compute_public(given), "public")
        path = excel_annex(inputs, tmp_path / f"{number}.xlsx")
        book = openpyxl.load_workbook(path)
        shown.append([[cell.value for row in sheet for cell in row] for sheet in book])
    assert shown[0] == shown[1]
    text = "\n".join(str(value) for sheet in shown[0] for value in sheet)
    cited = set(re.findall(r"ANS_\w+", text))
    assert len(cited) > 100
    assert cited <= public


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_written_in_the_language_asked_for(
    whole: ReportInputs, tmp_path: Path, language: str
) -> None:
    book = openpyxl.load_workbook(excel_annex(whole, tmp_path / "annex.xlsx", language))
    assert words(language)("Levels") in book.sheetnames
    assert "Levels" not in book.sheetnames
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {language == "ar"}


def test_the_trace_says_what_each_id_is_in_the_reader_s_language(
    whole: ReportInputs, tmp_path: Path
) -> None:
    """Answers may read alike in two languages; nothing that the house says does."""
    said = {}
    for language in ("en", "fr"):
        book = openpyxl.load_workbook(excel_annex(whole, tmp_path / "annex.xlsx", language))
        rows = book.worksheets[-1].iter_rows(min_row=HEAD + 1, max_col=3, values_only=True)
        said[language] = {name: (kind, text) for name, kind, text in rows}
    assert said["en"].keys() == said["fr"].keys()
    ours = {name for name, (kind, _) in said["en"].items() if kind not in ("Answer", "Method")}
    assert len(ours) > 800
    assert {name for name in ours if not said["en"][name][1]} == set()
    assert {name for name in ours if said["en"][name][1] == said["fr"][name][1]} == set()
    answered = next(a for a in whole.answers if a.value == "yes")
    assert said["fr"][answered.id] == ("R\u00e9ponse", "Oui")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_method_sheet_says_each_value_and_its_reason_in_the_reader_s_language(
    whole: ReportInputs, tmp_path: Path, language: str
) -> None:
    book = openpyxl.load_workbook(excel_annex(whole, tmp_path / "annex.xlsx", language))
    sheet = book[words(language)("Method")]
    rows = [row for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True) if row[3]]
    assert {row[3] for row in rows} > {"published", "floor", "knockout.cap", "weight OPS-1"}
    assert PACK.method is not None
    floor = next(row[2] for row in rows if row[3] == "floor")
    assert floor == PACK.method.coverage.floor.why.in_(language)
    english = {PACK.method.weight_of(sub.code).reason for sub in PACK.sub_dimensions}
    said = {str(row[2]) for row in rows}
    assert not any(text.endswith("[en]") for text in said)
    assert (english <= said) == (language == "en")
