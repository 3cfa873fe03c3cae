"""What to say about a returned response workbook: one message and one remedy a fault."""

from assessments.problems import Severity


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


_NEW = N_("Ask for a new response workbook and copy the responses into it.")
_SENT = N_("Copy the responses into the workbook that was sent to you and return that one.")

RESPONSE_TEXTS: dict[str, tuple[Severity, str, str]] = {
    "response-incomplete": (
        Severity.FILE,
        N_("The response workbook does not say its {key}, or says it wrongly ({value})."),
        _SENT,
    ),
    "response-contradicts": (
        Severity.FILE,
        N_("The response workbook says two things about its {key}: {one} and {other}."),
        _SENT,
    ),
    "response-without-report": (
        Severity.FILE,
        N_("There is no report of {value} that it could respond to."),
        N_("Send it to the office that wrote the report."),
    ),
    "response-stale": (
        Severity.FILE,
        N_("The report has changed since this workbook was written; no finding is the same."),
        _NEW,
    ),
    "response-report-changed": (
        Severity.NOTE,
        N_("The report has changed since this workbook was written."),
        N_("Responses to what is still the same were taken; the others are named."),
    ),
    "response-foreign": (
        Severity.FILE,
        N_("The line {value} belongs to no finding or activity of this report."),
        _SENT,
    ),
    "response-without-id": (
        Severity.FILE,
        N_("A response stands in a line that does not say its finding."),
        _SENT,
    ),
    "response-twice": (
        Severity.FILE,
        N_("The line of {question} stands twice: here and at {value}."),
        N_("Delete the copied row and send the workbook again."),
    ),
    "response-heading": (
        Severity.FILE,
        N_("The heading “{value}” is not where it was: columns were moved or deleted."),
        _SENT,
    ),
    "response-edited": (
        Severity.CELL,
        N_("The wording of {question} was changed in this workbook."),
        N_("Leave what the report says as it is and write beside it what you say of it."),
    ),
    "response-changed-since": (
        Severity.CELL,
        N_("The report says something else about {question} since this workbook was written."),
        _NEW,
    ),
    "response-choice": (
        Severity.CELL,
        N_("“{value}” is no response."),
        N_("Choose one of: {choices}."),
    ),
    "response-no-choice": (
        Severity.CELL,
        N_("Something was written about {question}, but no response was chosen."),
        N_("Choose one of: {choices}."),
    ),
    "response-no-words": (
        Severity.CELL,
        N_("A correction or an objection needs words."),
        N_("Say in your own words what is right."),
    ),
    "response-open": (
        Severity.NOTE,
        N_("Without a response in this workbook: {n} of {of} ({items})."),
        N_(
            "The report calls itself validated only once all are responded to; another workbook "
            "may complete this one."
        ),
    ),
    "response-unsigned": (
        Severity.CELL,
        N_("Nobody has signed for the Government, or the date is missing or cannot be read."),
        N_("Give function, institution and date on the cover; names of persons are not needed."),
    ),
}
