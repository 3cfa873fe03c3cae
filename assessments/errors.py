"""Errors a person can act on: each says what happened and what to do about it.

Bad content of a workbook is not an error; it is data (see `assessments.problems`).
Exit statuses of the command line follow from the class: `Mistake` is 2 (wrong
arguments), everything else 1 (something for the user to mend).
"""


class TanaError(Exception):
    """Something a person has to mend. `message` names the thing, `remedy` says what to do."""

    exit_status = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())


class Mistake(TanaError):
    """Wrong arguments: an unknown country, round, institution, language, pack or option."""

    exit_status = 2


class UnknownCountry(Mistake):
    """The code is neither an ISO 3166-1 alpha-3 code of a State nor a fictional example."""


class UnknownInstitution(Mistake):
    """The institution code is not one of the pack's respondents."""


class UnknownLanguage(Mistake):
    """The pack has no texts in this language."""


class UnknownRound(Mistake):
    """No assessment of this country was opened for this round."""


class UnknownPack(Mistake):
    """No pack of this id or folder."""


class UnknownId(Mistake):
    """A traced id that no stored result prints."""


class PackFault(TanaError):
    """A pack has faults; `problems` lists all of them."""

    def __init__(self, message: str, remedy: str = "", problems: tuple[object, ...] = ()) -> None:
        self.problems = problems
        super().__init__(message, remedy)


class StoreFault(TanaError):
    """The store cannot be opened, is of another version, or does not hold together."""


class Overtaken(StoreFault):
    """Another return of the institution was stored since this one was read beside the earlier."""


class RunFailed(TanaError):
    """A notebook raised, ended without a result, ran too long, or its result broke the contract."""


class AnswersChanged(RunFailed):
    """Answers came in, or the pack was edited, while a run that rests on them was under way."""


class NothingToAssess(TanaError):
    """No accepted answers yet for this country and round."""


class TemplateFault(TanaError):
    """A Word template uses a field that does not exist, or cannot be rendered."""
