"""From a pack folder to a validated, immutable Pack; a pack with faults never loads.

A folder that holds only survey, choices and settings is a third party's form: it loads, and
nothing in it is scored. A loaded pack is kept for as long as its files do not change.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from assessments.errors import PackFault, UnknownPack
from assessments.pack import knowledge_tables as knowledge
from assessments.pack.changes import CHANGES_FILE, read_changes
from assessments.pack.check_changes import check_changes
from assessments.pack.check_knowledge import check_knowledge
from assessments.pack.check_rules import domains_of
from assessments.pack.check_survey import check_survey
from assessments.pack.choices_table import CHOICES, read_choices
from assessments.pack.contradictions import (
    CONTRADICTIONS_FILE,
    ContradictionRule,
    check_contradictions,
    read_contradictions,
)
from assessments.pack.corridors import (
    CORRIDORS_FILE,
    LinkRule,
    check_corridors,
    read_corridors,
)
from assessments.pack.draft import Draft, form_without_framework
from assessments.pack.glossary import WORDING_FILES
from assessments.pack.method_file import METHOD, check_method, read_method
from assessments.pack.model import Pack
from assessments.pack.offers import (
    OUTCOMES_FILE,
    RISKS_FILE,
    ResultGroup,
    StandardRisk,
    check_offers,
    read_outcomes,
    read_risks,
)
from assessments.pack.settings_table import SETTINGS, read_settings
from assessments.pack.survey_table import SURVEY, read_survey
from assessments.pack.tables import nearest, with_more
from assessments.paths import QUESTIONNAIRES
from assessments.problems import Problem, Severity, refuses
from assessments.reference import networks

FORM_FILES = (SETTINGS, CHOICES, SURVEY)
SCORING_FILES = (
    knowledge.FRAMEWORK,
    knowledge.REQUIREMENTS,
    knowledge.INTERVENTIONS,
    knowledge.TAILORING,
    knowledge.COST_SHARES,
    METHOD,
)
PACK_FILES = (
    *FORM_FILES,
    *SCORING_FILES,
    OUTCOMES_FILE,
    RISKS_FILE,
    CONTRADICTIONS_FILE,
    CHANGES_FILE,
    CORRIDORS_FILE,
)

# Interventions before tailoring, whose rules name them by type.
_READERS = (
    (knowledge.REQUIREMENTS, knowledge.read_requirements),
    (knowledge.INTERVENTIONS, knowledge.read_interventions),
    (knowledge.TAILORING, knowledge.read_tailoring),
    (knowledge.COST_SHARES, knowledge.read_cost_shares),
)
_Stamp = tuple[tuple[str, int, int], ...]
_loaded: dict[Path, tuple[_Stamp, Pack]] = {}


def load_pack(folder: Path | str) -> Pack:
    """The pack in `folder`, an id or a folder.

    Raises UnknownPack where there is none, and PackFault with all the problems where it has any
    of severity file.
    """
    path = find_pack(folder)
    stamp = _stamp(path)
    known = _loaded.get(path)
    if known is not None and known[0] == stamp:
        return known[1]
    pack, problems = read_pack(path)
    if pack is None or refuses(problems):
        faults = tuple(problem for problem in problems if problem.severity is Severity.FILE)
        raise PackFault(
            f"The pack {path.name} cannot be used{with_more(len(faults))}: {faults[0]}",
            f"Run `tana pack check {path.name}` and correct them.",
            faults,
        )
    _loaded[path] = (stamp, pack)
    return pack


def find_pack(id_or_folder: Path | str) -> Path:
    """The folder of a pack, by its folder's name among those shipped, or by its path.

    Raises UnknownPack listing the known ones.
    """
    named = str(id_or_folder)
    shipped = QUESTIONNAIRES / named
    if named in list_packs():
        return shipped
    path = Path(id_or_folder).expanduser()
    if (path / SETTINGS).is_file() or (path / SURVEY).is_file():
        return path.resolve()
    packs = list_packs()
    raise UnknownPack(
        f"There is no pack «{named}».",
        f"Known packs: {', '.join(packs) or 'none'}; or name a folder that holds "
        f"{SETTINGS} and {SURVEY}{nearest(named, packs)}.",
    )


def list_packs() -> tuple[str, ...]:
    """Ids of the packs that ship with tana: folders that hold settings."""
    if not QUESTIONNAIRES.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in QUESTIONNAIRES.glob(f"*/{SETTINGS}")))


def read_pack(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """What could be read of a pack, with every problem found; None where nothing could be."""
    draft = Draft(folder)
    _check_files(draft)
    if not all(_has(draft, file) for file in FORM_FILES):
        return None, tuple(draft.faults.problems)
    read_settings(draft)
    read_choices(draft)
    if _has(draft, knowledge.FRAMEWORK):
        knowledge.read_framework(draft)
    else:
        form_without_framework(draft)
    languages = read_survey(draft)
    check_survey(draft)
    changes = read_changes(folder, draft.faults)
    check_changes(changes, draft.version, draft.questions, draft.faults)
    outcomes: tuple[ResultGroup, ...] = ()
    risks: tuple[StandardRisk, ...] = ()
    contradictions: tuple[ContradictionRule, ...] = ()
    corridors: tuple[LinkRule, ...] = ()
    if draft.scored:
        for file, read in _READERS:
            if _has(draft, file):
                read(draft)
        outcomes = read_outcomes(folder, draft.faults)
        risks = read_risks(folder, draft.faults)
        contradictions = read_contradictions(folder, draft.faults)
        check_contradictions(contradictions, draft.questions, draft.faults)
        corridors = _read_corridors(draft)
        _check_risk_rules(draft, risks)
        if _has(draft, METHOD):
            _read_method(draft)
        check_knowledge(draft)
        kinds = frozenset(offer.type for offer in draft.interventions.values())
        check_offers(outcomes, frozenset(draft.sub_dimensions), kinds, draft.faults)
    pack = Pack(
        id=draft.id,
        version=draft.version,
        title=draft.title,
        languages=languages,
        questions=tuple(draft.questions.values()),
        choice_lists=draft.choice_lists,
        dimensions=tuple(draft.dimensions.values()),
        sub_dimensions=tuple(draft.sub_dimensions.values()),
        requirements=tuple(draft.requirements.values()),
        interventions=tuple(draft.interventions.values()),
        tailoring=tuple(draft.tailoring.values()),
        cost_shares=tuple(draft.cost_shares),
        method=draft.method,
        digest=pack_digest(folder),
        folder=str(folder),
        piloted=draft.piloted,
        purpose=draft.purpose,
        confidentiality=draft.confidentiality,
        subject=draft.subject,
        service=draft.service,
        treaty=draft.treaty,
        default_language=draft.default_language,
        outcomes=outcomes,
        standard_risks=risks,
        contradictions=contradictions,
        changes=changes,
        corridors=corridors,
    )
    return pack, tuple(draft.faults.problems)


def _read_corridors(draft: Draft) -> tuple[LinkRule, ...]:
    rules = read_corridors(draft.folder, draft.faults)
    forms = {one.name: one for one in draft.choice_lists.get("cooperation_forms", ())}
    kinds = {one.kind for one in networks()}
    check_corridors(rules, draft.sub_dimensions, forms, kinds, draft.faults)
    return rules


def _has(draft: Draft, file: str) -> bool:
    return (draft.folder / file).is_file()


def _check_files(draft: Draft) -> None:
    scoring = [file for file in SCORING_FILES if _has(draft, file)]
    needed = (*FORM_FILES, *(SCORING_FILES if scoring else ()))
    for file in needed:
        if not _has(draft, file):
            why = "" if file in FORM_FILES else f", which a pack with {scoring[0]} needs"
            draft.faults.add(
                "missing-file", f"{file} is missing{why}.",
                "Add the table; an empty one with its headings is enough.", file=file,
            )  # fmt: skip
    for path in sorted(draft.folder.glob("*.csv")):
        if path.name not in (*PACK_FILES, *WORDING_FILES):
            draft.faults.add(
                "unknown-file", f"{path.name} is no table of a pack; nothing reads it.",
                f"Rename or remove it{nearest(path.name, PACK_FILES)}.", file=path.name, note=True,
            )  # fmt: skip


def _check_risk_rules(draft: Draft, risks: tuple[StandardRisk, ...]) -> None:
    domains = domains_of(draft)
    for risk in risks:
        for column in ("when", "more_likely_when"):
            rule = getattr(risk, column)
            for name in sorted(rule.names - domains.keys()) if rule is not None else ():
                draft.faults.add(
                    "unknown-name",
                    f"The rule of «{risk.name}» reads «{name}», which stands nowhere.",
                    f"Correct the name{nearest(name, list(domains))}.",
                    file=RISKS_FILE, column=column,
                )  # fmt: skip


def _read_method(draft: Draft) -> None:
    draft.method, raw, text = read_method(draft.folder, draft.faults)
    if raw:
        subs = {code: sub.dimension for code, sub in draft.sub_dimensions.items()}
        context = frozenset(code for code, own in draft.dimensions.items() if own.context)
        check_method(raw, text, subs, context, draft.faults)


def pack_digest(folder: Path) -> str:
    """SHA-256 over the pack's files by name; line ends and byte-order marks make no difference."""
    digest = hashlib.sha256()
    for file in sorted(PACK_FILES):
        path = folder / file
        if path.is_file():
            content = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            digest.update(f"{file}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _stamp(folder: Path) -> _Stamp:
    """Size and time of each file: what changes when somebody edits the pack."""
    return tuple(
        (file, status.st_size, status.st_mtime_ns)
        for file in PACK_FILES
        if (folder / file).is_file() and (status := (folder / file).stat())
    )
