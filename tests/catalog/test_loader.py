"""A broken pack: every error at once, each as `file:field: expected ...`."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack

CHAT = Path(__file__).parent / "packs" / "chat"

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound pack, to be broken."""
    return Path(shutil.copytree(CHAT, tmp_path / "chat"))


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace a piece of text in one file of the pack."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return replace


def errors(folder: Path) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        load_pack(folder)
    assert str(caught.value) == "\n".join(caught.value.errors)
    return list(caught.value.errors)


def test_a_sound_pack_loads(folder: Path) -> None:
    assert load_pack(folder).slug == "chat"


def test_all_errors_of_all_files_come_at_once(folder: Path, change: Change) -> None:
    change("pack.yaml", "title:", "titel:")
    change("numbers.yaml", "value: 40", "value: many")
    change("traps.yaml", "phases: [high_level]", "phases: high_level")
    change("clarify.yaml", '"DAU?", ', "")
    (folder / "mistakes.yaml").unlink()
    change("formats.yaml", "minutes: 10", "minutes: 10: 20")
    found = errors(folder)
    assert "pack.yaml:title: expected this key, but it is missing" in found
    assert "mistakes.yaml: expected this file, but it is missing" in found
    assert "numbers.yaml:[messages-per-user].value: expected a number, got 'many'" in found
    assert "traps.yaml:[t1].phases: expected a list, got 'high_level'" in found
    wordings = "clarify.yaml:essential[q1].wordings: expected at least 5 item(s), got ['How many"
    assert any(line.startswith(wordings) for line in found)
    assert any(line.startswith("formats.yaml:line 6: expected valid YAML") for line in found)
    assert len(found) == 7


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        (
            "pack.yaml",
            "title:",
            "colour: red\ntitle:",
            "pack.yaml:colour: expected a known key: correct its spelling or remove it",
        ),
        (
            "numbers.yaml",
            'text: "40"',
            "text: 40",
            "numbers.yaml:[messages-per-user].text: "
            "expected text (put quotes around a number), got 40",
        ),
        (
            "numbers.yaml",
            "status: derived",
            "status: certain",
            "numbers.yaml:[messages-per-day].status: expected 'confirmed', 'derived', "
            "'assumption' or 'contested', got 'certain'",
        ),
        (
            "numbers.yaml",
            "value: 40",
            "value: .inf",
            "numbers.yaml:[messages-per-user].value: expected a finite number, got inf",
        ),
        (
            "numbers.yaml",
            "users * messages-per-user",
            "users * messages",
            "numbers.yaml:[messages-per-day].formula: "
            'expected slugs of the ledger, but "messages" is not one',
        ),
        (
            "numbers.yaml",
            "users * messages-per-user",
            "users * 41",
            "numbers.yaml:[messages-per-day].formula: "
            'expected 2,000,000,000 within 0.00%, but "users * 41" gives 2,050,000,000',
        ),
        (
            "numbers.yaml",
            "companions: [messages-per-user]",
            "companions: [nobody]",
            "numbers.yaml:[messages-per-day].companions: expected a number, but there is no nobody",
        ),
        (
            "numbers.yaml",
            "source: own-estimate",
            "source: hearsay",
            "numbers.yaml:[messages-per-day].cites: "
            "expected a source of sources.yaml, but there is no hearsay",
        ),
        (
            "quick_reference.yaml",
            "{{n:messages-per-day}}",
            "{{n:mesages}}",
            "quick_reference.yaml:sections[load].items[messages].text: "
            "expected a number of numbers.yaml, but there is no mesages",
        ),
        (
            "quick_reference.yaml",
            "{{n:messages-per-day}}",
            "{{messages-per-day}}",
            "quick_reference.yaml:sections[load].items[messages].text: "
            "expected {{n:slug}}, got {{messages-per-day}}",
        ),
        (
            "quick_reference.yaml",
            "{{n:messages-per-day}}",
            "`{{n:messages-per-day}}`",
            "quick_reference.yaml:sections[load].items[messages].text: "
            "expected numbers outside of inline code",
        ),
        (
            "quick_reference.yaml",
            "title: Load",
            'title: "{{n:users}}"',
            "quick_reference.yaml:sections[load].title: "
            "expected plain words, but {{n:users}} is only for prose",
        ),
        (
            "architecture.yaml",
            "layer: data}",
            "layer: cellar}",
            "architecture.yaml:components[store].layer: expected a layer, but there is no cellar",
        ),
        (
            "architecture.yaml",
            "layer: extended",
            "layer: data",
            'architecture.yaml:extended[presence].layer: expected "extended", got "data"',
        ),
        (
            "architecture.yaml",
            "target: store",
            "target: shop",
            "architecture.yaml:edges[gateway -> shop]: expected a component, but there is no shop",
        ),
        (
            "architecture.yaml",
            "path: [clients, gateway, store]",
            "path: [clients, door]",
            "architecture.yaml:flows[send].path: expected a component, but there is no door",
        ),
        (
            "architecture.yaml",
            "id: presence",
            "id: store",
            "architecture.yaml:[store]: expected each component once, but store is there twice",
        ),
        (
            "deep_dives.yaml",
            "shared_points: [m.1]",
            "shared_points: [m.7]",
            "deep_dives.yaml:[da].shared_points: expected a rubric point, but there is no m.7",
        ),
        (
            "deep_dives.yaml",
            "shared_points: [m.1]",
            "shared_points: [da.1]",
            "deep_dives.yaml:[da].shared_points: "
            "expected points of other groups, but da.1 is the dive's own",
        ),
        (
            "mistakes.yaml",
            "id: m.1",
            "id: m1",
            "mistakes.yaml:[no-offline].point.id: "
            r"expected text of the form ^[a-z0-9]+\.\d+$, got 'm1'",
        ),
        (
            "walkthrough.yaml",
            'format: "30"',
            'format: "45"',
            "walkthrough.yaml:format: expected a format of formats.yaml, but there is no 45",
        ),
        (
            "walkthrough.yaml",
            "phase: clarify",
            "phase: scale",
            "walkthrough.yaml:phases: expected a phase of format 30, but there is no scale",
        ),
        (
            "walkthrough.yaml",
            "  - phase: high_level\n    lines:\n",
            "",
            "walkthrough.yaml:phases: expected lines for every phase, but high_level has none",
        ),
        (
            "walkthrough.yaml",
            "points: [t1.1]",
            "points: [t9.1]",
            "walkthrough.yaml:[clarify].lines[1].points: "
            "expected a rubric point, but there is no t9.1",
        ),
        (
            "traps.yaml",
            "phases: [high_level]",
            "phases: [wrap_up]",
            "traps.yaml:[t1].phases: expected a phase of formats.yaml, but there is no wrap_up",
        ),
        (
            "interviewer.yaml",
            "{second}",
            "the other",
            "interviewer.yaml:offer_dives: expected {second} in the text",
        ),
        (
            "pack.yaml",
            "prompt:",
            "title: Again\nprompt:",
            'pack.yaml:line 2: expected "title" only once',
        ),
        (
            "sources.yaml",
            "https://example.org",
            "http://example.org",
            "sources.yaml:[own-estimate].url: "
            "expected text of the form ^https://, got 'http://example.org/estimate'",
        ),
    ],
)
def test_a_fault_has_its_sentence(
    folder: Path, change: Change, file: str, old: str, new: str, error: str
) -> None:
    change(file, old, new)
    assert errors(folder) == [error]


def test_a_point_that_two_groups_define_is_an_error(folder: Path, change: Change) -> None:
    change("mistakes.yaml", "id: m.1", "id: t1.1")
    assert (
        "mistakes.yaml:[t1.1]: expected each rubric point once, but t1.1 is there twice"
    ) in errors(folder)


def test_a_slug_that_two_numbers_carry_is_an_error(folder: Path, change: Change) -> None:
    change("numbers.yaml", "slug: messages-per-user", "slug: users")
    assert errors(folder)[0] == (
        "numbers.yaml:[users]: expected each number once, but users is there twice"
    )


def test_a_broken_file_does_not_make_the_others_look_broken(folder: Path, change: Change) -> None:
    change("numbers.yaml", "- slug: users", "- slug: [users")
    [only] = errors(folder)
    assert only.startswith("numbers.yaml:line ")


def test_an_alias_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_text("- &a {id: x}\n- *a\n")
    assert errors(folder)[0] == (
        "sources.yaml:line 2: expected the text itself, not an alias (*name)"
    )


def test_a_tag_that_would_run_code_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_text("!!python/object/apply:os.getcwd []\n")
    assert errors(folder)[0].startswith("sources.yaml:line 1: expected valid YAML")


def test_endless_nesting_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_text("[" * 5000 + "]" * 5000)
    assert errors(folder)[0] == "sources.yaml:line 1: expected at most 20 levels of nesting"


def test_a_huge_file_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_text("# padding\n" * 60_000)
    assert errors(folder)[0] == "sources.yaml: expected at most 512 KB"


def test_a_file_that_is_not_text_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_bytes(b"\xff\xfe\x00")
    assert errors(folder)[0] == "sources.yaml: expected UTF-8 text"


def test_a_list_where_keys_belong_is_an_error(folder: Path) -> None:
    (folder / "pack.yaml").write_text("- a\n")
    assert errors(folder)[0] == "pack.yaml: expected keys with values, got ['a']"


def test_keys_where_a_list_belongs_are_an_error(folder: Path) -> None:
    (folder / "sources.yaml").write_text("a: 1\n")
    assert errors(folder)[0] == "sources.yaml: expected a list, got {'a': 1}"


def test_an_unknown_file_is_an_error(folder: Path) -> None:
    (folder / "numbres.yaml").write_text("[]\n")
    assert errors(folder)[0].startswith("numbres.yaml: expected only pack.yaml, formats.yaml")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    assert errors(tmp_path / "nowhere") == ["nowhere: expected a folder, but it is missing"]
