"""Runs a checked template in a sandbox and publishes the Word file: all of it, or nothing.

The file is written beside its place and moved there when it is whole. A template with an unknown
field, or one that tries more than fields, loops and conditions, is refused by name, and an older
report stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError
from markupsafe import Markup, escape

from assessments.errors import TemplateFault
from assessments.language import Translator
from assessments.problems import Problem, Severity
from assessments.report.bookmarks import place_bookmarks
from assessments.report.canvas import Picture
from assessments.report.context import Report
from assessments.report.context_region import RegionReport
from assessments.report.finish import finish
from assessments.report.native_charts import NativeChart
from assessments.report.publish import publish
from assessments.report.right_to_left import set_language
from assessments.report.template import check_template
from assessments.report.template_length import LONGEST, length
from assessments.report.template_words import translate

_PARTS = 64  # compiled and remembered: a document has a dozen, in four languages


def render(
    template: Path,
    report: Report | RegionReport,
    pictures: Mapping[str, Sequence[Picture]],
    charts: Mapping[str, NativeChart],
    out: Path,
    words: Translator,
) -> tuple[str, ...]:
    """Write `out` from `template` in the language of `words`; returns the printed ids that are
    bookmarks in it.

    Raises TemplateFault where the template is missing, not allowed or uses an unknown field.
    """
    from assessments.report.word import WordTemplate

    refuse_faulty(template, type(report))
    refuse_endless(template, report)
    word = WordTemplate(str(template))
    word.init_docx()
    _clear_properties(word.docx.core_properties)
    translate(word.docx, words)
    context = {field.name: getattr(report, field.name) for field in fields(report)}
    try:
        word.render(context, _sandbox(), autoescape=True)
    except (TemplateError, LxmlError) as error:
        raise TemplateFault(
            f"The template {template.name} cannot be rendered: {error}.",
            f"Run: tana report check-template {template.name}",
        ) from error
    document = word.docx
    finish(document, pictures, charts)
    ids = place_bookmarks(document)
    set_language(document, words.language)
    _describe(document.core_properties, report)
    publish(document, out)
    return ids


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fields, loops and conditions, and nothing else. It remembers what it has compiled: who
    writes many reports writes them from the same parts of the same template."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_printed)
        self.globals.clear()
        self.filters.clear()
        self.from_string = lru_cache(_PARTS)(super().from_string)  # type: ignore[method-assign,assignment]


_sandbox = cache(_Sandbox)


def _printed(value: Any) -> Any:
    """A value as XML text. Braces become entities, so that nothing in it is ever read as a tag."""
    if isinstance(value, str):
        return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))
    return value


def refuse_faulty(template: Path, root: type = Report) -> None:
    """Raise TemplateFault naming every unknown field and forbidden thing, with its place."""
    if not template.is_file():
        raise TemplateFault(
            f"There is no template {template}.", "Name a Word file, or leave the option out."
        )
    status = template.stat()
    faults = _faults(template, root, status.st_mtime_ns, status.st_size)
    if faults:
        raise TemplateFault(
            f"The template {template.name} was refused: "
            + " ".join(f"{fault.message} {fault.remedy}" for fault in faults),
            f"Nothing was published. Run: tana report check-template {template.name}",
        )


def refuse_endless(template: Path, report: Report | RegionReport) -> None:
    """Raise TemplateFault where the template would write more than a machine can hold."""
    characters = length(template, report)
    if characters > LONGEST:
        raise TemplateFault(
            f"The template {template.name} was refused: with this report it would write about "
            f"{characters / 1e6:,.0f} million characters, and {LONGEST / 1e6:.0f} are allowed.",
            "Nothing was published. Take out what is repeated in its loops without need.",
        )


@lru_cache(maxsize=16)
def _faults(template: Path, root: type, *_state: int) -> tuple[Problem, ...]:
    """Faults of one state of a template; read once for a run over many countries."""
    return tuple(p for p in check_template(template, root) if p.severity is Severity.FILE)


def _clear_properties(properties: Any) -> None:
    """A template's own properties are not run as templates."""
    for name in ("author", "comments", "identifier", "language", "subject", "title", "keywords"):
        setattr(properties, name, "")


def _describe(properties: Any, report: Report | RegionReport) -> None:
    cover = report.cover
    properties.title = f"{cover.title}: {cover.country}, {cover.round}"[:255]
    properties.subject = f"{cover.what_it_is}. {cover.status}. {cover.version}."[:255]
