"""How a name, a title or a text of the pack stands inside a sentence of a design.

The sentences themselves stand beside the code that has them to say: each is a message with its
values (`Said`), which the report composes in the reader's language. A name inside a sentence is
written `{name!l}`, without its capital.
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.language import Said

_PACKAGES = {
    "essential": Said("Essential"),
    "core": Said("Core"),
    "full": Said("Full"),
}


def listed(items: Iterable[str]) -> str:
    """a, b and c; semicolons where an item holds a comma or an «and» of its own."""
    words = [item for item in items if item]
    if len(words) > 1 and any("," in word or " and " in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def inside(names: Iterable[str]) -> tuple[Said, ...]:
    """Names as they stand inside a sentence."""
    return tuple(Said("{name!l}", name=name) for name in names)


def quoted(titles: Iterable[str]) -> tuple[Said, ...]:
    """Titles as they stand inside a sentence."""
    return tuple(Said("“{title}”", title=title) for title in titles)


def ended(text: str) -> str:
    """A text of a pack as a sentence of its own."""
    return text if text.endswith((".", "!", "?")) else Said("{text}.", text=text)


def package_name(code: str) -> Said:
    """The name of a package."""
    return _PACKAGES.get(code, Said(code))
