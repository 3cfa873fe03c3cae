"""Exported tables: every column explained, values as they are, lists cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_example import SECRET, example

from assessments.pack.model import QuestionType, TableColumn, Words
from assessments.report import ReportInputs
from assessments.report.tables import dictionary, tables


def named(inputs: ReportInputs) -> dict[str, list[dict[str, object]]]:
    return {table.name: [dict(row) for row in table.rows] for table in tables(inputs)}


def test_every_column_of_every_table_stands_in_the_dictionary_with_its_meaning(
    inputs: ReportInputs,
) -> None:
    found = tables(inputs)
    explained = {(row["table"], row["column"]) for row in dictionary(found).rows if row["meaning"]}
    assert explained == {(table.name, column.name) for table in found for column in table.columns}


def test_amounts_keep_their_cents_and_levels_that_are_not_known_stay_empty(
    inputs: ReportInputs,
) -> None:
    found = named(inputs)
    assert {row["level"] for row in found["scores"]} >= {None, 1.0}
    lines = inputs.design.budget.lines
    assert [row["amount"] for row in found["budget"]] == [str(line.amount) for line in lines]


def test_the_public_tables_hold_no_confidential_answer(inputs: ReportInputs) -> None:
    shown = named(inputs)
    assert SECRET not in str(shown)
    assert SECRET in str(named(example(edition="restricted")))


@pytest.mark.parametrize(
    ("value", "text"),
    [(29.0, "29"), (0.25, "0.25"), (("a", "b"), "a|b"), ("=1+1", "=1+1")],
)
def test_answers_of_every_type_are_one_column_of_texts(
    inputs: ReportInputs, value: object, text: str
) -> None:
    first = inputs.answers[0].model_copy(update={"value": value})
    assert named(replace(inputs, answers=(first,)))["answers"][0]["value"] == text


def test_a_list_of_laws_is_a_table_with_its_own_columns(inputs: ReportInputs) -> None:
    columns = tuple(
        TableColumn(name, Words({"en": f"The {name}"}), QuestionType.TEXT)
        for name in ("law", "year")
    )
    asked = replace(inputs.pack.questions[0], type=QuestionType.TABLE, columns=columns)
    pack = replace(inputs.pack, questions=(asked, *inputs.pack.questions[1:]))
    value = ({"law": "Law 7", "year": 2019.0}, {"law": "Law 8"})
    law = inputs.answers[0].model_copy(update={"question": asked.name, "value": value})
    rows = named(replace(inputs, pack=pack, answers=(law,)))[f"list_{asked.name}"]
    assert [(row["id"], row["row"], row["law"], row["year"]) for row in rows] == [
        (law.id, 1, "Law 7", "2019"), (law.id, 2, "Law 8", None),
    ]  # fmt: skip


def test_a_list_of_laws_comes_out_cell_by_cell(inputs: ReportInputs) -> None:
    asked = inputs.pack.questions[0]
    table = replace(asked, type=QuestionType.TABLE)
    pack = replace(inputs.pack, questions=(table, *inputs.pack.questions[1:]))
    law = inputs.answers[0].model_copy(
        update={"question": asked.name, "value": ({"title": "Law 7", "year": 2019.0},)}
    )
    rows = named(replace(inputs, pack=pack, answers=(law,)))["lists"]
    assert [(row["row"], row["column"], row["value"]) for row in rows] == [
        (1, "title", "Law 7"), (1, "year", "2019"),
    ]  # fmt: skip


def test_authorities_are_listed_by_function_and_say_who_has_answered(inputs: ReportInputs) -> None:
    rows = {str(row["institution"]): row for row in named(inputs)["authorities"]}
    review = inputs.review
    assert set(rows) == {*review.silent, *(one.institution for one in review.respondents)}
    first = review.respondents[0]
    assert rows[first.institution]["function"] == str(
        inputs.pack.institutions[first.institution].label
    )
    assert rows[first.institution]["answered"] == first.answered
    assert all(rows[code]["responded"] is False for code in review.silent)


def test_documents_lead_to_the_answer_that_cites_them_laws_first(inputs: ReportInputs) -> None:
    marks = (("Circular 7", "official_document"), ("Act 5 of 2020, section 3", "law"))
    cited = tuple(
        answer.model_copy(update={"evidence": title, "evidence_class": kind})
        for answer, (title, kind) in zip(inputs.answers, marks, strict=False)
    )
    others = (answer.model_copy(update={"evidence": ""}) for answer in inputs.answers[2:])
    rows = named(replace(inputs, answers=(*cited, *others)))["documents"]
    assert [(row["document"], row["class"], row["answer"]) for row in rows] == [
        ("Act 5 of 2020, section 3", "law", cited[1].id),
        ("Circular 7", "official_document", cited[0].id),
    ]
