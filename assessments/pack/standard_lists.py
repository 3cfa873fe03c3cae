"""Choice lists that every questionnaire needs, for a form that brings none of its own.

A third party's form has one respondent, and whoever fills it in may say why there is no answer and
which document an answer rests on, as with every other pack. A list of the same name in choices.csv
takes the place of one of these.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.pack.draft import RESPONDENT
from assessments.pack.model import Choice, Words


def _words(en: str, fr: str, es: str, ar: str) -> Words:
    return Words({"en": en, "fr": fr, "es": es, "ar": ar}, frozenset({"fr", "es", "ar"}))


STANDARD_LISTS: Mapping[str, tuple[Choice, ...]] = {
    "institutions": (
        Choice(RESPONDENT, _words("Respondent", "Répondant", "Encuestado", "المجيب")),
    ),
    "no_answer_reasons": (
        Choice(
            "no_information",
            _words(
                "No information: asked, not known",
                "Aucune information : question posée, réponse inconnue",
                "Sin información: se preguntó, no se sabe",
                "لا تتوافر معلومات: طُرح السؤال ولا يُعرف الجواب",
            ),
        ),
        Choice(
            "not_applicable",
            _words(
                "Not applicable here", "Sans objet ici", "No procede en este caso", "لا ينطبق هنا"
            ),
        ),
        Choice(
            "withheld",
            _words(
                "Withheld: known, not shared",
                "Non communiqué : réponse connue, non transmise",
                "Reservado: se sabe, no se comunica",
                "محجوب: الجواب معروف ولم يُقدَّم",
            ),
        ),
        Choice(
            "withdrawn",
            _words(
                "Withdrawn: I take back my earlier answer",
                "Retirée : je retire ma réponse précédente",
                "Retirada: retiro mi respuesta anterior",
                "مسحوب: أسحب إجابتي السابقة",
            ),
            "blank",
        ),
    ),
    "evidence_classes": (
        Choice("document", _words("Document", "Document", "Documento", "وثيقة"), "stated"),
    ),
}
