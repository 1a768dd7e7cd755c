"""Whatever bytes are uploaded, they are read or refused in words, in bounded time and memory."""

import io
import json
import random
import signal
import struct
import zipfile
from collections.abc import Iterator

import pytest

from trainer.cards import texts
from trainer.cards.models import TEXT_LIMIT
from trainer.cards.sharing import anki_text, csv_file, json_file
from trainer.cards.sharing.reading import MOST_BYTES, read
from trainer.cards.sharing.row import MOST_ROWS, TOO_MANY, Reading, Unreadable

ENDLESS_S = 60  # no speed: what is tested takes a moment, and took hours or all of the memory
HALF = "\ud800"  # of a character: JSON can write it, no page and no database can


@pytest.fixture(autouse=True)
def _no_endless_reading() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise TimeoutError("The reading does not end.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(ENDLESS_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read(name, data)
    return str(error.value)


def packed(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files:
            archive.writestr(name, contents)
    return made.getvalue()


def words(reading: Reading) -> Iterator[str]:
    """All that a page shows of a file."""
    for row in reading.rows:
        yield from (row.at, row.id, row.front, row.back, *(row.tags or ()))
    for note in reading.notes:
        yield from (note.at, note.key, note.note, *(note.tags or ()))
    for each in reading.refused:
        yield from (each.at, each.why)
    yield from reading.remarks


# -- Any bytes ---------------------------------------------------------------

CSV = csv_file.written(
    {"id": f"{n}", "front": f'Q{n}, "ü"\nmore', "back": "=A", "tags": "x y"} for n in range(6)
)
JSON = json_file.written(
    [
        {"id": "card:own:a", "front": "Q 🐦", "back": "A\n", "tags": ["x"]},
        {"front": "B", "back": ""},
    ],
    [{"key": "card:twitter:b", "note": "n", "tags": []}, {"key": "c"}],
)
ANKI = (
    b"#separator:tab\n#guid column:1\n#tags column:4\n"
    b'G7{a\tWhat is <b>push</b>?\t"Fan-out<br>on ""write"""\tfan-out key\n'
    b"H2\t{{c1::Redis::store}} holds {{c2::ids}}\t<div>Only</div><div>ids</div>\t\n"
)
GOOD = {
    "a.csv": CSV,
    "b.csv": CSV.decode("utf-8-sig").encode("utf-16"),
    "a.json": JSON,
    "b.json": json.dumps(json.loads(JSON)).encode(),
    "a.txt": ANKI,
    "a.tsv": ANKI.replace(b"\n", b"\r\n"),
    "a.zip": packed(("a.csv", CSV), ("ü.json", JSON), ("a.txt", ANKI)),
}
TELLING = (
    *(b'"', b"\\", b"\r", b"\n", b"\t", b",", b"{{c1::", b"}}", b"::", b"<div ", b"#separator:"),
    *(b"\\ud83d", b"\\u0000", b"[", b"{", b"]", b"1e999", b"NaN", b"-", b"9" * 5_000, b"[" * 990),
    *(b"\xff", b"\x80", b"\0", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8"),
    *(b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\xff\xff\xff\xff", b"\1\0", b"\0\x08"),
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with up to four places changed, put in, taken out or cut off."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((0, 1, 2, 4, 30)))
        made[at:end] = chance.choice(TELLING + (chance.randbytes(1),) * 20 + (b"",) * 4)
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.05 else made)


@pytest.mark.parametrize("name", GOOD)
def test_changed_bytes_are_read_or_refused_in_words(name: str):
    chance = random.Random(f"changed {name}")
    assert read(name, GOOD[name]).rows
    outcomes = set()
    for _ in range(400):
        try:
            shown = list(words(read(name, changed(GOOD[name], chance))))
        except Unreadable as error:
            shown = [str(error)]
            outcomes.add("refused")
        else:
            outcomes.add("read")
        assert max(map(len, shown)) <= TEXT_LIMIT
        "".join(shown).encode()  # as a page does
    assert outcomes == {"read", "refused"}


def test_every_single_byte_of_an_archive_may_be_wrong():
    whole = packed(("ü.csv", b"front,back\nQ,A\n"))
    for at in range(len(whole)):
        for value in (0x00, 0x7F, 0xFF, whole[at] ^ 0x08):
            broken = bytearray(whole)
            broken[at] = value
            try:
                read("x.zip", bytes(broken))
            except Unreadable as error:
                str(error).encode()


# -- Half a character --------------------------------------------------------


@pytest.mark.parametrize(
    "contents",
    [
        {"cards": [], "notes": [{"key": f"card:{HALF}", "note": "x"}]},
        {"cards": [{"front": HALF, "back": 5}]},
        {"cards": [{HALF: 1}]},
        {"cards": [{"front": "Q", "back": "A", "id": HALF}]},
        {"cards": [{"front": "Q", "back": "A", "tags": [HALF]}]},
        {"cards": [], "notes": [{"key": "card:twitter:a", "note": HALF}]},
    ],
)
def test_half_a_character_leaves_out_its_row_and_can_be_shown(contents: object):
    reading = read("x.json", json.dumps(contents).encode())
    assert len(reading.refused) == 1
    assert (reading.rows, reading.notes) == ([], [])
    "".join(words(reading)).encode()


@pytest.mark.parametrize("contents", [{HALF: 1}, {"cards": [], "version": HALF}, HALF, [{HALF: 1}]])
def test_half_a_character_can_be_shown_where_a_whole_file_is_refused(contents: object):
    try:
        shown = "".join(words(read("x.json", json.dumps(contents).encode())))
    except Unreadable as error:
        shown = str(error)
    shown.encode()
    assert "\\ud800" in shown


# -- Too much ----------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["{{c1::", "{{c1::x", "{{c1::x::a", "{{c1::" + "x::" * 50, "{{c", "{", "{{c1::{"]
)
def test_gaps_that_are_never_closed_are_gone_through_once(field: str):
    text = field * ((MOST_BYTES - 9) // len(field))
    (only,) = read("x.txt", f"{text}\tA\n".encode()).refused
    assert only.why.startswith("The front has")
    assert anki_text.sides([text, "A"]) == (text, "A")


def test_gaps_within_the_limit_are_found_whatever_stands_before_them():
    front = "{{c1::" * 300 + "a::b::c}} {{c2::{x}}}"
    assert anki_text.sides([front]) == (
        "{{c1::" * 299 + "[b::c] […]}",
        "{{c1::" * 299 + "**a** **{x**}",
    )


def test_blank_lines_and_open_signs_are_gone_through_once():
    assert texts.glance("a" + "\n" * 500_000 + "b") == "a b"
    assert texts.glance("a" + " " * 500_000 + "b") == "a b"
    assert texts.glance("<a" * 100_000) == "<a" * 100_000
    assert texts.glance("one\n\n - two\n\t* three-four\n-five") == "one two three-four -five"


def test_no_more_refusals_are_kept_than_rows_are_read():
    for name, text in (
        ("x.csv", "front,back\n" + '"a"b\n' * 100_000),
        ("x.csv", '"a"b\n' * (MOST_ROWS - 1) + "front,back\n" + '"a"b\n' * 100_000),
        ("x.txt", '"a"b\n' * 100_000),
        ("x.json", json.dumps([1] * 100_000)),
        ("x.json", json.dumps({"cards": [], "notes": [1] * 100_000})),
    ):
        reading = read(name, text.encode())
        assert len(reading.refused) == MOST_ROWS + 1
        assert reading.refused[-1].why == TOO_MANY


def test_notes_past_the_most_are_told():
    notes = [{"key": f"card:a:{n}"} for n in range(MOST_ROWS + 9)]
    reading = read("x.json", json.dumps({"cards": [], "notes": notes}).encode())
    assert len(reading.notes) == MOST_ROWS
    assert [(each.at, each.why) for each in reading.refused] == [
        (f"note {MOST_ROWS + 1:d}", TOO_MANY)
    ]


def test_notes_that_are_no_list_are_told():
    contents = {"cards": [{"front": "Q", "back": "A"}], "notes": {"key": "card:a:b"}}
    assert read("x.json", json.dumps(contents).encode()).remarks == [
        "The notes in this file are no list: they are left out."
    ]


def test_a_long_line_of_column_names_is_not_said_with_every_row():
    header = "front,back," + ",".join("x" * 50 for _ in range(5_000))
    reading = read("x.csv", (header + "\n" + "Q,A\n" * MOST_ROWS).encode())
    assert len(reading.refused) == MOST_ROWS
    assert max(len(each.why) for each in reading.refused) < 600
    assert "Expected 5,002 columns (front, back, x" in reading.refused[0].why


def test_a_long_name_of_an_entry_is_not_said_with_every_row():
    said = refused("x.zip", packed(("x" * 60_000 + ".csv", b"front,back\n" + b"Q\n" * MOST_ROWS)))
    assert "has a name of over 100 characters" in said
    assert len(said) < 300


def test_json_nested_too_far_is_refused_however_deep_its_reader_stands():
    for depth in range(20, 1_200):
        text = '[{"front": ' + "[" * depth + "]" * depth + "}]"
        assert "nested" in refused("x.json", text.encode())


# -- Small things ------------------------------------------------------------


def test_two_entries_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed(("a.csv", b"front,back\nQ,A\n"), ("a.csv", b"front,back\nR,B\n"))
    said = refused("x.zip", twice)
    assert "“a.csv” is in the archive twice" in said


def test_an_archive_whose_names_or_places_are_no_such_is_broken():
    whole = packed(("ü.csv", b"front,back\nQ,A\n"))
    assert "broken" in refused("x.zip", whole.replace("ü".encode(), b"\xff\xfe"))
    far = bytearray(whole)
    struct.pack_into("<I", far, far.rfind(b"PK\5\6") + 16, 0xFFFFFF)  # the directory begins there
    assert "broken" in refused("x.zip", bytes(far))


def test_a_wrong_byte_is_told_as_it_stands_behind_a_mark():
    data = b"\xef\xbb\xbffront,back\nab\xfccd,A\n"
    assert "line 2 holds the byte 0xfc" in refused("x.csv", data)


def test_a_column_zero_is_no_column():
    (row,) = read("x.txt", b"#guid column:0\nQ\tA\n").rows
    assert (row.id, row.front, row.back) == ("", "Q", "A")
