"""Try a changed method on stored assessments without touching a result, and adopt one.

A trial scores every assessment twice, as it stands and with the change, and says what moves:
levels, gaps, their order, and the interventions of each package.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assessments.errors import Mistake, TanaError
from assessments.pack.load import load_pack
from assessments.pack.method_file import METHOD
from assessments.pack.method_trial import method_from_file, with_method, with_trial
from assessments.pack.method_values import Plain, changed_values
from assessments.pack.model import Pack
from assessments.results import ProjectDesign, Value
from assessments.runner import STEPS, execute
from assessments.runner.kernels import prepare_kernels
from assessments.runner.material import Material, material_of
from assessments.scoring.assess import method_of
from assessments.settings import read_settings
from assessments.store import Assessment, open_store
from assessments.store.methods import AdoptedMethod, adopt
from flows.compute import Results, compute
from flows.own_pack import own_pack
from flows.progress import tell


class ChangedValue(Value):
    """One value of the method, before and after."""

    path: str
    before: Plain | None
    after: Plain


class Move(Value):
    """What became of one sub-dimension; None where there is no level, or no gap."""

    sub_dimension: str
    level_before: float | None
    level_after: float | None
    gap_before: float | None
    gap_after: float | None
    rank_before: int | None
    rank_after: int | None

    @property
    def moved(self) -> bool:
        """True where anything differs."""
        return (self.level_before, self.gap_before, self.rank_before) != (
            self.level_after,
            self.gap_after,
            self.rank_after,
        )


class PackageMove(Value):
    """What a package gains and loses."""

    name: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


class CountryTrial(Value):
    """What moves in one assessment."""

    iso3: str
    round: str
    moves: tuple[Move, ...] = ()  # those that moved, in the order of the framework
    first_before: tuple[str, ...] = ()  # the first five gaps
    first_after: tuple[str, ...] = ()
    packages: tuple[PackageMove, ...] = ()  # those that changed
    chosen_before: str = ""  # the package the budget is made for
    chosen_after: str = ""
    error: str = ""  # why it could not be tried

    @property
    def in_short(self) -> str:
        """One sentence."""
        levels = sum(move.level_before != move.level_after for move in self.moves)
        ranks = sum(move.rank_before != move.rank_after for move in self.moves)
        first = "change" if self.first_before != self.first_after else "stay"
        names = ", ".join(package.name for package in self.packages) or "none"
        return (
            f"{levels} levels and {ranks} ranks move; the first five gaps {first}; "
            f"packages that change: {names}."
        )


class MethodTrial(Value):
    """What a change of the method does to every stored assessment."""

    changed: tuple[ChangedValue, ...]
    countries: tuple[CountryTrial, ...]


def read_settings_of_trial(pairs: Sequence[str]) -> dict[str, str | float]:
    """`PATH=VALUE` pairs. Raises Mistake for one that is none."""
    found: dict[str, str | float] = {}
    for pair in pairs:
        path, sign, text = pair.partition("=")
        if not sign or not path.strip() or not text.strip():
            raise Mistake(f"{pair!r} sets nothing.", "Write --set PATH=VALUE: weights.LEG=2.")
        try:
            found[path.strip()] = float(text)
        except ValueError:
            found[path.strip()] = text.strip()
    return found


def try_method(
    pairs: Sequence[str],
    method: Path | None = None,
    notebooks: Path | None = None,
    pack: str = "",
) -> MethodTrial:
    """Score every stored assessment as it stands and with the change; nothing is kept.

    Raises Mistake where nothing is changed or a setting cannot be applied, PackFault for a method
    file with faults. A country that cannot be scored is told by itself.
    """
    settings = read_settings_of_trial(pairs)
    if not settings and method is None and notebooks is None:
        raise Mistake(
            "There is nothing to try.", "Give --set PATH=VALUE, --method FILE or --notebooks DIR."
        )
    if notebooks is not None:
        _check_notebooks(notebooks)
    base = load_pack(pack or "cooperation")
    changed = changed_pack(base, settings, method)
    countries = []
    with open_store() as store:
        for one in store.assessments():
            if not store.answers(one.iso3, one.round):
                continue
            loaded = load_pack(pack) if pack else own_pack(one)
            material = material_of(store, one.iso3, one.round, loaded)
            countries.append(_try_one(one, material, settings, method, notebooks))
            tell(f"{one.iso3} {one.round}: tried")
    values = changed_values(method_of(base), method_of(changed))
    return MethodTrial(
        changed=tuple(ChangedValue(path=p, before=b, after=a) for p, b, a in values),
        countries=tuple(countries),
    )


def changed_pack(pack: Pack, settings: Mapping[str, str | float], method: Path | None) -> Pack:
    """The pack with the method of a file, then with single values set."""
    if method is not None:
        pack = with_method(pack, method_from_file(pack, method))
    return with_trial(pack, settings) if settings else pack


def _try_one(
    assessment: Assessment,
    material: Material,
    settings: Mapping[str, str | float],
    method: Path | None,
    notebooks: Path | None,
) -> CountryTrial:
    try:
        before = compute(material)
        if notebooks is not None:
            after = _by_notebooks(material, notebooks, settings, method)
        else:
            after = compute(replace(material, pack=changed_pack(material.pack, settings, method)))
    except TanaError as error:
        return CountryTrial(iso3=assessment.iso3, round=assessment.round, error=error.message)
    return compare(assessment.iso3, assessment.round, before, after)


def compare(iso3: str, round_: str, before: Results, after: Results) -> CountryTrial:
    """What moves between two outcomes of one assessment."""
    later = {score.sub_dimension: score for score in after.scores.sub_dimensions}
    rank_before = {gap.sub_dimension: gap.rank for gap in before.priorities.gaps}
    rank_after = {gap.sub_dimension: gap.rank for gap in after.priorities.gaps}
    moves = [
        Move(
            sub_dimension=code,
            level_before=score.level,
            level_after=later[code].level,
            gap_before=score.gap,
            gap_after=later[code].gap,
            rank_before=rank_before.get(code),
            rank_after=rank_after.get(code),
        )
        for score in before.scores.sub_dimensions
        if (code := score.sub_dimension) in later
    ]
    return CountryTrial(
        iso3=iso3,
        round=round_,
        moves=tuple(move for move in moves if move.moved),
        first_before=tuple(gap.sub_dimension for gap in before.priorities.gaps[:5]),
        first_after=tuple(gap.sub_dimension for gap in after.priorities.gaps[:5]),
        packages=tuple(_packages(before.design, after.design)),
        chosen_before=before.design.budget.package,
        chosen_after=after.design.budget.package,
    )


def _packages(before: ProjectDesign, after: ProjectDesign) -> list[PackageMove]:
    now = {package.name: set(package.chosen) for package in after.packages}
    found = []
    for package in before.packages:
        was, then = set(package.chosen), now.get(package.name, set())
        if was != then:
            found.append(
                PackageMove(
                    name=package.name,
                    added=tuple(sorted(then - was)),
                    dropped=tuple(sorted(was - then)),
                )
            )
    return found


def _check_notebooks(folder: Path) -> None:
    missing = [step.name for step in STEPS if not (folder / step.notebook.name).is_file()]
    if missing:
        raise Mistake(
            f"{folder} lacks {', '.join(f'{name}.ipynb' for name in missing)}.",
            "Copy all four notebooks, then change the copies.",
        )


def _by_notebooks(
    material: Material, folder: Path, settings: Mapping[str, str | float], method: Path | None
) -> Results:
    """The same through changed notebooks, on a copy of the pack with the changed method."""
    home = read_settings()
    folder_of_home = home.make_home()
    kernel = prepare_kernels(folder_of_home, home.kernels)
    # Where runs lie too: a kernel finds its settings upward of where its notebook stands.
    with tempfile.TemporaryDirectory(prefix="trial_", dir=folder_of_home) as place:
        here = Path(place)
        pack = _written(material.pack, settings, method, here / "pack")
        made: dict[str, Value] = {}
        paths: dict[str, str] = {}
        for step in STEPS:
            given: dict[str, str | bool] = {
                "iso3": material.ref.iso3,
                "assessment_round": material.ref.round,
            }
            given |= {"pack": str(pack)}
            given |= {
                other.passes_on_as: paths[other.name] for other in STEPS if other.name in step.needs
            }
            if step.result is ProjectDesign:
                given["budget"] = ""
                given["fast_track"] = False
            paths[step.name] = str(here / f"{step.name}.json")
            made[step.stored_as] = execute(
                folder / step.notebook.name,
                given,
                step.result,
                result_path=Path(paths[step.name]),
                executed=here / step.notebook.name,
                kernel=kernel,
                cell_seconds=home.cell_seconds,
            )
    return Results.stored({name: one.model_dump_json() for name, one in made.items()})


def _written(
    pack: Pack, settings: Mapping[str, str | float], method: Path | None, folder: Path
) -> Path:
    """A copy of the pack's folder with the changed method."""
    import shutil

    shutil.copytree(pack.folder, folder)
    text, _ = method_text(pack, settings, method, "")
    (folder / METHOD).write_text(text, encoding="utf-8")
    return folder


def method_text(
    pack: Pack, settings: Mapping[str, str | float], method: Path | None, because: str
) -> tuple[str, str]:
    """(text, version) of the changed method as a file, with the comments of the one it came from.

    Values set one by one take `because` as their reason. The version ends in a mark of what it
    says, so that no two methods bear one name.
    """
    import tomlkit

    changed = method_of(changed_pack(pack, settings, method))
    source = method or Path(pack.folder) / METHOD
    document = tomlkit.parse(source.read_text(encoding="utf-8-sig"))
    start = method_from_file(pack, source)
    for path, _, value in changed_values(start, changed):
        _put(document, path.split("."), value, because or f"Trial: set to {value}.")
    digest = hashlib.sha256(tomlkit.dumps(document).encode()).hexdigest()[:8]
    version = f"{start.version.split('+')[0]}+{digest}"
    document["version"] = version
    return tomlkit.dumps(document), version


def _put(document: object, path: list[str], value: Plain, because: str) -> None:
    """Set one value of a method file, with its reason."""
    owner = document
    for part in path[:-1]:
        owner = _step(owner, part)
    last = path[-1]
    assert isinstance(owner, dict)
    plain = list(value) if isinstance(value, tuple) else value
    held = owner.get(last)
    if held is None or isinstance(held, dict):
        if held is None:
            owner[last] = {"value": plain, "reason": because}
            return
        held["value"], held["reason"] = plain, because
        return
    owner[last] = plain
    if "reason" in owner:
        owner["reason"] = because


def _step(owner: object, part: str) -> object:
    if isinstance(owner, list):
        return owner[int(part) - 1]
    assert isinstance(owner, dict)
    return owner[part]


def adopt_method(
    pairs: Sequence[str], method: Path | None, pack: str, *, by: str, because: str
) -> AdoptedMethod:
    """Make the changed method the method of record, in the audit trail of the store.

    Raises Mistake without a name, a reason or a change, and PackFault for a method with faults.
    """
    settings = read_settings_of_trial(pairs)
    if not settings and method is None:
        raise Mistake("There is nothing to adopt.", "Give --set PATH=VALUE or --method FILE.")
    if not by.strip() or not because.strip():
        raise Mistake(
            "A method is adopted by a named person, for a reason.", "Give --by NAME --because TEXT."
        )
    base = load_pack(pack)
    text, version = method_text(base, settings, method, because)
    with tempfile.TemporaryDirectory() as place:
        written = Path(place) / METHOD
        written.write_text(text, encoding="utf-8")
        method_from_file(base, written)  # what is adopted reads as a sound method
    with open_store() as store:
        return adopt(
            store,
            pack=base.id,
            pack_version=base.version,
            pack_digest=base.digest,
            version=version,
            because=because,
            toml=text,
            by=by,
        )
