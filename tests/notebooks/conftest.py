"""A small store for the notebooks: the first example country, and one where only one answered.

The answers go straight into the store; reading them from workbooks is tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import FULL, ROUND, SPARSE, Desk
from example_answers import example_submissions, submission

from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.paths import EXAMPLES
from assessments.runner.kernels import prepare_kernels
from assessments.settings import Settings
from assessments.store import open_store


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("cooperation")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[Desk]:
    """XAA with every institution of the example, XAB with twelve answers of its police."""
    home = tmp_path_factory.mktemp("desk") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANA_HOME", str(home))
        patch.delenv("TANA_DATABASE_URL", raising=False)
        with open_store(Settings(home=home)) as store:
            for iso3 in (FULL, SPARSE):
                store.open_assessment(iso3, ROUND, pack.id, pack.version, pack.digest)
            for one in example_submissions(pack, FULL):
                store.accept(one)
            police = submission(pack, SPARSE, EXAMPLES / SPARSE / "POL.csv", 99)
            store.accept(police.model_copy(update={"answers": police.answers[:12]}))
        yield Desk(home, prepare_kernels(home, ""))
