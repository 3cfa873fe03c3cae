"""A sentence as a result carries it: the id of its message and the values in it, in no language.

A message's id is its English text, as everywhere in the catalogues. In the store stands the id with
its values; an analyst's notebook shows it in English; a report composes it in its own language,
with that language's plurals, figures and lists. Values are composed too: a text of the pack, a
list, a share, an amount, another sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from assessments.language.figures import Figures
from assessments.language.words import Translator, fill


class Share(float):
    """A part of a whole, 0 to 1; written as per cent."""


class Level(float):
    """A level, 0 to 4; written with one decimal always."""


class Money(NamedTuple):
    """An amount."""

    amount: Decimal
    currency: str


class InstitutionCode(str):
    """An institution by its code; a report writes its name."""

    __slots__ = ()


Value = str | int | float | Decimal | Money | Sequence["Value"]


class Said(str):
    """One sentence, or several after each other. As a `str` it is the English text.

    `{name}` in a message is a value; see `fill` for `{name!l}` and its kind. A plain `str` where a
    sentence is expected is a message without values.
    """

    message: str
    many: str  # the plural, where the message counts
    number: int  # how many it counts
    values: Mapping[str, Value]
    parts: tuple[Said, ...]  # sentences after each other; then there is no message

    def __new__(cls, message: str = "", /, **values: Value) -> Self:
        return cls._made(message, values)

    @classmethod
    def counted(cls, one: str, many: str, count: int, /, **values: Value) -> Self:
        """A sentence that agrees with `count`, which stands in it as `{n}`."""
        return cls._made(one, {"n": count, **values}, many=many, count=count)

    @classmethod
    def together(cls, *parts: str) -> Said:
        """Sentences after each other; those that say nothing are left out."""
        said = [part if isinstance(part, Said) else Said(part) for part in parts if part]
        if len(said) == 1:
            return said[0]
        whole = cls._made(" ".join(said), {}, plain=True)
        whole.message, whole.parts = "", tuple(said)
        return whole

    @classmethod
    def _made(
        cls,
        message: str,
        values: Mapping[str, Value],
        *,
        many: str = "",
        count: int = 0,
        plain: bool = False,
    ) -> Self:
        text = many if many and count != 1 else message
        shown = text if plain else fill(text, {name: _english(one) for name, one in values.items()})
        made = super().__new__(cls, shown)
        made.message, made.many, made.number = message, many, count
        made.values, made.parts = values, ()
        return made

    def __getnewargs__(self) -> tuple[str]:
        return (str(self),)  # what else a copy needs is in its attributes

    # --- in the store -----------------------------------------------------------------------------

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(_in_store)
        )

    @classmethod
    def read(cls, stored: object) -> Said:
        """A sentence out of the store, or a plain text. Raises ValueError for anything else."""
        if isinstance(stored, Said):
            return stored
        if isinstance(stored, str):
            return Said(stored)
        if not isinstance(stored, dict):
            raise ValueError("a sentence is a text, or a message with its values")
        if "parts" in stored:
            return Said.together(*(cls.read(part) for part in stored["parts"]))
        values = {name: _value(one) for name, one in stored.get("values", {}).items()}
        message, many = stored["says"], stored.get("many")
        if many:
            return Said.counted(message, many, stored["count"], **values)
        return Said(message, **values)

    def stored(self) -> str | dict[str, Any]:
        """What stands in the store: a text alone, or message, values and number."""
        if self.parts:
            return {"parts": [part.stored() for part in self.parts]}
        values = {name: _stored(one) for name, one in self.values.items()}
        if self.many:
            values.pop("n", None)
            return {"says": self.message, "many": self.many, "count": self.number, "values": values}
        return {"says": self.message, "values": values} if values else self.message


@dataclass(frozen=True)
class Composer:
    """Says a sentence in one language."""

    words: Translator
    figures: Figures
    text: Callable[[str], str]  # a text that is not ours, as the pack has it in this language
    institution: Callable[[str], str]  # name of an institution by its code

    def compose(self, said: str) -> str:
        """`said` in this language; a plain text is looked up."""
        if not isinstance(said, Said):
            return self._looked_up(said)
        if said.parts:
            return " ".join(filter(None, map(self.compose, said.parts)))
        if not said.values:
            return self._looked_up(said.message)
        values: dict[str, object] = {n: self.value(one) for n, one in said.values.items()}
        if said.many:
            return self.words.ngettext(said.message, said.many, said.number, **values)
        return fill(self._looked_up(said.message), values)

    def value(self, one: Value) -> str:
        """One value as it stands in a sentence."""
        match one:
            case InstitutionCode():
                return self.institution(one)
            case str():
                return self.compose(one)
            case Share():
                return self.figures.share(one)
            case Level():
                return self.figures.decimal(one, "0.0")
            case int():
                return self.figures.whole(one)
            case float() | Decimal():
                return self.figures.decimal(one)
            case Money():
                return self.figures.money(one.amount, one.currency)
        return self.figures.listed([self.value(item) for item in one])

    def _looked_up(self, text: str) -> str:
        return self.words(text) if text in self.words.texts else self.text(text)


def _in_store(said: str) -> str | dict[str, Any]:
    """Also for a plain text that was put in a field without being read."""
    return said.stored() if isinstance(said, Said) else said


def _english(one: Value) -> str:
    """A value in English, without Babel: thousands are made while a country is scored."""
    match one:
        case str():
            return one
        case Share():
            return f"{one * 100:.0f} %"
        case Level():
            return f"{one:.1f}"
        case int():
            return str(one)
        case float() | Decimal():
            return f"{one:.2f}".rstrip("0").rstrip(".")
        case Money():
            return f"{one.currency} {one.amount:,.2f}"
    items = [said for item in one if (said := _english(item))]
    if len(items) > 1 and any("," in item or " and " in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _stored(one: Value) -> Any:
    match one:
        case Said():
            return one.stored()
        case InstitutionCode():
            return {"institution": str(one)}
        case Share():
            return {"share": float(one)}
        case Level():
            return {"level": float(one)}
        case Decimal():
            return {"decimal": str(one)}
        case Money():
            return {"money": str(one.amount), "currency": one.currency}
        case str() | int() | float():
            return one
    return [_stored(item) for item in one]


def _value(stored: Any) -> Value:
    match stored:
        case {"institution": code}:
            return InstitutionCode(code)
        case {"share": share}:
            return Share(share)
        case {"level": level}:
            return Level(level)
        case {"decimal": number}:
            return Decimal(number)
        case {"money": amount, "currency": currency}:
            return Money(Decimal(amount), currency)
        case list():
            return tuple(_value(item) for item in stored)
        case dict():
            return Said.read(stored)
    known: str | int | float = stored
    return known
