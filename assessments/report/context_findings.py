"""The fields of Part A and of the pages before it; see `context` for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

PrintedId = Annotated[str, "printed id"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that rests on something traceable."""

    text: Annotated[str, "the sentence"]
    id: Annotated[str, "printed id of what it rests on"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value."""

    label: Annotated[str, "what it is"]
    value: Annotated[str, "what is known of it"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, and the header and footer of every page."""

    country: Annotated[str, "name of the country in United Nations usage"]
    round: Annotated[str, "round of the assessment"]
    title: Annotated[str, "title of the questionnaire pack"]
    project_title: Annotated[str, "title of the project design"]
    status: Annotated[str, "DRAFT, or Approved"]
    status_line: Annotated[str, "the status in a sentence, with approver and date"]
    version: Annotated[str, "public version or restricted version"]
    version_line: Annotated[str, "what this version shows and leaves out"]
    date: Annotated[str, "day on which the report was made"]
    what_it_is: Annotated[str, "what the document is, in a few words"]
    validation: Annotated[str, "validated by whom and when, or how far it has been responded to"]
    fictional: Annotated[str, "says so where the country is an example; else empty"]


@dataclass(frozen=True, slots=True)
class Respondent:
    """One institution that answered."""

    institution: Annotated[str, "name of the institution"]
    received: Annotated[str, "day its workbook came in"]
    version: Annotated[str, "version of its workbook"]
    asked: Annotated[str, "questions put to it"]
    answered: Annotated[str, "questions it answered"]
    with_evidence: Annotated[str, "answers that cite a document"]
    unusable: Annotated[str, "cells that could not be read as an answer"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who answered, with what method, and in which run."""

    facts: Annotated[tuple[Fact, ...], "rows of the provenance box"]
    respondents: Annotated[tuple[Respondent, ...], "institutions that answered"]
    silent: Annotated[str, "institutions that have not answered, in a sentence; empty if none"]
    coverage: Annotated[Finding, "coverage of the whole questionnaire"]
    divergence: Annotated[str, "how often respondents disagree, in a sentence"]
    divergences: Annotated[tuple[Finding, ...], "the disagreements, one sentence each"]
    notebooks: Annotated[tuple[Fact, ...], "notebooks that were run, with their digests"]


@dataclass(frozen=True, slots=True)
class Summary:
    """The executive summary: at most three pages."""

    scope: Annotated[str, "what was assessed and on what basis"]
    strengths_lead: Annotated[str, "sentence before the strengths"]
    strengths: Annotated[tuple[Finding, ...], "what works, at most six"]
    gaps_lead: Annotated[str, "sentence before the gaps"]
    gaps: Annotated[tuple[Finding, ...], "the most severe gaps, at most six"]
    compliance: Annotated[str, "the treaty paragraphs in one sentence"]
    project: Annotated[str, "the project design in one sentence"]
    different: Annotated[tuple[Finding, ...], "what is different for this country, at most five"]
    caution: Annotated[str, "how far the findings carry"]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A dimension or a form of cooperation in the profile."""

    id: PrintedId
    name: Annotated[str, "name"]
    level: Annotated[str, "level 0 to 4, or why there is none"]
    word: Annotated[str, "the level in a word"]
    range: Annotated[str, "lowest to highest sub-dimension"]
    coverage: Annotated[str, "share of applicable questions answered, by weight"]
    scored: Annotated[str, "sub-dimensions with a level, of all"]
    shade: Annotated[str, "colour of the level cell, as RRGGBB"]


@dataclass(frozen=True, slots=True)
class Score:
    """One sub-dimension."""

    id: PrintedId
    code: Annotated[str, "code, as STR-1"]
    name: Annotated[str, "name"]
    level: Annotated[str, "level 0 to 4, or a dash"]
    word: Annotated[str, "the level in a word"]
    interval: Annotated[str, "interval of the level"]
    target: Annotated[str, "level aimed at"]
    coverage: Annotated[str, "share of applicable questions answered, by weight"]
    evidence: Annotated[str, "seen, observed or reported"]
    text: Annotated[str, "what the level means for this sub-dimension"]
    note: Annotated[str, "remarks: disagreement, cap, self-rated only; may be empty"]
    self_rated: Annotated[str, "how the institutions rate themselves; may be empty"]
    government: Annotated[str, "what the Government says of it; may be empty"]
    shade: Annotated[str, "colour of the level cell, as RRGGBB"]


@dataclass(frozen=True, slots=True)
class DimensionFinding:
    """Two pages at most: one of the seven considerations."""

    id: Annotated[str, "printed id of its profile line"]
    code: Annotated[str, "code, as STR"]
    name: Annotated[str, "name"]
    situation: Annotated[str, "where the country stands, in sentences"]
    evidence: Annotated[str, "what was seen and what was only reported"]
    scores: Annotated[tuple[Score, ...], "its sub-dimensions that may be shown"]
    hidden: Annotated[tuple[Finding, ...], "its sub-dimensions that this version does not show"]
    works: Annotated[tuple[Finding, ...], "what works"]
    gaps: Annotated[tuple[Finding, ...], "gaps"]
    meaning: Annotated[str, "whom its gaps hold up, and what waits for them; may be empty"]
    open: Annotated[tuple[Finding, ...], "what is not known yet"]
    next_steps: Annotated[tuple[Finding, ...], "what the project offers"]
    next_step: Annotated[str, "sentence where the project offers nothing; else empty"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many, with a share."""

    label: Annotated[str, "what is counted"]
    count: Annotated[str, "how many"]
    share: Annotated[str, "share of all"]
    shade: Annotated[str, "colour, as RRGGBB"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One treaty paragraph."""

    id: PrintedId
    ref: Annotated[str, "paragraph, as 18(13)"]
    article: Annotated[str, "article and its title"]
    text: Annotated[str, "what the Convention asks"]
    obligation: Annotated[str, "mandatory, optional ..."]
    verdict: Annotated[str, "where it stands"]
    because: Annotated[str, "why"]
    disputed: Annotated[str, "says so where respondents disagree; else empty"]
    government: Annotated[str, "what the Government says of it; may be empty"]
    shade: Annotated[str, "colour, as RRGGBB"]


@dataclass(frozen=True, slots=True)
class Compliance:
    """The second ledger: treaty paragraphs."""

    sentence: Annotated[str, "mandatory paragraphs in one sentence"]
    counts: Annotated[tuple[Count, ...], "mandatory paragraphs by verdict"]
    gaps: Annotated[tuple[Requirement, ...], "mandatory paragraphs not met or partly met"]
    all: Annotated[tuple[Requirement, ...], "every paragraph"]
    hidden: Annotated[str, "how many are not shown in this version; empty if none"]


@dataclass(frozen=True, slots=True)
class Rate:
    """An indicator from the country's own figures."""

    label: Annotated[str, "what it is"]
    value: Annotated[str, "value with its unit"]
    counts: Annotated[str, "the counts behind it"]


@dataclass(frozen=True, slots=True)
class GapPart:
    """One factor of a severity."""

    label: Annotated[str, "factor with its value"]
    reason: Annotated[str, "why it has this value"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A sub-dimension below its target."""

    id: PrintedId
    rank: Annotated[str, "place in the order of severity"]
    code: Annotated[str, "sub-dimension"]
    name: Annotated[str, "name of the sub-dimension"]
    level: Annotated[str, "level now"]
    target: Annotated[str, "level aimed at"]
    severity: Annotated[str, "severity"]
    ranks: Annotated[str, "best and worst place when weights move"]
    robustness: Annotated[str, "how firmly it holds its place"]
    reason: Annotated[str, "why it matters"]
    parts: Annotated[tuple[GapPart, ...], "factors that make it more severe, with their reasons"]
    parts_line: Annotated[str, "the factors in one line"]
    unmet: Annotated[str, "mandatory paragraphs not met that belong to it; may be empty"]
    depends_on: Annotated[str, "what comes first; may be empty"]
    now: Annotated[str, "what the level now means"]
    aim: Annotated[str, "what the level aimed at means"]


@dataclass(frozen=True, slots=True)
class PrioritySection:
    """The gaps in order."""

    sentence: Annotated[str, "how many, and how they were put in order"]
    gaps: Annotated[tuple[Gap, ...], "all gaps, most severe first"]
    leading: Annotated[tuple[Gap, ...], "the ten most severe, for the pages with their reasons"]
    hidden: Annotated[str, "how many are not shown in this version; empty if none"]
    not_scored: Annotated[tuple[Finding, ...], "what should be asked next"]
