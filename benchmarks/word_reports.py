"""One Word report against a bare docxtpl render, and the memory of a process that writes 193.

Bare is what docxtpl does alone: the same template with the same context, rendered and saved,
without sandbox, bookmarks, captions or contents. Drawing the charts is the same work for both and
is timed once. Processor time, so that other work on the machine does not count.

The 193 reports are written one after another from eleven invented countries in turn, in four
languages, so that text, pictures and length differ from each to the next.
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from assessments.design import design_project
from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.reference import country
from assessments.report import Provenance, ReportInputs, write_report
from assessments.report.charts import pictures
from assessments.report.compose import compose
from assessments.report.native_charts import native_charts
from assessments.report.render import render
from assessments.report.voices import Voices
from assessments.report.wording import Wording
from assessments.report.write import house_template
from assessments.results import Answer, AssessmentRef
from assessments.scoring import review_answers, score_assessment, set_priorities
from benchmarks.measure import Measure, in_turns
from benchmarks.simulate import ISO3, answers
from benchmarks.size import countries, rounds
from benchmarks.ways import megabytes
from benchmarks.world import ROUND, SIZE

AS_LONG, GROWTH = 2.0, 1.1
DIFFERENT, FIRST = 11, 24  # countries; reports after which memory is looked at first
LANGUAGES = ("en", "fr", "es", "ar")


def an_assessment(pack: Pack, number: int) -> ReportInputs:
    """What the restricted report of one invented country is made from."""
    assert pack.method is not None
    place = country(ISO3).model_copy(update={"un_name": f"Country {number:03}"})
    ref = AssessmentRef(
        iso3=ISO3, round=ROUND, pack=pack.id, pack_version=pack.version,
        pack_digest=pack.digest, method_version=pack.method.version,
    )  # fmt: skip
    said = [_otherwise(pack, one, random.Random(f"{number} {one.id}")) for one in answers(pack)]
    scores = score_assessment(pack, place, said, ref)
    priorities = set_priorities(pack, place, scores, said)
    return ReportInputs(
        pack=pack,
        country=place,
        review=review_answers(pack, said, (), ref),
        scores=scores,
        priorities=priorities,
        design=design_project(pack, place, said, scores, priorities),
        answers=tuple(said),
        edition="restricted",
        provenance=Provenance("1" * 64, datetime(2026, 5, 1, tzinfo=UTC), "0"),
    )


def _otherwise(pack: Pack, answer: Answer, draw: random.Random) -> Answer:
    """Another choice for every third answer."""
    names = [choice.name for choice in pack.question[answer.question].choices]
    if not names or draw.random() > 1 / 3:
        return answer
    chosen = draw.choice(names)
    many = isinstance(answer.value, tuple)
    return answer.model_copy(update={"value": (chosen,) if many else chosen})


def one_report(inputs: ReportInputs, folder: Path) -> dict[str, float]:
    """Seconds of each part of a report, and of a bare render."""
    from docxtpl import DocxTemplate

    words, template = Wording("en"), house_template()
    voices = Voices(inputs, words)
    report, drawn, charts = compose(inputs, words=words), pictures(voices), native_charts(voices)
    context = {field.name: getattr(report, field.name) for field in fields(report)}

    def bare() -> None:
        document = DocxTemplate(str(template))
        document.render(context, autoescape=True)
        document.save(str(folder / "bare.docx"))

    return in_turns(
        {
            "bare": bare,
            "render": lambda: render(
                template, report, drawn, charts, folder / "a.docx", words.words
            ),
            "charts": lambda: pictures(Voices(inputs, words)),
            "whole": lambda: write_report(inputs, folder / "b.docx"),
        },
        rounds(5),
        time.process_time,
    )


def measures() -> list[Measure]:
    """Render and whole report against bare docxtpl, and growth over 193 reports."""
    pack, count = load_pack("cooperation"), countries(SIZE)
    places = [an_assessment(pack, number) for number in range(min(DIFFERENT, count))]
    first = min(FIRST, max(1, count // 2))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = one_report(places[0], folder)
        for number in range(count):
            place, language = places[number % len(places)], LANGUAGES[number % len(LANGUAGES)]
            write_report(place, folder / "c.docx", language=language)
            if number + 1 == first:
                before = megabytes()
        after = megabytes()
    return [
        Measure(
            "a checked context to a finished Word file against bare docxtpl, charts drawn before",
            seconds["render"] / seconds["bare"], AS_LONG, at_most=True,
        ),
        Measure(
            "a whole report against bare docxtpl of its context and its charts, drawn once",
            seconds["whole"] / (seconds["bare"] + seconds["charts"]), AS_LONG, at_most=True,
        ),
        Measure(
            f"{count} reports one after another: memory after all against after the first {first}",
            after / before, GROWTH, at_most=True,
        ),
    ]  # fmt: skip
