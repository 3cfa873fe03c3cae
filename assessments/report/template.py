"""What a Word template says, read before it is run: unknown, unused and misspelt fields with their
place, and nothing but fields, loops and conditions.

An officer edits templates in Word; a template may also come from a stranger. The language allowed
here is small on purpose: fields of `context.Report`, `for` over their lists, `if` with comparisons.
No calls, no arithmetic, no filters; and a loop inside a loop must go through a list of the outer
loop's item, so that a template can print no more than the report holds. What passes cannot reach
Python; how much it would write is reckoned before it runs (`template_length`), so that it cannot
exhaust memory. The sandbox of the renderer stands behind it.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from lxml.etree import LxmlError

from assessments.problems import Problem, Severity
from assessments.report.context import Report
from assessments.report.context_region import RegionReport
from assessments.report.template_file import faults_of_file, replacing, sources, unreadable

ROOTS: tuple[type, ...] = (Report, RegionReport)  # kinds of documents
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If,
    nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.Template,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of the context: its type in words and its meaning."""

    path: str  # as in a template: cover.country; gaps[].text for the items of a list
    kind: str  # text, list
    meaning: str


@cache
def _shape(kind: Any) -> dict[str, tuple[Any, bool, str]]:
    """Fields of a context class: name -> (type, of its items if a list; list?; meaning)."""
    found = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        meaning = ""
        of: Any = hint
        if get_origin(hint) is Annotated:
            of, meaning = get_args(hint)[:2]
        is_list = get_origin(of) is tuple
        found[name] = (get_args(of)[0] if is_list else of, is_list, meaning)
    return found


def fields_of(kind: type) -> dict[str, tuple[Any, bool, str]]:
    """Fields of `kind`; none where it is plain text."""
    return _shape(kind) if dataclasses.is_dataclass(kind) else {}


def fields(kind: type = Report, path: str = "") -> Iterator[FieldInfo]:
    """Every field a template may use, in the order of the context."""
    for name, (of, is_list, meaning) in _shape(kind).items():
        here = f"{path}.{name}" if path else name
        if dataclasses.is_dataclass(of):
            yield FieldInfo(here, "list" if is_list else "group", meaning)
            yield from fields(of, f"{here}[]" if is_list else here)  # type: ignore[arg-type]
        else:
            yield FieldInfo(here, "list of text" if is_list else "text", meaning)


@dataclass
class _Reader:
    """Walks one part of a template."""

    file: str
    part: str
    lines: list[str]
    root: type = Report
    problems: list[Problem] = field(default_factory=list)
    used: set[tuple[type, str]] = field(default_factory=set)

    def report(self, code: str, line: int, message: str, remedy: str) -> None:
        self.problems.append(
            Problem(
                code=code,
                severity=Severity.FILE,
                message=f"{message} {self.place(line)}",
                remedy=remedy,
                file=self.file,
            )
        )

    def place(self, line: int) -> str:
        """Where in the document: the part, the heading above, the words of the paragraph."""
        at = max(0, min(line - 1, len(self.lines) - 1))
        words = _words(self.lines[at])
        if "header" in self.part or "footer" in self.part:
            part = "header" if "header" in self.part else "footer"
            return f"(in the {part}: \u201c{words}\u201d)"
        above = next(
            (
                _words(self.lines[n])
                for n in range(at, -1, -1)
                if re.search(r'w:pStyle w:val="(Heading|Title)', self.lines[n])
            ),
            "the beginning",
        )
        return f"(under \u201c{above}\u201d: \u201c{words}\u201d)"

    # --- the walk: a scope maps a name to (type, is list)

    def block(self, body: list[Any], scope: dict[str, tuple[Any, bool]], loops: list[str]) -> None:
        for node in body:
            self.node(node, scope, loops)

    def node(self, node: Any, scope: dict[str, tuple[Any, bool]], loops: list[str]) -> None:
        if isinstance(node, nodes.For):
            self.loop(node, scope, loops)
        elif isinstance(node, nodes.If):
            self.expression(node.test, scope)
            self.block(node.body, scope, loops)
            for branch in node.elif_:
                self.node(branch, scope, loops)
            self.block(node.else_, scope, loops)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                found = self.expression(part, scope)
                if found is not None and (found[1] or dataclasses.is_dataclass(found[0])):
                    self.report(
                        "not-a-text", part.lineno, "A list or group is printed as if it were text.",
                        "Print one of its fields, or go through it with a for tag.",
                    )  # fmt: skip
        else:
            self.refuse(node)

    def loop(self, node: nodes.For, scope: dict[str, tuple[Any, bool]], loops: list[str]) -> None:
        found = self.expression(node.iter, scope)
        root = _root(node.iter)
        if not isinstance(node.target, nodes.Name) or node.recursive or node.test or node.else_:
            self.refuse(node)
            return
        if loops and root != loops[-1]:
            self.report(
                "loop-not-nested", node.lineno,
                "A loop inside another goes through a list that is not of the outer loop's item.",
                f"Go through a list of \u201c{loops[-1]}\u201d, or end the outer loop before.",
            )  # fmt: skip
        if found is not None and not found[1]:
            self.report("not-a-list", node.lineno, f"\u201c{_path(node.iter)}\u201d is not a list.",
                        "Use it without a for tag.")  # fmt: skip
            found = None
        inner = dict(scope)
        inner[node.target.name] = (found[0], False) if found else (Any, False)
        inner["loop"] = (_Loop, False)
        self.block(node.body, inner, [*loops, node.target.name])

    def expression(self, node: Any, scope: dict[str, tuple[Any, bool]]) -> tuple[Any, bool] | None:
        """Type of an expression, None where it is plain text or unknown."""
        if isinstance(node, nodes.Name):
            return self.name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self.attribute(node, scope)
        if not isinstance(node, _ALLOWED):
            self.refuse(node)
            return None
        for child in node.iter_child_nodes():
            self.expression(child, scope)
        return None

    def name(self, node: nodes.Name, scope: dict[str, tuple[Any, bool]]) -> tuple[Any, bool] | None:
        if node.name in scope:
            if node.name in _shape(self.root):
                self.used.add((self.root, node.name))
            return scope[node.name]
        self.unknown(node.lineno, node.name, node.name, list(scope))
        return None

    def attribute(
        self, node: nodes.Getattr, scope: dict[str, tuple[Any, bool]]
    ) -> tuple[Any, bool] | None:
        if not isinstance(node.node, nodes.Name | nodes.Getattr):
            self.refuse(node)
            return None
        owner = self.expression(node.node, scope)
        if owner is not None and owner[0] is Any:
            return None  # its list is unknown, which was told
        if owner is None:
            self.refuse(node)  # of a text, which has no fields
            return None
        if owner[0] is _Loop:
            if node.attr not in _LOOP:
                self.unknown(node.lineno, f"loop.{node.attr}", node.attr, list(_LOOP))
            return str, False
        known = {} if owner[1] or not isinstance(owner[0], type) else fields_of(owner[0])
        if node.attr not in known:
            self.unknown(node.lineno, _path(node), node.attr, list(known))
            return None
        self.used.add((owner[0], node.attr))
        of, is_list, _ = known[node.attr]
        return of, is_list

    def unknown(self, line: int, path: str, name: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"Did you mean \u201c{near[0]}\u201d?" if near else (
            "See report_templates/README.md for the list of fields."
        )  # fmt: skip
        self.report("unknown-field", line, f"There is no field \u201c{path}\u201d.", remedy)

    def refuse(self, node: Any) -> None:
        what = _path(node) if isinstance(node, nodes.Getattr) else type(node).__name__.lower()
        self.report(
            "not-allowed", getattr(node, "lineno", None) or 1,
            f"The template uses \u201c{what}\u201d, which a report template may not.",
            "Use fields, for and if only.",
        )  # fmt: skip


class _Loop:
    """Stands for Jinja's loop variable."""


def check_template(path: Path, root: type | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a template, all at once. Severity `file` refuses it; fields that it
    does not use are notes.

    `root` is the kind of document; without it the template is judged by the one it fits best.
    """
    found = [_check(path, one) for one in ((root,) if root else ROOTS)]
    return min(found, key=lambda problems: sum(p.severity is Severity.FILE for p in problems))


def _check(path: Path, root: type) -> tuple[Problem, ...]:
    problems = list(faults_of_file(path))
    if problems:
        return tuple(problems)
    try:
        problems, parts = list(replacing(path)), list(sources(path))
    except (LxmlError, KeyError, ValueError, AttributeError, PackageNotFoundError) as error:
        return (unreadable(path, str(error)),)
    used: set[tuple[type, str]] = set()
    for part, source in parts:
        reader = _Reader(path.name, part, source.split("\n"), root)
        try:
            tree = Environment(autoescape=True).parse(source)  # parsed, never run
            reader.block(tree.body, scope_of(root), [])
        except TemplateSyntaxError as error:
            message = str(error.message).rstrip(".")
            reader.report(
                "syntax", error.lineno, f"A tag cannot be read: {message}.",
                "Compare it with the default template; every for and if needs its end.",
            )  # fmt: skip
        except RecursionError:
            reader.report(
                "too-deep", 1, "Tags or parentheses stand inside one another hundreds of times.",
                "Compare it with the default template.",
            )  # fmt: skip
        problems += reader.problems
        used |= reader.used
    return tuple(problems + _unused(path, used, root))


def scope_of(root: type) -> dict[str, tuple[Any, bool]]:
    """The names that a template of this kind of document begins with: type, and whether a list."""
    return {name: (of, is_list) for name, (of, is_list, _) in _shape(root).items()}


def _unused(path: Path, used: set[tuple[type, str]], root: type) -> list[Problem]:
    """Fields of groups the template uses, but never prints."""
    reached = {root} | {_shape(kind)[name][0] for kind, name in used}
    return [
        Problem(
            code="unused-field",
            severity=Severity.NOTE,
            message=f"The template does not use \u201c{name}\u201d of {kind.__name__} ({meaning}).",
            remedy="Nothing to do, unless it was left out by mistake.",
            file=path.name,
        )
        for kind in sorted(
            (k for k in reached if dataclasses.is_dataclass(k)), key=lambda k: k.__name__
        )
        for name, (_, _, meaning) in _shape(kind).items()
        if (kind, name) not in used
    ]


def _words(line: str) -> str:
    text = re.sub(r"<[^>]+>", "", line).strip()
    return text if len(text) <= 90 else f"{text[:87]}..."


def _path(node: Any) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return str(getattr(node, "name", "..."))


def _root(node: Any) -> str:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return str(getattr(node, "name", ""))
