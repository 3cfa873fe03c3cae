"""Every fault of a pack is named with file, row, column and remedy, and all of them at once."""

import pytest

# (what is broken: file, name, column, value) -> (code, column named, words of message or remedy)
CELLS = [
    ("survey.csv", "LEG_1_03", "name", "LEG_1_02", "duplicate-name", "row 2"),
    ("survey.csv", "LEG_1_03", "name", "leg_1_02", "duplicate-name", "row 2"),
    ("survey.csv", "LEG_1_02", "name", "1-02", "bad-name", "Begin with a letter"),
    ("survey.csv", "LEG_1_03", "type", "select_multiple kind", "unknown-list", "«kinds»"),
    ("survey.csv", "LEG_1_01", "type", "select_one level_LEG_9", "unknown-list", "«level_LEG_1»"),
    ("survey.csv", "OPS_1_07", "type", "integr", "unknown-type", "«integer»"),
    ("survey.csv", "LEG_1_03", "relevant", "${LEG_1_2} = 'no'", "unknown-name", "«LEG_1_02»"),
    ("survey.csv", "LEG_1_03", "relevant", "${LEG_1_02} = 'nope'", "unknown-choice", "yes, partly"),
    ("survey.csv", "LEG_1_03", "relevant", "count(${LEG_1_02}) = 1", "unsupported-rule", "count()"),
    ("survey.csv", "LEG_1_03", "relevant", "${LEG_1_02} > 'no'", "not-comparable", "no order"),
    ("survey.csv", "LEG_1_03", "relevant", "${OPS_1_03} = 'many'", "not-comparable", "number"),
    ("survey.csv", "LEG_1_03", "relevant", ". = 'no'", "dot-outside-constraint", "cell"),
    ("survey.csv", "LEG_1_02", "relevant", "${LEG_1_04} = 'x'", "rule-on-table", "table"),
    (
        "survey.csv",
        "LEG_1_03",
        "relevant",
        "${LEG_1_02} = 'no' and ${LEG_1_02} = 'yes'",
        "never-fires",
        "and where or is meant",
    ),
    ("survey.csv", "LEG_1_01", "relevant", "${OPS_1_03} > 0", "rule-on-unseen-question", "PROS"),
    (
        "survey.csv",
        "OPS_1_07",
        "relevant",
        "selected(${LEG_1_03}, 'none')",
        "rule-on-deeper-tier",
        "«standard»",
    ),
    (
        "survey.csv",
        "LEG_1_02",
        "score",
        "yes=4;partially=2;no=0",
        "score-of-unknown-choice",
        "partly",
    ),
    ("survey.csv", "LEG_1_02", "score", "yes=4;no=0", "choice-without-score", "partly"),
    ("survey.csv", "LEG_1_02", "score", "yes=9;partly=2;no=0", "unreadable-score", "0 and 4"),
    ("survey.csv", "LEG_1_02", "score", "level", "score-of-other-type", "level question only"),
    ("survey.csv", "OPS_1_07", "score", "<=60=4;>120=0", "score-gap", "61"),
    ("survey.csv", "OPS_1_07", "score", "count>=1=4;count<1=0", "score-of-other-type", "number"),
    ("survey.csv", "OPS_1_03", "knockout", "y", "mark-without-score", "Give it a score"),
    ("survey.csv", "LEG_1_02", "lead", "FIU", "lead-not-asked", "another lead"),
    ("survey.csv", "LEG_1_03", "institutions", "CA|PORS", "unknown-institution", "«PROS»"),
    ("survey.csv", "OPS_1_03", "institutions", "", "no-respondent", "at least one"),
    ("survey.csv", "LEG_1_02", "tier", "cor", "not-allowed", "«core»"),
    ("survey.csv", "LEG_1_02", "weight", "7", "out-of-range", "0 to 3"),
    ("survey.csv", "LEG_1_02", "knockout", "maybe", "not-yes-or-no", "y or n"),
    ("survey.csv", "LEG_1_02", "sub_dimension", "LEG-2", "unknown-sub-dimension", "«LEG-1»"),
    ("survey.csv", "LEG_1_02", "dimension", "OPS", "dimension-differs", "LEG-1 belongs"),
    ("survey.csv", "LEG_1_04", "row_key", "covered", "row-key-not-first", "«offence»"),
    ("survey.csv", "LEG_1_02", "label::English (en)", "", "no-english", "Write one"),
    ("framework.csv", "LEG-1", "level_3::English (en)", "", "no-english", "level_3"),
    (
        "framework.csv",
        "CTX-1",
        "no_intervention_reason::English (en)",
        "",
        "no-intervention",
        "why",
    ),
    ("requirements.csv", "UNTOC_18_01", "question", "", "mandatory-unasked", "deciding question"),
    (
        "requirements.csv",
        "UNTOC_18_03",
        "question",
        "",
        "mandatory-qualified-unasked",
        "18(3)(a)",
    ),
    (
        "requirements.csv",
        "UNTOC_18_30",
        "reason::English (en)",
        "",
        "unasked-without-reason",
        "why",
    ),
    ("requirements.csv", "UNTOC_18_01", "question", "LEG_1_20", "unknown-question", "«LEG_1_0"),
    ("requirements.csv", "UNTOC_18_01", "met", "yess", "unknown-choice", "«yes»"),
    (
        "requirements.csv",
        "UNTOC_18_01",
        "partly",
        "yes|partly",
        "answers-overlap",
        "met and partly",
    ),
    ("requirements.csv", "UNTOC_18_01", "partly", "", "answers-incomplete", "partly"),
    ("requirements.csv", "UNTOC_18_01", "not_met", "", "no-answers", "not_met"),
    ("requirements.csv", "UNTOC_18_03", "item", "evidnce", "unknown-choice", "«evidence»"),
    ("requirements.csv", "UNTOC_05_01", "item", "groups", "unknown-row", "«group»"),
    ("requirements.csv", "UNTOC_05_01", "column", "cover", "unknown-table-column", "«covered»"),
    (
        "requirements.csv",
        "UNTOC_05_01",
        "alternative_group",
        "5",
        "lonely-alternative",
        "other row",
    ),
    ("requirements.csv", "UNTOC_18_13", "not_met", ">200", "answers-incomplete", "181"),
    ("requirements.csv", "UNTOC_18_13", "met", "<=soon", "unreadable-answers", ">=1"),
    ("requirements.csv", "UNTOC_18_13", "obligation", "must", "not-allowed", "mandatory"),
    ("requirements.csv", "UNTOC_18_03", "applies", "${LEG_1_99} = 'no'", "unknown-name", "LEG_1_"),
    ("interventions.csv", "INT_002", "prerequisites", "INT_009", "unknown-intervention", "INT_00"),
    ("interventions.csv", "INT_001", "prerequisites", "INT_002", "circular-prerequisite", "→"),
    ("interventions.csv", "INT_001", "unit_cost_low_usd", "200000", "range-upside-down", "cost"),
    ("interventions.csv", "INT_001", "unit_cost_low_usd", "60k", "not-a-number", "digits"),
    ("interventions.csv", "INT_001", "untoc_refs", "99(1)", "unknown-paragraph", "99(1)"),
    ("interventions.csv", "INT_002", "in_place", "${nothing} = 1", "unknown-name", "nothing"),
    ("tailoring.csv", "TAI_001", "interventions", "INT_01", "unknown-intervention", "«INT_001»"),
    ("tailoring.csv", "TAI_002", "interventions", "type:trainings", "unknown-type", "«training»"),
    (
        "tailoring.csv",
        "TAI_001",
        "when",
        "${legal_tradition} = 'civl'",
        "unknown-choice",
        "«civil»",
    ),
    ("tailoring.csv", "TAI_001", "when", "${level_LEG_1} > 4", "never-fires", "true"),
    ("tailoring.csv", "TAI_001", "when", "${OPS_1_03} = ''", "never-fires", "nothing it reads"),
    (
        "tailoring.csv",
        "TAI_001",
        "when",
        "${OPS_1_03} = 0 and ${OPS_1_04} = 7",  # asked only where requests came in
        "never-fires",
        "skipped",
    ),
    ("tailoring.csv", "TAI_001", "when", "${LEG_1_02} = 'yes'", "never-matters", "in place"),
    ("tailoring.csv", "TAI_001", "when", "${level_LEG_7} > 1", "unknown-name", "«level_LEG_1»"),
    ("tailoring.csv", "TAI_001", "when", "", "no-condition", "no tailoring"),
    ("tailoring.csv", "TAI_001", "how::English (en)", "", "no-how", "Write it"),
    ("tailoring.csv", "TAI_002", "factor", "", "no-factor", "0.5"),
    ("tailoring.csv", "TAI_001", "kind", "culture", "not-allowed", "legal_tradition"),
    ("tailoring.csv", "TAI_004", "when", "${level_LEG_1} < 4", "rules-contradict", "TAI_004"),
    ("cost_shares.csv", "0.3", "share", "0.2", "shares-not-one", "0.9"),
    ("cost_shares.csv", "Workshops", "type", "trainig", "type-without-shares", "training"),
    ("choices.csv", "law_text", "kind", "sen", "unknown-evidence-kind", "seen"),
    ("choices.csv", "MLA", "kind", "oral", "unknown-form-kind", "formal"),
    ("choices.csv", "service", "name", "evidence", "duplicate-choice", "twice"),
    ("settings.csv", "small", "form_id", "tiny", "other-pack", "form_id"),
]
ELSEWHERE = {  # faults that are named where they are mended, which is another cell
    "shares-not-one",
    "type-without-shares",
    "rules-contradict",
    "unknown-evidence-kind",
    "unknown-form-kind",
    "other-pack",
    "circular-prerequisite",
    "lonely-alternative",
    "no-answers",
    "answers-incomplete",
    "mark-without-score",
}


@pytest.mark.parametrize(
    ("file", "name", "column", "value", "code", "words"), CELLS, ids=lambda part: str(part)[:24]
)
def test_a_wrong_cell_is_named_with_its_place_and_remedy(
    pack, file, name, column, value, code, words
):
    row = pack.set(file, name, column, value)
    report = pack.check()
    assert not report.sound
    hits = [problem for problem in report.problems if problem.code == code]
    assert hits, [str(problem) for problem in report.problems]
    problem = hits[0]
    assert words in f"{problem.message} {problem.remedy}"
    assert problem.remedy
    assert problem.column
    if code not in ELSEWHERE:
        assert (problem.file, problem.row) == (file, row)
        assert problem.column == column.split("::")[0]


def test_all_faults_are_reported_at_once(pack):
    pack.set("survey.csv", "LEG_1_02", "lead", "FIU")
    pack.set("survey.csv", "LEG_1_03", "relevant", "today() > 1")
    pack.set("requirements.csv", "UNTOC_18_01", "met", "yess")
    pack.set("interventions.csv", "INT_001", "months_max", "1")
    pack.method('version = "1"', 'version = ""')
    pack.method(
        'floor = { value = 0.6, reason = "r" }\nsub', 'floor = { value = 6, reason = " " }\nsub'
    )
    codes = {problem.code for problem in pack.check().problems}
    assert codes >= {
        "lead-not-asked",
        "unsupported-rule",
        "unknown-choice",
        "range-upside-down",
        "wrong-value",
        "missing-reason",
    }


def test_what_is_required_must_not_stand_on_what_another_rule_rules_out(pack, problem):
    """The course stands on the law, which a third rule rules out in the same country."""
    pack.set("tailoring.csv", "TAI_004", "interventions", "INT_002")
    pack.set("tailoring.csv", "TAI_004", "when", "${resource_setting} = 'high'")
    found = problem("rules-contradict")
    assert "TAI_004 requires INT_002, which stands on INT_001, and TAI_003 rules it out" in (
        found.message
    )
    assert "level_LEG_1 is 3" in found.message


def test_rules_that_never_meet_do_not_contradict(pack):
    pack.set("tailoring.csv", "TAI_004", "when", "${level_LEG_1} < 3")
    assert pack.check().sound


def test_two_rules_that_resize_in_opposite_directions_are_noted_and_not_refused(pack):
    pack.add(
        "tailoring.csv", name="TAI_005", interventions="INT_002", when="${OPS_1_03} > 50",
        effect="rescale", factor="1.5", reason="Many requests.", kind="resources",
        basis="judgement", verification="unverified",
    )  # fmt: skip
    report = pack.check()
    assert report.sound
    (note,) = report.problems
    assert note.code == "rules-pull-apart"
    assert "TAI_005 enlarges and TAI_002 shrinks INT_002" in note.message
    assert "together 0.75 of the standard size" in note.message


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("label::English", "wrong-language-column"),
        ("label:English (en)", "wrong-language-column"),
        ("Label::English (en)", "wrong-language-column"),
        ("label::en", "wrong-language-column"),
        ("label::English (qq)", "wrong-language-column"),  # no such language
        ("label::English (fr)", "wrong-language-column"),  # two languages
        ("label::Englihs (en)", "wrong-language-column"),  # a slip
        ("lable::English (en)", "unknown-column"),
    ],
)
def test_a_wrong_language_column_is_named(pack, problem, wrong, code):
    pack.rename("survey.csv", "label::English (en)", wrong)
    found = problem(code)
    assert (found.file, found.row, found.column) == ("survey.csv", 1, wrong)
    assert "label" in found.remedy


def test_a_misspelt_column_is_named_with_the_nearest(pack, problem):
    pack.rename("survey.csv", "knockout", "knock_out")
    found = problem("unknown-column")
    assert (found.file, found.row, found.column) == ("survey.csv", 1, "knock_out")
    assert "«knockout»" in found.remedy


def test_a_column_that_is_needed_is_named(pack):
    pack.rename("requirements.csv", "not_met", "notmet")
    problems = {(p.code, p.column) for p in pack.check().problems}
    assert ("missing-column", "not_met") in problems
    assert ("unknown-column", "notmet") in problems


def test_circular_skip_logic_is_named_as_a_chain(pack, problem):
    pack.set("survey.csv", "OPS_1_03", "relevant", "${OPS_1_04} > 0")
    found = problem("circular-rule")
    assert "OPS_1_03 → OPS_1_04 → OPS_1_03" in found.message
    assert (found.file, found.column) == ("survey.csv", "relevant")


def test_a_question_asked_by_its_own_answer_is_circular(pack, problem):
    pack.set("survey.csv", "OPS_1_03", "relevant", "${OPS_1_03} > 0")
    assert "OPS_1_03 → OPS_1_03" in problem("circular-rule").message


@pytest.mark.parametrize(
    ("name", "label"),
    [("not_known", "Sought in vain"), ("na", "-"), ("x", "Not applicable"), ("x", "Do not know")],
)
def test_a_scored_choice_never_means_unknown_or_not_applicable(pack, problem, name, label):
    pack.add("choices.csv", list_name="yes_partly_no", name=name, label=label)
    pack.set("survey.csv", "LEG_1_02", "score", "yes=4;partly=2;otherwise=0")
    found = problem("scored-no-answer")
    assert name in found.message
    assert found.column == "score"


def test_an_unread_question_is_reported_once_and_not_by_all_who_name_it(pack):
    pack.set("survey.csv", "LEG_1_02", "type", "select_one no_such_list")
    codes = [problem.code for problem in pack.check().problems]
    assert codes == ["unknown-list"]


def test_a_sub_dimension_without_self_rating_is_named(pack, problem):
    pack.drop("survey.csv", "OPS_1_01")
    found = problem("level-questions")
    assert (found.file, found.row) == ("framework.csv", pack.row_of("framework.csv", "OPS-1"))


def test_more_questions_than_a_tier_allows_are_named(pack, problem):
    pack.method("core = { value = 40,", "core = { value = 7,")
    found = problem("too-many-questions")
    assert "«CA» is asked 8 questions" in found.message
    assert "deeper tier" in found.remedy


def test_a_paragraph_that_stands_twice_is_named(pack, problem):
    """One paragraph may ask for several things, but not twice for the same."""
    pack.set("requirements.csv", "UNTOC_18_13", "ref", "18(1)")
    assert pack.check().sound
    row = pack.set("requirements.csv", "UNTOC_18_13", "text::English (en)", "Widest measure")
    found = problem("duplicate-paragraph")
    assert found.row == row
    assert "UNTOC_18_01" in found.message


def test_a_paragraph_whose_condition_reads_more_than_answers_is_named(pack, problem):
    """Scoring knows answers when it looks whether a paragraph applies, and nothing else."""
    row = pack.set("requirements.csv", "UNTOC_18_13", "applies", "${legal_tradition} = 'civil'")
    found = problem("condition-on-no-question")
    assert (found.row, found.column) == (row, "applies")
    assert "«legal_tradition»" in found.message


def test_a_table_that_is_not_closed_is_named(pack):
    pack.drop("survey.csv", "end_repeat")
    found = [p for p in pack.check().problems if p.code == "not-closed"]
    assert [(p.row, p.column) for p in found] == [(pack.row_of("survey.csv", "LEG_1_04"), "type")]


def test_a_missing_table_is_named(pack, problem):
    (pack.folder / "tailoring.csv").unlink()
    assert problem("missing-file").file == "tailoring.csv"


def test_semicolons_and_other_encodings_are_named(pack):
    path = pack.folder / "choices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert "not-csv" in {problem.code for problem in pack.check().problems}
    path.write_bytes("list_name,name,label\nx,é,é\n".encode("latin-1"))
    assert "not-utf-8" in {problem.code for problem in pack.check().problems}


def test_a_cell_beyond_the_headings_is_not_lost(pack, problem):
    rows = pack.rows("cost_shares.csv")
    pack.write("cost_shares.csv", [*rows[:-1], [*rows[-1], "and missions"]])
    assert problem("too-many-cells").row == len(rows)


def test_groups_and_unsupported_columns_are_named(pack):
    pack.set("survey.csv", "LEG_1_02", "calculation", "1 + 1")
    pack.add("survey.csv", type="end_group", name="", label="")
    problems = {(p.code, p.column) for p in pack.check().problems}
    assert ("unsupported-column", "calculation") in problems
    assert ("not-open", "type") in problems


def test_a_group_that_crosses_a_table_is_named(pack):
    rows = pack.rows("survey.csv")
    start = pack.row_of("survey.csv", "LEG_1_04")
    begin = ["begin_group", "g", *[""] * (len(rows[0]) - 2)]
    end = ["end_group", *[""] * (len(rows[0]) - 1)]
    pack.write(
        "survey.csv",
        [*rows[: start - 1], begin, *rows[start - 1 : start + 1], end, *rows[start + 1 :]],
    )
    found = {(p.code, p.row) for p in pack.check().problems}
    assert found >= {("crossed", start + 3), ("not-closed", start)}


def test_skip_logic_of_a_group_inside_a_table_is_not_lost(pack, problem):
    rows = pack.rows("survey.csv")
    start = pack.row_of("survey.csv", "LEG_1_04")
    begin = ["begin_group", "g", *[""] * (len(rows[0]) - 2)]
    begin[rows[0].index("relevant")] = "${LEG_1_02} = 'yes'"
    end = ["end_group", *[""] * (len(rows[0]) - 1)]
    pack.write("survey.csv", [*rows[:start], begin, rows[start], end, *rows[start + 1 :]])
    found = problem("unsupported-rule")
    assert (found.row, found.column) == (start + 1, "relevant")


def test_a_name_that_stands_twice_is_named_even_where_one_cannot_be_read(pack):
    pack.set("survey.csv", "LEG_1_02", "type", "select_one no_such_list")
    row = pack.set("survey.csv", "LEG_1_03", "name", "LEG_1_02")
    found = {(p.code, p.row) for p in pack.check().problems}
    assert found >= {("unknown-list", 2), ("duplicate-name", row)}


def test_cascading_selects_say_what_to_ask_instead(pack, problem):
    pack.set("survey.csv", "LEG_1_02", "choice_filter", "region = 1")
    assert "each group of choices" in problem("unsupported-column").remedy


def test_a_standard_risk_that_reads_what_stands_nowhere_is_named(pack, problem):
    pack.write(
        "risks.csv",
        [
            ["name", "scope", "category", "when", "likelihood", "impact", "residual",
             "cause::English (en)"],
            ["rotation", "project", "institutional", "${level_LEG_1} < 2", "3", "3", "6", "Rules"],
            ["posts", "project", "institutional", "${level_LAG_1} < 2", "3", "3", "6", "Budget"],
        ],
    )  # fmt: skip
    found = problem("unknown-name")
    assert (found.file, found.column) == ("risks.csv", "when")
    assert "«posts»" in found.message
    assert "«level_LEG_1»" in found.remedy


def test_faults_of_several_tables_are_found_beside_a_missing_one(pack):
    (pack.folder / "cost_shares.csv").unlink()
    pack.set("survey.csv", "LEG_1_02", "lead", "FIU")
    codes = {problem.code for problem in pack.check().problems}
    assert {"missing-file", "lead-not-asked"} <= codes
