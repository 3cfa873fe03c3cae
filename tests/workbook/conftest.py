"""A small pack with every kind of question, asked of two institutions of a fictional country."""
# ruff: noqa: E501 - texts in four languages stand on one line each

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assessments.pack.expressions import parse
from assessments.pack.model import (
    NO_WORDS,
    Choice,
    Dimension,
    Pack,
    Question,
    QuestionType,
    SubDimension,
    TableColumn,
    Tier,
    Words,
)
from assessments.results import CountryProfile
from assessments.workbook.write import build_workbook


def say(en: str, fr: str = "", es: str = "", ar: str = "") -> Words:
    texts = {"en": en, "fr": fr or f"{en} (fr)", "es": es or f"{en} (es)", "ar": ar or f"{en} (ar)"}
    return Words(texts)


YES_NO = (
    Choice("yes", say("Yes", "Oui", "Sí", "نعم")),
    Choice("partly", say("Partly", "En partie", "En parte", "جزئيا")),
    Choice("no", say("No", "Non", "No", "لا")),
)
CHANNELS = (
    Choice(
        "diplomatic",
        say("Diplomatic channel", "Voie diplomatique", "Vía diplomática", "القناة الدبلوماسية"),
    ),
    Choice(
        "direct",
        say("Directly between central authorities", "Directement", "Directamente", "مباشرة"),
    ),
    Choice(
        "interpol", say("Through INTERPOL", "Par INTERPOL", "Por INTERPOL", "عن طريق الإنتربول")
    ),
)
FORMS = (
    Choice(
        "mla",
        say(
            "Mutual legal assistance",
            "Entraide judiciaire",
            "Asistencia judicial recíproca",
            "المساعدة القانونية المتبادلة",
        ),
    ),
    Choice("ext", say("Extradition", "Extradition", "Extradición", "تسليم المجرمين")),
)
LEVELS = (
    say("No strategy or plan.", "Pas de stratégie.", "No hay estrategia.", "لا توجد استراتيجية."),
    say("A draft exists, or one that has expired; cooperation is not mentioned."),
    say("Adopted; cooperation is mentioned, without actions or budget."),
    say(
        "Adopted with actions, owners and dates for cooperation; part of it is funded from the national budget."
    ),
    say(
        "Reviewed on schedule, funded, and its results are published and used to set the next one."
    ),
)


def question(name: str, type_: QuestionType, label: Words, **fields: object) -> Question:
    sub = "-".join(name.split("_")[:2])
    values: dict[str, object] = {
        "name": name,
        "type": type_,
        "label": label,
        "hint": say(""),
        "dimension": name.split("_", maxsplit=1)[0],
        "sub_dimension": sub,
        "cooperation_form": "GEN",
        "institutions": ("CA", "POL"),
        "lead": "CA",
        "tier": Tier.CORE,
        "minutes": 2.0,
    }
    return Question(**(values | fields))  # type: ignore[arg-type]


QUESTIONS = (
    question(
        "STR_1_01",
        QuestionType.LEVEL,
        say(
            "National strategy: which description fits the present situation best?",
            "Stratégie nationale : quelle description correspond le mieux à la situation actuelle ?",
            "Estrategia nacional: ¿qué descripción se ajusta mejor?",
            "الاستراتيجية الوطنية: أي وصف يلائم الوضع الراهن أكثر من غيره؟",
        ),
        choices=tuple(Choice(str(n), text) for n, text in enumerate(LEVELS)),
        evidence=True,
        hint=say(
            "Choose the highest level for which every part is true.",
            "Choisissez le niveau le plus élevé dont chaque partie est vraie.",
            "",
            "اختر أعلى مستوى ينطبق كل جزء منه.",
        ),
    ),
    question(
        "STR_1_02",
        QuestionType.SELECT_ONE,
        say(
            "Does the country have a national strategy or plan against organized crime that is in force?",
            "Le pays a-t-il une stratégie ou un plan national en vigueur contre la criminalité organisée ?",
            "¿Tiene el país una estrategia o un plan nacional en vigor contra la delincuencia organizada?",
            "هل لدى البلد استراتيجية أو خطة وطنية سارية لمكافحة الجريمة المنظمة؟",
        ),
        choices=YES_NO,
        list_name="yes_partly_no",
        evidence=True,
        hint=say(
            "A strategy on drugs, trafficking or money-laundering counts as “partly”.",
            "Une stratégie sur les drogues ou le blanchiment compte comme « en partie ».",
            "",
            "تعد الاستراتيجية الخاصة بالمخدرات أو غسل الأموال «جزئيا».",
        ),
    ),
    question(
        "STR_1_03",
        QuestionType.DATE,
        say(
            "When does the current strategy expire or fall due for review?",
            "Quand la stratégie actuelle expire-t-elle ?",
            "",
            "متى تنتهي الاستراتيجية الحالية أو يحين موعد مراجعتها؟",
        ),
        relevant=parse("${STR_1_02} != 'no'"),
        lead="POL",
    ),
    question(
        "OPS_1_01",
        QuestionType.INTEGER,
        say(
            "How many requests for mutual legal assistance were received last year?",
            "Combien de demandes d’entraide ont été reçues l’an dernier ?",
            "",
            "كم عدد طلبات المساعدة القانونية المتبادلة الواردة في العام الماضي؟",
        ),
        unit="requests",
        constraint=parse(". >= 0 and . <= 100000"),
        constraint_message=say(
            "Between 0 and 100,000.", "Entre 0 et 100 000.", "", "بين 0 و100000."
        ),
    ),
    question(
        "OPS_1_02",
        QuestionType.DECIMAL,
        say(
            "Share of requests executed within six months",
            "Part des demandes exécutées en six mois",
            "",
            "نسبة الطلبات المنفذة خلال ستة أشهر",
        ),
        unit="percent",
    ),
    question(
        "OPS_1_03",
        QuestionType.SELECT_MULTIPLE,
        say(
            "Which channels are used to send requests?",
            "Quelles voies sont utilisées pour transmettre les demandes ?",
            "",
            "ما القنوات المستخدمة لإرسال الطلبات؟",
        ),
        choices=CHANNELS,
        list_name="channels",
    ),
    question(
        "OPS_1_04",
        QuestionType.TEXT,
        say(
            "What is the main obstacle in urgent cases?",
            "Quel est l’obstacle principal dans les cas urgents ?",
            "",
            "ما العقبة الرئيسية في الحالات العاجلة؟",
        ),
        relevant=parse("selected(${OPS_1_03}, 'diplomatic')"),
    ),
    question(
        "LEG_1_02",
        QuestionType.TABLE,
        say(
            "List the treaties in force for each form of cooperation.",
            "Énumérez les traités en vigueur.",
            "",
            "اذكر المعاهدات السارية لكل شكل من أشكال التعاون.",
        ),
        columns=(
            TableColumn(
                "partner",
                say(
                    "Partner State or organization",
                    "État partenaire",
                    "",
                    "الدولة الشريكة أو المنظمة",
                ),
                QuestionType.TEXT,
            ),
            TableColumn(
                "form",
                say("Form of cooperation", "Forme de coopération", "", "شكل التعاون"),
                QuestionType.SELECT_ONE,
                FORMS,
            ),
            TableColumn(
                "year",
                say("Year in force", "Année d’entrée en vigueur", "", "سنة النفاذ"),
                QuestionType.INTEGER,
                constraint=parse(". >= 1800 and . <= 2030"),
                constraint_message=say("A year."),
            ),
        ),
        institutions=("CA",),
        evidence=True,
        minutes=10.0,
    ),
    question(
        "LEG_1_03",
        QuestionType.TABLE,
        say(
            "For each form of cooperation: is there a law, and since when?",
            "Pour chaque forme : y a-t-il une loi ?",
            "",
            "لكل شكل من أشكال التعاون: هل يوجد قانون؟",
        ),
        row_key="form",
        columns=(
            TableColumn(
                "form",
                say("Form of cooperation", "Forme de coopération", "", "شكل التعاون"),
                QuestionType.SELECT_ONE,
                FORMS,
            ),
            TableColumn(
                "law",
                say("Is there a law?", "Y a-t-il une loi ?", "", "هل يوجد قانون؟"),
                QuestionType.SELECT_ONE,
                YES_NO,
            ),
            TableColumn("since", say("Since", "Depuis", "", "منذ"), QuestionType.DATE),
        ),
        institutions=("CA",),
    ),
)


def small_pack() -> Pack:
    names = {
        "STR": say(
            "Strategies of national authorities",
            "Stratégies des autorités nationales",
            "Estrategias de las autoridades nacionales",
            "استراتيجيات السلطات الوطنية",
        ),
        "OPS": say(
            "Operational procedures",
            "Procédures opérationnelles",
            "Procedimientos operativos",
            "الإجراءات التشغيلية",
        ),
        "LEG": say("Legal system", "Système juridique", "Sistema jurídico", "النظام القانوني"),
    }
    shorts = {"STR": say("Strategies of national")}
    subs = {
        "STR-1": "National strategy on organized crime",
        "OPS-1": "Incoming mutual legal assistance",
        "LEG-1": "Legal bases for cooperation",
    }
    return Pack(
        id="cooperation",
        version="1.0",
        title=say(
            "International cooperation against organized crime",
            "Coopération internationale contre la criminalité organisée",
            "Cooperación internacional contra la delincuencia organizada",
            "التعاون الدولي في مكافحة الجريمة المنظمة",
        ),
        languages=("en", "fr", "es", "ar"),
        questions=QUESTIONS,
        choice_lists={
            "institutions": (
                Choice(
                    "CA",
                    say(
                        "Central authority",
                        "Autorité centrale",
                        "Autoridad central",
                        "السلطة المركزية",
                    ),
                ),
                Choice("POL", say("Police", "Police", "Policía", "الشرطة")),
            ),
            "no_answer_reasons": (
                Choice("no_information", say("Not known", "Inconnu", "No se conoce", "غير معروف")),
                Choice(
                    "not_applicable", say("Does not apply", "Sans objet", "No procede", "لا ينطبق")
                ),
                Choice(
                    "withheld",
                    say(
                        "Not to be disclosed",
                        "Ne peut être communiqué",
                        "No puede revelarse",
                        "لا يمكن الإفصاح عنه",
                    ),
                ),
            ),
            "evidence_classes": (
                Choice(
                    "law",
                    say("Law or decree", "Loi ou décret", "Ley o decreto", "قانون أو مرسوم"),
                    "seen",
                ),
                Choice(
                    "observation",
                    say(
                        "Seen by the expert",
                        "Vu par l’expert",
                        "Visto por el experto",
                        "اطلع عليه الخبير",
                    ),
                    "observed",
                ),
                Choice(
                    "statement",
                    say("Statement only", "Déclaration seule", "Solo declaración", "إفادة فقط"),
                    "stated",
                ),
            ),
        },
        dimensions=tuple(
            Dimension(code, name, "", False, shorts.get(code, NO_WORDS))
            for code, name in names.items()
        ),
        sub_dimensions=tuple(
            SubDimension(code, code[:3], say(name), "GEN", ("CA",), say(""), LEVELS)
            for code, name in subs.items()
        ),
        requirements=(),
        interventions=(),
        tailoring=(),
        cost_shares=(),
        method=None,
        digest="d" * 64,
    )


COUNTRY = CountryProfile(iso3="XAA", un_name="Republic of Arvenia", fictional=True)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return small_pack()


@pytest.fixture
def build(pack: Pack, tmp_path: Path) -> Callable[..., Path]:
    """Build the workbook of an institution: `build("CA", "fr")`."""

    def make(
        institution: str = "CA", language: str = "en", tier: Tier = Tier.DEEP, of: Pack = pack
    ) -> Path:
        return build_workbook(
            of,
            COUNTRY,
            "2026",
            institution,
            language,
            tier,
            tmp_path / f"{institution}-{language}.xlsx",
            reference_date=date(2026, 11, 23),
            deadline=date(2027, 1, 31),
        )

    return make


HEADER = "question,item,column,value,no_answer_because,evidence,evidence_class,comment\n"

GOOD = """\
STR_1_01,,,3,,Decree 12 of 2020,law,
STR_1_02,,,yes,,,,adopted in 2020
STR_1_03,,,2027-12-31,,,,
OPS_1_01,,,41,,,,
OPS_1_02,,,12.5,,,,
OPS_1_03,,,diplomatic|interpol,,,,
OPS_1_04,,,=1+1 is typed as text,,,,
LEG_1_02,1,partner,Borduria,,,,
LEG_1_02,1,form,mla,,,,
LEG_1_02,1,year,1999,,,,
LEG_1_02,3,partner,Syldavia,,,,
LEG_1_02,,,,,Treaty series,law,
LEG_1_03,ext,law,no,,,,
LEG_1_03,mla,law,yes,,,,
LEG_1_03,mla,since,2001-02-03,,,,
"""

GOOD_VALUES = {
    "STR_1_01": "3",
    "STR_1_02": "yes",
    "STR_1_03": "2027-12-31",
    "OPS_1_01": 41.0,
    "OPS_1_02": 12.5,
    "OPS_1_03": ("diplomatic", "interpol"),
    "OPS_1_04": "=1+1 is typed as text",
    "LEG_1_02": (
        {"partner": "Borduria", "form": "mla", "year": 1999.0},
        {"partner": "Syldavia"},
    ),
    "LEG_1_03": (
        {"form": "mla", "law": "yes", "since": "2001-02-03"},
        {"form": "ext", "law": "no"},
    ),
}


@pytest.fixture
def fill(build: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Build and fill: `fill("OPS_1_01,,,abt 40,,,,", language="fr")`."""
    from assessments.workbook.fill import fill_workbook

    def make(lines: str = GOOD, institution: str = "CA", language: str = "en") -> Path:
        answers = tmp_path / "answers.csv"
        answers.write_text(HEADER + lines, encoding="utf-8")
        blank = build(institution, language)
        return fill_workbook(blank, answers, tmp_path / f"{institution}-{language}-filled.xlsx")

    return make
