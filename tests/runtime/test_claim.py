from pathlib import Path

import pytest

from trainer.runtime.claim import claim
from trainer.runtime.errors import ServersError


def test_a_second_site_on_a_data_folder_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with (
        claim(tmp_path / "data"),
        pytest.raises(ServersError, match=r"Another site runs on .*DATA_DIR="),
        claim(tmp_path / "data"),
    ):
        pass


def test_the_data_folder_is_free_when_its_site_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with claim(tmp_path / "data"):
            assert (tmp_path / "data" / "site.lock").exists()


def test_two_data_folders_hold_two_sites(tmp_path: Path) -> None:
    with claim(tmp_path / "one"), claim(tmp_path / "two"):
        pass
