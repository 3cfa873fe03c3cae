"""Where tana keeps its things."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.errors import Mistake
from assessments.settings import Settings, find_project, private_folder, read_settings


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TANA_HOME", "TANA_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_home_is_beside_the_nearest_project_file_also_from_a_notebooks_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").touch()
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for folder in (tmp_path, notebooks):
        monkeypatch.chdir(folder)
        assert read_settings().home == tmp_path / ".tana"


def test_notebooks_folder_is_never_home_even_without_a_project_file(tmp_path: Path) -> None:
    """Unless some folder above has one, the folder above `notebooks` is taken."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "pyproject.toml").touch()
    assert find_project(notebooks) == tmp_path


def test_environment_wins_over_file_and_file_over_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tana.toml").write_text('home = "data"\ndatabase_url = "postgresql://h/d"\n')
    assert read_settings().home == tmp_path / "data"
    assert read_settings().database_url == "postgresql://h/d"
    monkeypatch.setenv("TANA_HOME", "elsewhere")
    monkeypatch.setenv("TANA_DATABASE_URL", "")
    assert read_settings().home == tmp_path / "elsewhere"
    assert read_settings().database_url == ""
    assert read_settings(home=tmp_path / "given").home == tmp_path / "given"


def test_home_in_a_file_counts_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tana.toml").write_text('home = "data"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert read_settings().home == tmp_path / "data"


@pytest.mark.parametrize(
    ("text", "message"),
    [("hoem = 'x'\n", "Setting hoem"), ("home = [\n", "cannot be read"), ("home = 3\n", "home")],
)
def test_faulty_file_is_a_mistake_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "tana.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Mistake, match=message):
        read_settings()


def test_password_is_not_printed() -> None:
    assert "hunter2" not in repr(Settings(database_url="postgresql://u:hunter2@h/d"))


def test_places_derive_from_home_and_are_private(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "x" / ".tana")
    assert settings.database == tmp_path / "x" / ".tana" / "tana.db"
    names = [path.name for path in (settings.received, settings.runs, settings.reports)]
    assert names == ["received", "runs", "reports"]
    assert settings.make_home().stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(Mistake, match="is not a folder"):
        private_folder(tmp_path / "file")


@pytest.mark.parametrize(
    ("processors", "gigabytes", "notebooks"),
    [(1, 8, 2), (2, 8, 4), (3, 8, 6), (64, 512, 8), (2, 1, 2), (2, 0.3, 1)],
)
def test_notebooks_fill_the_processors_and_half_the_memory_at_most(
    processors: int, gigabytes: float, notebooks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two a processor, at most eight, 200 MB each: 1 GB has room for two in its half."""
    monkeypatch.setattr("assessments.settings.processors", lambda: processors)
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * 1e9 / 4096)}
    monkeypatch.setattr("os.sysconf", pages.__getitem__)
    monkeypatch.delenv("TANA_NOTEBOOKS_AT_ONCE", raising=False)
    assert Settings().notebooks_at_once == notebooks
    monkeypatch.setenv("TANA_NOTEBOOKS_AT_ONCE", "5")
    assert read_settings().notebooks_at_once == 5
