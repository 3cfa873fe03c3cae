"""The whole job on four fictional countries, as if their workbooks had come by mail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from assessments import paths
from assessments.results import AnswersReview, AnswerState, ProjectDesign, Value
from assessments.settings import Settings, private_folder
from assessments.store import open_store
from assessments.workbook.fill import fill_workbook
from flows.assess_region import assess_region
from flows.build_questionnaires import build_questionnaires
from flows.examples import ROUND, example_countries, refuse_beside_real_work
from flows.progress import tell
from flows.receive_workbooks import receive_workbooks
from flows.write_reports import write_country_reports

PACK = "cooperation"
REFERENCE_DATE = date(2026, 6, 30)
DEADLINE = date(2026, 9, 30)
TIER = "deep"
BY = "demo"


class DemoCountry(Value):
    """One country's way through the house."""

    iso3: str
    round: str
    report: str
    run: str
    answers: int  # in state answered
    coverage: float


class DemoResult(Value):
    """What the demo made, and one id worth tracing."""

    countries: tuple[DemoCountry, ...]
    example_id: str


def run_demo(
    settings: Settings, out: Path | None, server_answers: Callable[[], None]
) -> DemoResult:
    """Build, fill, receive, assess, report; `server_answers` waits until Prefect's server does.

    Raises OtherCountries where the store holds countries that are no examples.
    """
    refuse_beside_real_work(settings)
    codes = example_countries()
    returned = _fill_everything(settings.home / "demo", codes)
    server_answers()
    receipts = receive_workbooks(returned, by=BY, checked_in=settings.home / "demo" / "checked")
    accepted = sum(receipt.accepted for receipt in receipts)
    remarks = sum(len(receipt.problems) for receipt in receipts)
    tell(f"{accepted} of {len(receipts)} workbooks accepted, {remarks} remarks to their authors")
    outcomes = assess_region(list(codes), ROUND, "", "", BY)
    runs = {outcome.iso3: outcome.run for outcome in outcomes}
    countries = []
    for iso3, docx in write_country_reports(list(runs), ROUND, out or settings.reports, by=BY):
        tell(f"{iso3} {ROUND}: report written")
        countries.append(_counted(settings, iso3, runs[iso3], docx))
    return DemoResult(countries=tuple(countries), example_id=_example(settings, codes[0]))


def _fill_everything(home: Path, codes: tuple[str, ...]) -> list[Path]:
    """Build the workbooks of the institutions that have answers, and fill them from the text."""
    private_folder(home)
    pairs: list[tuple[Path, Path, Path]] = []
    for code in codes:
        sheets = sorted((paths.EXAMPLES / code).glob("*.csv"))
        built = build_questionnaires(
            code,
            ROUND,
            home / "sent" / code,
            institutions=tuple(sheet.stem for sheet in sheets),
            tier=TIER,
            reference_date=REFERENCE_DATE,
            deadline=DEADLINE,
            pack=PACK,
            by=BY,
        )
        returned = private_folder(home / "returned" / code)
        pairs += [
            (book, sheet, returned / book.name) for book, sheet in zip(built, sheets, strict=True)
        ]
        tell(f"{code} {ROUND}: {len(built)} workbooks built")
    with ThreadPoolExecutor(max_workers=2) as pool:
        for _ in pool.map(lambda pair: fill_workbook(*pair), pairs):
            pass
    tell(f"{len(pairs)} workbooks filled by the fictional institutions")
    return [filled for _, _, filled in pairs]


def _counted(settings: Settings, iso3: str, run_key: str, report: Path) -> DemoCountry:
    with open_store(settings) as store:
        answers = store.answers(iso3, ROUND)
        run = store.run(run_key)
    review = AnswersReview.model_validate_json(run.results["answers_review"]) if run else None
    coverage = (
        next((line.coverage for line in review.coverage if line.part == "all"), None)
        if (review)
        else None
    )
    return DemoCountry(
        iso3=iso3,
        round=ROUND,
        report=str(report),
        run=run_key,
        answers=sum(answer.state is AnswerState.ANSWERED for answer in answers),
        coverage=coverage or 0.0,
    )


def _example(settings: Settings, iso3: str) -> str:
    with open_store(settings) as store:
        run = store.latest_run(iso3, ROUND)
    if run is None:
        return ""
    design = ProjectDesign.model_validate_json(run.results["project_design"])
    public = [line for line in design.budget.lines if line.sensitivity.value == "public"]
    return (public or list(design.budget.lines))[0].id
