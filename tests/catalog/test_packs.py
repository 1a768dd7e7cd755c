"""A second pack is a folder and needs no code; check_content counts and refuses."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trainer.catalog.errors import PackErrors
from trainer.catalog.packs import UnknownPack, get_pack, pack_slugs
from trainer.catalog.prose import plain

PACKS = Path(__file__).parent / "packs"


@pytest.fixture
def two_packs(tmp_path: Path, settings) -> Path:
    """A content folder with the Twitter pack and the tiny second one."""
    shutil.copytree(Path(settings.CONTENT_DIR) / "twitter", tmp_path / "twitter")
    shutil.copytree(PACKS / "chat", tmp_path / "chat")
    settings.CONTENT_DIR = tmp_path
    return tmp_path


def checked() -> str:
    out = StringIO()
    call_command("check_content", stdout=out)
    return out.getvalue()


def test_a_second_pack_is_served_beside_the_first(two_packs: Path) -> None:
    assert pack_slugs() == ("chat", "twitter")
    chat = get_pack("chat")
    assert chat.about.prompt == "Design a chat system."
    assert plain(chat, chat.quick_reference.sections[0].items[0].text) == "2B messages a day"
    assert get_pack("twitter").about.prompt == "Design Twitter."


def test_a_pack_is_read_once(two_packs: Path) -> None:
    assert get_pack("chat") is get_pack("chat")


@pytest.mark.parametrize("slug", ["nobody", "", ".", "..", "../content/twitter", "Twitter", "a\n"])
def test_an_unknown_pack_is_refused_by_name(slug: str) -> None:
    with pytest.raises(UnknownPack, match="packs: twitter"):
        get_pack(slug)


def test_a_broken_pack_is_not_served(two_packs: Path) -> None:
    (two_packs / "chat" / "traps.yaml").unlink()
    with pytest.raises(PackErrors):
        get_pack("chat")


def test_check_content_counts_every_pack(two_packs: Path) -> None:
    printed = checked()
    assert "chat: Design a chat system" in printed
    assert "twitter: Design Twitter" in printed
    assert "  25 key numbers" in printed
    assert "  64 rubric points" in printed


def test_check_content_gives_all_errors_of_all_packs(two_packs: Path) -> None:
    (two_packs / "chat" / "traps.yaml").unlink()
    reference = two_packs / "twitter" / "quick_reference.yaml"
    reference.write_text(reference.read_text().replace("{{n:dau}}", "250M"))
    with pytest.raises(CommandError) as caught:
        checked()
    lines = str(caught.value).splitlines()
    assert lines[0] == "2 error(s) in the content"
    assert lines[1] == "chat/traps.yaml: expected this file, but it is missing"
    assert lines[2] == (
        "twitter/quick_reference.yaml:sections[opening-questions].items[scale].text: "
        'expected {{n:dau}} in place of "250M"'
    )


def test_check_content_refuses_an_empty_folder(tmp_path: Path, settings) -> None:
    settings.CONTENT_DIR = tmp_path
    with pytest.raises(CommandError, match="no content packs"):
        checked()
