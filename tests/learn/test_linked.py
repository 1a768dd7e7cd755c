import re

import pytest

from trainer.catalog.numbers import UnknownNumber
from trainer.catalog.packs import get_pack
from trainer.learn.templatetags.linked import linked, linked_inline

PACK = get_pack("twitter")
LINK = re.compile(
    r'<a href="/learn/twitter/numbers/dau/"[^>]*><data class="number" [^>]*>250M</data>'
)


def test_a_number_in_prose_is_a_link_to_its_page_and_keeps_its_status():
    html = linked("There are **{{n:dau}}** of them.", PACK)

    assert LINK.search(html)
    assert 'data-status="confirmed"' in html
    assert html.startswith("<p>")


def test_within_a_line_it_is_the_same_without_blocks():
    html = linked_inline("{{n:dau}} of them", PACK)

    assert LINK.match(html)
    assert "<p>" not in html


def test_other_links_than_those_are_cleaned_as_before():
    assert "javascript" not in linked("[x](javascript:alert(1)) <script>x</script>", PACK)


def test_a_text_that_is_not_there_is_nothing():
    assert linked(None, PACK) == linked_inline("", PACK) == ""


def test_an_unknown_number_is_an_error_of_the_content():
    with pytest.raises(UnknownNumber):
        linked("{{n:nothing}}", PACK)
