"""Files of cards, read and refused: every format, and what is wrong with them."""

import io
import json
import struct
import zipfile

import pytest

from trainer.cards.models import MOST_TAGS, TAG_LENGTH, TEXT_LIMIT
from trainer.cards.sharing import csv_file, zip_file
from trainer.cards.sharing.reading import MOST_BYTES, read
from trainer.cards.sharing.row import MOST_ROWS, Row, Unreadable
from trainer.cards.sharing.zip_file import MOST_ENTRIES

CARDS = b"front,back\nQ1,A1\n"


def read_text(name: str, text: str):
    return read(name, text.encode())


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read(name, data)
    return str(error.value)


def why(name: str, text: str) -> list[tuple[str, str]]:
    return [(each.at, each.why) for each in read_text(name, text).refused]


# -- CSV ---------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_found_by_name_in_any_order(separator: str):
    text = separator.join(["Tags", "BACK", "id", "front"]) + "\r\n"
    text += separator.join(["a b,c" if separator != "," else '"a b,c"', "A", "7", "Q"]) + "\r\n"
    assert read_text("x.csv", text).rows == [Row("line 2", "7", "Q", "A", ("a", "b", "c"))]


def test_a_file_without_a_place_for_tags_says_nothing_of_tags():
    assert read("x.csv", CARDS).rows[0].tags is None
    assert read_text("x.csv", "front,back,tags\nQ,A,\n").rows[0].tags == ()


def test_a_row_with_another_number_of_columns_is_refused_and_the_others_are_taken():
    reading = read_text("x.csv", 'front,back\nQ1,A1\n"only\nfront"\n\nQ2,A2,more\nQ3,A3\n')
    assert [row.front for row in reading.rows] == ["Q1", "Q3"]
    assert [each.at for each in reading.refused] == ["line 3", "line 6"]
    assert reading.refused[0].why.startswith(
        "Expected 2 columns (front, back), got 1: “only\nfront”"
    )


def test_a_header_that_is_none_says_what_was_found_and_what_is_needed():
    said = refused("x.csv", b"Frage,Antwort\nQ,A\n")
    assert "columns front and back" in said
    assert "found “Frage”, “Antwort”" in said
    assert "front" in refused("x.csv", b"front,front,back\nQ,Q,A\n")
    assert "found none" in refused("x.csv", b"\n  \n\n,,\n")


def test_other_columns_are_left_alone_and_said():
    reading = read_text("x.csv", "front,back,Deck\nQ,A,D\n")
    assert reading.rows == [Row("line 2", "", "Q", "A")]
    assert reading.remarks == ["Columns that are not taken: deck."]


def test_a_quotation_mark_that_never_closes_is_told_with_its_line():
    reading = read_text("x.csv", 'front,back\nQ1,A1\nQ2,"A2\nQ3,A3\n')
    assert [row.front for row in reading.rows] == ["Q1"]
    assert why("x.csv", 'front,back\nQ1,A1\nQ2,"A2\nQ3,A3\n') == [("line 3", csv_file.NEVER_CLOSED)]
    assert [row.front for row in read_text("x.csv", 'front,back\n"a"b,c\nQ2,A2\n').rows] == ["Q2"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",A", "The front is empty. Write something on it."),
        ("Q,  ", "The back is empty. Write something on it."),
        (f"{'x' * (TEXT_LIMIT + 1)},A", "The front has 4,001 characters, over 4,000."),
        ("Q\x07,A", "The front holds a character that is no text (U+0007)."),
    ],
)
def test_a_side_that_cannot_be_kept_is_refused_with_the_remedy(row: str, sentence: str):
    ((at, said),) = why("x.csv", f"front,back\n{row}\nQ2,A2\n")
    assert at == "line 2"
    assert said.startswith(sentence)


def test_too_many_or_too_long_tags_are_refused():
    many = " ".join(f"t{n}" for n in range(MOST_TAGS + 1))
    ((_, said),) = why("x.csv", f"front,back,tags\nQ,A,{many}\n")
    assert said == "A card has at most 20 tags; this one has 21."
    ((_, said),) = why("x.csv", f"front,back,tags\nQ,A,{'x' * (TAG_LENGTH + 1)}\n")
    assert "at most 40 characters" in said


def test_no_more_rows_are_read_than_allowed():
    text = "front,back\n" + "".join(f"Q{n},A\n" for n in range(MOST_ROWS + 5))
    reading = read_text("x.csv", text)
    assert len(reading.rows) == MOST_ROWS
    assert [each.at for each in reading.refused] == [f"line {MOST_ROWS + 2}"]
    assert "up to 5,000 rows" in reading.refused[0].why


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "'=x", "''-x", "\tx", "'plain", "plain"]
)
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(cell: str):
    out = csv_file.guarded(cell)
    assert out[0] not in "=+-@\t\r"
    assert csv_file.unguarded(out) == cell


def test_what_is_written_is_read_again():
    rows = [
        {"id": "a", "front": "=HYPERLINK(1)", "back": 'two\nlines, "quoted"', "tags": "x y"},
        {"id": "b", "front": "- list\n- of two", "back": "ümläut 🐦", "tags": ""},
    ]
    data = csv_file.written(rows)
    assert data.startswith(b"\xef\xbb\xbfid,front,back,tags")
    assert b"'=HYPERLINK" in data
    assert read("x.csv", data).rows == [
        Row("line 2", "a", "=HYPERLINK(1)", 'two\nlines, "quoted"', ("x", "y")),
        Row("line 4", "b", "- list\n- of two", "ümläut 🐦", ()),
    ]


# -- Texts -------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are_are_read(encoding: str):
    assert read("x.csv", "front,back\nÜ,ß\n".encode(encoding)).rows[0].front == "Ü"


def test_another_encoding_is_refused_with_the_line_and_the_remedy():
    said = refused("x.csv", "front,back\nQ,A\nÜ,ß\n".encode("latin-1"))
    assert "line 3 holds the byte 0xdc" in said
    assert "UTF-8" in said
    assert "zero bytes" in refused("x.csv", b"front,back\nQ,\0\n")
    assert "empty" in refused("x.csv", b" \n")


def test_a_kind_of_file_that_is_not_read_is_told_so():
    assert "found “cards.xlsx”" in refused("cards.xlsx", b"PK")
    assert "Notes in Plain Text" in refused("deck.apkg", b"PK")
    assert "archive by its contents" in refused("x.csv", b"PK\x03\x04...")
    assert refused("x.csv", b"x" * (MOST_BYTES + 1)).startswith("The file has 1,048,577 bytes; up")


# -- Anki's plain text -------------------------------------------------------

ANKI = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    "#tags column:6\n"
    'G7{a\tBasic\tDefault\tWhat is <b>push</b>?\t"Fan-out<br>on ""write"""\tfan-out key\n'
    "H2\tCloze\tDefault\t{{c1::Redis::store}} holds {{c2::ids}}\t<div>Only</div><div>ids</div>\t\n"
    "J3\tBasic\tDefault\tno back\t\t\n"
)


def test_notes_in_plain_text_come_with_guid_tags_and_lines():
    reading = read_text("notes.txt", ANKI)
    assert reading.rows == [
        Row(
            "line 7",
            "anki G7{a",
            "What is <strong>push</strong>?",
            'Fan-out\non "write"',
            ("fan-out", "key"),
        ),
        Row("line 8", "anki H2", "[store] holds […]", "**Redis** holds **ids**\n\nOnly\nids", ()),
    ]
    assert [(each.at, each.why[:18]) for each in reading.refused] == [
        ("line 9", "The back is empty.")
    ]


def test_plain_text_without_headers_is_front_and_back():
    reading = read_text("notes.txt", "Q\tA\tand more\njust one\n")
    assert reading.rows == [Row("line 1", "", "Q", "A\n\nand more")]
    assert why("notes.txt", "Q\tA\njust one\n") == [
        ("line 2", "Expected 2 columns, front and back, got 1: “just one”.")
    ]


def test_headers_that_mean_nothing_do_no_harm():
    assert "#separator:" in refused("x.txt", b'#separator:"\nQ\tA\n')
    assert read_text("x.txt", "#guid column:0\n#tags column:99\nQ\tA\n").rows[0].front == "Q"
    assert read_text("x.txt", "#separator:Semicolon\n#tags:a b\nQ;A\n").rows[0].tags == ("a", "b")
    assert "There are no cards" in refused("x.txt", b"#separator:tab\n")


def test_pictures_and_sounds_that_stay_behind_are_counted():
    reading = read_text("x.txt", "Q\t<img src=x.png>\nQ2\t[sound:a.mp3]\nQ3\tA\n")
    assert reading.remarks == ["2 of the cards name a picture or a sound: these stay in Anki."]


# -- JSON --------------------------------------------------------------------


def test_cards_in_json_with_what_is_wrong_by_number():
    cards = [
        {"front": "Q", "back": "A"},
        {"id": "7", "front": "Q2", "back": "A2", "tags": ["two words"]},
        {"front": "Q3"},
        "text",
        {"front": "Q4", "back": 5},
        {"front": "Q5", "back": "A", "tags": "x"},
        {"front": "\ud800", "back": "A"},
        {"front": "Q6", "back": "A", "id": "\0"},
    ]
    reading = read_text("x.json", json.dumps({"cards": cards}))
    assert reading.rows == [
        Row("card 1", "", "Q", "A"),
        Row("card 2", "7", "Q2", "A2", ("two-words",)),
    ]
    assert [each.at for each in reading.refused] == [f"card {n}" for n in range(3, 9)]
    assert reading.refused[0].why == (
        'Expected texts front and back, and tags as a list; found {"front": "Q3"}.'
    )
    assert read_text("x.json", json.dumps(cards[:1])).rows == [Row("card 1", "", "Q", "A")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"cards": [', "line 1, column 12"),
        ('{"deck": 1}', "found an object with deck"),
        ("7", "found 7"),
        ('{"cards": [], "version": 9}', "Expected version 1 of this format; found 9"),
        ("[" * 100_000, "nested"),
        ("9" * 5_000, "counts, too far"),
        ('{"cards": []}', "no cards in"),
    ],
)
def test_json_that_holds_no_cards_is_refused(text: str, said: str):
    assert said in refused("x.json", text.encode())


# -- Zip ---------------------------------------------------------------------


def packed(files: dict[str, bytes], **fields) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for field, value in fields.items():
                setattr(entry, field, value)
            archive.writestr(entry, contents)
    return made.getvalue()


def test_the_files_of_an_archive_are_read_as_one():
    reading = read("x.zip", packed({"a.csv": CARDS, "b.csv": b"front,back\nQ2,A2\nQ3\n"}))
    assert [(row.at, row.front) for row in reading.rows] == [
        ("a.csv, line 2", "Q1"),
        ("b.csv, line 2", "Q2"),
    ]
    assert [each.at for each in reading.refused] == ["b.csv, line 3"]


@pytest.mark.parametrize(
    "name", ["../a.csv", "/a.csv", "folder/a.csv", "..\\a.csv", "C:a.csv", "..", "a\n.csv"]
)
def test_an_entry_that_is_no_plain_name_is_refused(name: str):
    assert "no plain name" in refused("x.zip", packed({name: CARDS}))


def test_links_locked_files_and_archives_within_are_refused():
    assert "link" in refused(
        "x.zip", packed({"a.csv": b"/etc/passwd"}, external_attr=0o120777 << 16)
    )
    assert "archive within" in refused("x.zip", packed({"a.zip": packed({"b.csv": CARDS})}))
    assert "archive within" in refused("x.zip", packed({"a.csv": packed({"b.csv": CARDS})}))
    locked = bytearray(packed({"a.csv": CARDS}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(sign) + place] |= 1
    assert "password" in refused("x.zip", bytes(locked))
    too_many = packed({f"{n}.csv": CARDS for n in range(MOST_ENTRIES + 1)})
    assert "found 6" in refused("x.zip", too_many)
    assert "found 0" in refused("x.zip", packed({}))


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is():
    bomb = packed({"a.csv": b"x" * (zip_file.MOST_BYTES + 1)})
    assert len(bomb) < 10_000
    assert "2,097,153 bytes" in refused("x.zip", bomb)
    lying = bytearray(bomb)
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", lying, lying.find(sign) + place, 10)
    said = refused("x.zip", bytes(lying))
    assert "broken" in said or "more than it says" in said


def test_a_broken_archive_is_told_so():
    whole = packed({"a.csv": CARDS * 50})
    for broken in (
        b"PK\x03\x04nothing",
        whole[: len(whole) // 2],
        whole.replace(b"PK\x01\x02", b"PKxx"),
    ):
        assert "broken" in refused("x.zip", broken)
    changed = bytearray(whole)
    changed[45] ^= 0xFF
    assert "broken" in refused("x.zip", bytes(changed))
