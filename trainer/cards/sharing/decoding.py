"""From bytes to text."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from trainer.cards.sharing.row import Unreadable


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 that says so at its start. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("The file is empty. Choose one with cards in it.")
    is_utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16") if is_utf16 else data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        read = error.object  # without the mark at the start
        line = read[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"Expected a text in UTF-8; line {line} holds the byte {read[error.start]:#04x}, which "
            "is none. Save the file again as “CSV UTF-8” or “Text, UTF-8”."
        ) from error
    if "\0" in text:
        raise Unreadable(
            "Expected a text; this holds zero bytes. Is it a table of another kind? "
            "Save it as CSV (UTF-8)."
        )
    return text
