"""How much a checked template would write for a report, reckoned without running it.

A loop may hold a page of text, and a template a thousand loops: what is allowed by itself could
still fill the memory. Each loop counts as often as the longest list of its kind in this report,
each branch of an `if` in full, each printed field with a fixed length.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from assessments.report.template import fields_of, scope_of
from assessments.report.template_file import sources

LONGEST = 100_000_000  # characters of XML that a template may write; ours is at 7 million
_FIELD = 200  # characters that a printed field is reckoned at; most are shorter, few much longer


def length(path: Path, report: Any) -> int:
    """Characters of XML, an upper bound but for fields that are longer than reckoned."""
    longest: dict[tuple[type, str], int] = {}
    _measure(report, longest)
    status = path.stat()
    trees = _trees(path, status.st_mtime_ns, status.st_size)
    root = type(report)
    return sum(_length(root, tree.body, scope_of(root), longest) for tree in trees)


@lru_cache(maxsize=16)
def _trees(path: Path, *_state: int) -> tuple[nodes.Template, ...]:
    """The parts of one state of a template, parsed once for a run over many countries."""
    read = Environment(autoescape=True)
    return tuple(read.parse(source) for _, source in sources(path))


def _measure(group: Any, longest: dict[tuple[type, str], int]) -> None:
    """The longest list of each field of this report."""
    for name, (_, is_list, _) in fields_of(type(group)).items():
        value = getattr(group, name)
        if is_list:
            key = (type(group), name)
            longest[key] = max(longest.get(key, 0), len(value))
        for item in value if is_list else (value,):
            _measure(item, longest)


def _length(
    root: type,
    body: list[Any],
    scope: Mapping[str, tuple[Any, bool]],
    longest: Mapping[tuple[type, str], int],
) -> int:
    total = 0
    for node in body:
        if isinstance(node, nodes.For):
            owner, of = _listed(root, node.iter, scope)
            inner = {**scope, getattr(node.target, "name", ""): (of, False)}
            total += longest.get(owner, 0) * _length(root, node.body, inner, longest)
        elif isinstance(node, nodes.If):
            for branch in (node.body, node.elif_, node.else_):
                total += _length(root, branch, scope, longest)
        elif isinstance(node, nodes.Output):
            total += sum(
                len(one.data) if isinstance(one, nodes.TemplateData) else _FIELD
                for one in node.nodes
            )
    return total


def _listed(
    root: type, node: Any, scope: Mapping[str, tuple[Any, bool]]
) -> tuple[tuple[type, str], Any]:
    """Whose field a list is, and the type of its items."""
    if isinstance(node, nodes.Name):
        return (root, node.name), scope[node.name][0]
    owner = _listed(root, node.node, scope)[1]
    return (owner, node.attr), fields_of(owner)[node.attr][0]
