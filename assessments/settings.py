"""Where tana keeps its things: the home folder, the database and what lies beside it.

Settings come from `TANA_*` environment variables, else from the nearest `tana.toml` upward from
the working directory. `TANA_HOME` defaults to `.tana` beside the nearest `tana.toml` or
`pyproject.toml` upward; a folder named `notebooks` never counts, so that a notebook that JupyterLab
starts in its own folder sees the same store as the command line. Everything below the home folder
holds answers of national authorities: folders are made 0700 and files 0600.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assessments.errors import Mistake

SETTINGS_FILE = "tana.toml"
_MARKERS = (SETTINGS_FILE, "pyproject.toml")
_NOTEBOOKS = "notebooks"
_OWN = frozenset(  # what a home of tana holds
    {"tana.db", "tana.db-wal", "tana.db-shm", "received", "runs", "reports", "demo", "prefect"}
    | {"jupyter", "ipython", "matplotlib", "inbox", "methods"}
)
# The one setting of Prefect's own that is respected; the same as `serve_auth`.
PREFECT_AUTH = "PREFECT_SERVER_API_AUTH_STRING"
NOTEBOOK_BYTES = 200_000_000  # what a kernel wants
FED_AT_ONCE = 8  # kernels take five times the processor time of the one process that feeds them
FOLDER_MODE = 0o700
FILE_MODE = 0o600


def find_project(start: Path | None = None) -> Path:
    """The folder that `.tana` stands in: the nearest with `tana.toml` or `pyproject.toml` upward.

    Where there is none: `start` itself (the working directory), or the first folder above it
    that is not a `notebooks` folder.
    """
    here = (start or Path.cwd()).resolve()
    candidates = [folder for folder in (here, *here.parents) if folder.name != _NOTEBOOKS]
    for folder in candidates:
        if any((folder / marker).is_file() for marker in _MARKERS):
            return folder
    return candidates[0] if candidates else here


def find_settings_file(start: Path | None = None) -> Path | None:
    """The nearest `tana.toml` upward from `start`, or None."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None


def private_files() -> None:
    """From now on every file and folder this process makes is its owner's alone.

    Libraries that keep state under the home folder (Prefect, Jupyter, matplotlib) would otherwise
    leave it readable by others.
    """
    os.umask(0o777 & ~FOLDER_MODE)


def private_home(folder: Path) -> Path:
    """`folder` as a home of tana, made private also where it was there and open to others.

    A folder that holds anything else is left as its owner wants it.
    """
    private_folder(folder)
    ours = hasattr(os, "geteuid") and folder.stat().st_uid == os.geteuid()
    if ours and all(item.name in _OWN for item in folder.iterdir()):
        folder.chmod(FOLDER_MODE)
    return folder


def private_folder(folder: Path) -> Path:
    """`folder`, made with its parents where missing, readable by its owner only."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=FOLDER_MODE, exist_ok=True)
    if not folder.is_dir():
        raise Mistake(f"{folder} is not a folder.", "Name a folder that you may write to.")
    return folder


@dataclass(frozen=True, slots=True)
class IatiOrganization:
    """Who reports an activity to the International Aid Transparency Initiative."""

    ref: str  # identifier of the organization in IATI's register
    name: str
    type: str  # code of IATI's list of organization types; 40 is multilateral

    @property
    def named(self) -> bool:
        """False as long as nobody has said who reports: such a file is not for publication."""
        return self.ref != UNNAMED_ORGANIZATION.ref


UNNAMED_ORGANIZATION = IatiOrganization("UNPUBLISHED", "Reporting organization not yet named", "40")


def processors() -> int:
    """Processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _notebooks_at_once() -> int:
    """Two a processor: a kernel waits a third of a second as it starts and ends, half its life.

    Never more than one process can feed, nor than half the memory has room for.
    """
    wanted = min(2 * processors(), FED_AT_ONCE)
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # a system that does not tell
        return wanted
    return max(1, min(wanted, memory // 2 // NOTEBOOK_BYTES))


class Settings(BaseSettings):
    """`Settings()` reads the environment and `tana.toml`; keyword arguments win."""

    model_config = SettingsConfigDict(env_prefix="TANA_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: find_project() / ".tana")
    database_url: str = Field(default="", repr=False)  # may hold a password: never printed
    kernels: Literal["", "preloaded", "plain"] = ""  # empty: preloaded where the platform allows
    cell_seconds: int = Field(default=120, gt=0)  # a notebook cell that takes longer is stopped
    iati_ref: str = UNNAMED_ORGANIZATION.ref
    iati_name: str = UNNAMED_ORGANIZATION.name
    iati_type: str = Field(default=UNNAMED_ORGANIZATION.type, pattern=r"^[0-9]{2}$")
    notebooks_at_once: int = Field(default_factory=_notebooks_at_once, ge=1, le=64)
    task_runner: Literal["threads", "dask"] = "threads"
    inbox: Path | None = None  # where returned workbooks are dropped; TANA_HOME/inbox if not given
    inbox_seconds: int = Field(default=300, ge=10)  # how often `tana serve` looks into it
    serve_host: str = "127.0.0.1"  # any other address wants `serve_auth`
    serve_port: int = Field(default=4200, ge=0, le=65535)  # 0: one the system gives out
    serve_auth: str = Field(default="", repr=False)  # USER:PASSWORD of Prefect's page and API
    runs_at_once: int = Field(default=4, ge=1)  # flow runs of one worker
    keep_runs_days: int = Field(default=90, ge=1)  # Prefect's history; never answers or results
    prefect_database_url: str = Field(default="", repr=False)  # empty: SQLite in the home folder
    prefect_api_url: str = ""  # of a server elsewhere, for `tana worker` and `tana assess`
    fictional_countries: Path | None = None  # CSV of invented countries for rehearsals
    log_format: Literal["text", "json"] = "text"

    @field_validator("home", "fictional_countries")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        """A relative path counts from the working directory and stays there when that changes."""
        return path and path.expanduser().resolve()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then `tana.toml`. No other source is read."""
        found = find_settings_file()
        if found is None:
            return init_settings, env_settings
        return init_settings, env_settings, _TomlBesideHome(settings_cls, found)

    @property
    def on_one_machine(self) -> bool:
        """True where no worker of another machine can take part in what `tana serve` does."""
        return not self.prefect_database_url and self.serve_host in {"127.0.0.1", "localhost"}

    @property
    def may_listen(self) -> bool:
        """False where a server without a password could be reached from other machines."""
        loopback = self.serve_host in {"127.0.0.1", "localhost", "::1"}
        return loopback or bool(self.serve_auth or os.environ.get(PREFECT_AUTH))

    @property
    def database(self) -> Path:
        """The SQLite file; not used on PostgreSQL."""
        return self.home / "tana.db"

    @property
    def received(self) -> Path:
        """Originals of accepted files, byte for byte, named by their SHA-256."""
        return self.home / "received"

    @property
    def runs(self) -> Path:
        """Executed notebooks and their results, one folder a run."""
        return self.home / "runs"

    @property
    def reports(self) -> Path:
        """Reports that were not asked for in another folder."""
        return self.home / "reports"

    @property
    def iati(self) -> IatiOrganization:
        """Who reports designs to IATI."""
        return IatiOrganization(self.iati_ref, self.iati_name, self.iati_type)

    @property
    def inbox_folder(self) -> Path:
        """Where returned workbooks are dropped for `receive_workbooks`."""
        return (self.inbox or self.home / "inbox").expanduser().resolve()

    @property
    def prefect(self) -> Path:
        """Prefect's own state."""
        return self.home / "prefect"

    def as_environment(self) -> dict[str, str]:
        """What another process needs in its environment to read the same, wherever it works.

        Without `serve_auth`: it is the server's, and a kernel has no use for it.
        """
        given = self.model_dump(exclude={"serve_auth"}, exclude_defaults=True)
        places = {"home": self.home, "inbox": self.inbox_folder}
        return {f"TANA_{name.upper()}": str(value) for name, value in {**given, **places}.items()}

    def make_home(self) -> Path:
        """Make the home folder, private to its owner, and return it."""
        return private_home(self.home)


class _TomlBesideHome(TomlConfigSettingsSource):
    """`tana.toml`, in which a relative `home` counts from the file itself."""

    def __init__(self, settings_cls: type[BaseSettings], file: Path) -> None:
        super().__init__(settings_cls, toml_file=file)
        home = self.toml_data.get("home")
        if isinstance(home, str):
            self.toml_data["home"] = self.init_kwargs["home"] = str(
                file.parent / Path(home).expanduser()
            )


def read_settings(**given: Path | str) -> Settings:
    """`Settings(**given)`, with faults as one message that names the setting.

    Raises Mistake where `tana.toml` cannot be read or a setting is unknown or malformed.
    """
    where = find_settings_file()
    source = f"{where} or a TANA_ variable" if where else "a TANA_ variable"
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        names = ", ".join(sorted({".".join(map(str, item["loc"])) for item in error.errors()}))
        raise Mistake(
            f"Setting {names} cannot be used (from {source}).",
            f"Known settings: {', '.join(Settings.model_fields)}; docs/operation.md explains them.",
        ) from None
    except ValueError as error:  # tomllib.TOMLDecodeError is one
        raise Mistake(f"{where} cannot be read: {error}.", "Mend or remove the file.") from None
