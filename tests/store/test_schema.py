"""The store is made at first use, upgraded by migrations, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from store_samples import PACK

from assessments.errors import Mistake, StoreFault
from assessments.store import open_store, upgrade_store
from assessments.store.engine import Database, database_url
from assessments.store.schema import HEAD, alembic_config, prepare


def test_first_use_makes_a_private_store(tmp_path: Path) -> None:
    file = tmp_path / "home" / "tana.db"
    with open_store(file) as store:
        assert store.assessments() == ()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_migrations_make_the_same_tables_as_the_models(address: str) -> None:
    """Up by Alembic from nothing; then Alembic itself finds nothing to change."""
    from alembic import command
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    if "://" not in address:
        Path(address).touch()
    database = Database(database_url(address))
    with database.writing(reshaping=True) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    database.close()
    assert found == []
    with open_store(address) as store:
        store.open_assessment("XAA", "2026", *PACK)


def test_statements_name_the_tables_as_the_models_make_them() -> None:
    """Same tables, columns in the same order, of the same type and key."""
    from sqlalchemy import String, Table

    from assessments.store import models, tables

    def shape(table: Table) -> list[tuple[str, object, bool]]:
        return [
            # SQLModel's own text type is SQLAlchemy's, decorated
            (
                item.name,
                String if "String" in repr(item.type) else type(item.type),
                item.primary_key,
            )
            for item in table.columns
        ]

    named = {item.name: shape(item) for item in vars(tables).values() if isinstance(item, Table)}
    assert named == {item.name: shape(item) for item in models.ALL}


def test_newest_migration_is_the_one_the_code_expects() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_down_and_up_again(address: str) -> None:
    open_store(address).close()
    assert upgrade_store(address, "base") == ""
    assert upgrade_store(address) == HEAD
    with open_store(address) as store:
        assert store.verify().ok


def test_store_of_a_newer_tana_is_refused_untouched(address: str) -> None:
    open_store(address).close()
    database = Database(database_url(address))
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreFault, match=r"made by a newer tana \(revision 9999"):
        open_store(address)


def test_missing_store_is_not_made_by_reading_it(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="There is no store at"):
        open_store(tmp_path / "tana.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_no_store_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "tana.db").write_text("a shopping list, long enough to be no header of a database")
    with pytest.raises(StoreFault, match="is no tana store"):
        open_store(tmp_path / "tana.db")
    assert (tmp_path / "tana.db").read_text().startswith("a shopping list")


def test_server_that_is_down_is_one_sentence_without_the_password() -> None:
    with pytest.raises(StoreFault) as caught:
        open_store("postgresql://tana:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(caught.value)
    assert "did not do what was asked" in str(caught.value)


@pytest.mark.parametrize("address", ["mysql://x/y", "://nowhere", "sqlite://"])
def test_address_of_another_kind_is_a_mistake(address: str) -> None:
    with pytest.raises(Mistake, match=r"TANA_DATABASE_URL|SQLite or PostgreSQL"):
        open_store(address)


def test_role_that_may_only_read_can_serve_the_notebooks(empty_postgresql: str) -> None:
    """The grants of docs/security.md: SELECT alone is enough to read everything."""
    with open_store(empty_postgresql) as store:
        store.open_assessment("XAA", "2026", *PACK)
        with store.database.writing() as connection:
            connection.execute(text("DROP ROLE IF EXISTS reader"))
            connection.execute(text("CREATE ROLE reader LOGIN"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
        reader = empty_postgresql.replace("tana@", "reader@")
        with open_store(reader, read_only=True) as notebook:
            assert notebook.assessment("XAA", "2026").pack_id == PACK[0]
        with open_store(reader) as rogue, pytest.raises(StoreFault, match="SQLSTATE 42501"):
            rogue.open_assessment("XBB", "2026", *PACK)
        with store.database.writing() as connection:
            connection.execute(text("DROP OWNED BY reader"))
            connection.execute(text("DROP ROLE reader"))


def test_prepare_is_idempotent(address: str) -> None:
    open_store(address).close()
    database = Database(database_url(address))
    prepare(database, upgrade=True)
    database.close()


def test_a_home_that_was_open_to_others_is_closed_unless_it_holds_something_else(
    tmp_path: Path,
) -> None:
    for name, other, mode in (("own", "", 0o700), ("shared", "letter.txt", 0o755)):
        home = tmp_path / name
        home.mkdir()
        home.chmod(0o755)
        if other:
            (home / other).touch()
        open_store(home / "tana.db").close()
        assert home.stat().st_mode & 0o777 == mode
        assert (home / "tana.db").stat().st_mode & 0o777 == 0o600
