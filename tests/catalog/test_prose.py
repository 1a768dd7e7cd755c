"""Prose becomes plain text or safe HTML, with its numbers filled in."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from trainer.catalog.loader import load_pack
from trainer.catalog.numbers import UnknownNumber
from trainer.catalog.prose import html, inline_html, plain, typed_html
from trainer.catalog.schema import Pack

PACK = load_pack(Path(__file__).parent / "packs" / "chat")

XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](https://example.org "{{n:users}} onmouseover=alert(1)")',
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<iframe src=https://example.org></iframe>",
    "<data class='number' onclick=alert(1) style='position:fixed'>x</data>",
    "<style>*{display:none}</style>",
    "<p style=color:red onclick=alert(1)>x</p>",
    "<form action=https://example.org><input name=x></form>",
    "![x](https://example.org/x.png)",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "```\n<script>alert(1)</script>\n```",
    "<b onmouseover=alert(1)",
]


def test_plain_text_shows_the_numbers_and_no_markdown() -> None:
    text = "**About** {{n:users}} users & `code`.\n\n- {{n:messages-per-user}} each"
    assert plain(PACK, text) == "About 50M users & code.\n\n40 each"


def test_plain_text_keeps_signs_of_comparison() -> None:
    assert plain(PACK, "if a < b && b > c") == "if a < b && b > c"


def test_a_number_carries_its_value_status_and_worth() -> None:
    assert html(PACK, "{{n:messages-per-day}} a day.") == (
        '<p><data class="number" value="2000000000" data-status="derived" '
        'title="Derived: Plain multiplication of 50M and 40.">2B</data> a day.</p>'
    )


def test_inline_html_has_no_blocks() -> None:
    assert inline_html(PACK, "*One*\n\n- two {{n:users}}").startswith("<em>One</em>")
    assert "<li>" not in inline_html(PACK, "- two")
    assert "<p>" not in inline_html(PACK, "two")


def test_a_link_of_a_text_is_kept_and_tied_down() -> None:
    assert html(PACK, "[x](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener noreferrer">x</a></p>'
    )


@pytest.mark.parametrize("render", [html, inline_html])
@pytest.mark.parametrize("attack", XSS)
def test_an_attack_stays_inert(render, attack: str) -> None:
    rendered = render(PACK, attack).lower()
    live = rendered.replace("&lt;", "")
    for tag in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "<math"):
        assert tag not in live
    for tag in rendered.split("<")[1:]:
        inside = tag.split(">")[0]
        assert "javascript:" not in inside
        assert "style=" not in inside
        assert not any(f" {event}=" in _outside_quotes(inside) for event in EVENTS)


EVENTS = ("onerror", "onload", "onclick", "onmouseover")


def _outside_quotes(tag: str) -> str:
    return "".join(part for index, part in enumerate(tag.split('"')) if index % 2 == 0)


@pytest.mark.parametrize("attack", XSS)
def test_an_attack_in_a_number_stays_inert(attack: str) -> None:
    number = PACK.numbers[0].model_copy(update={"text": attack, "worth": attack})
    pack = PACK.model_copy(update={"numbers": (number,)})
    test_an_attack_stays_inert(html, "{{n:users}}")
    rendered = html(Pack.model_validate(pack.model_dump()), "{{n:users}}")
    assert rendered.count("<data") == rendered.count("</data>") == 1
    assert "<script" not in rendered
    assert "<img" not in rendered


@pytest.mark.parametrize("render", [html, inline_html, plain])
def test_an_unknown_number_is_named(render) -> None:
    with pytest.raises(UnknownNumber, match="nobody"):
        render(PACK, "{{n:nobody}}")


def test_the_filters_render_blocks_and_lines() -> None:
    template = Template("{% load prose %}{{ t|prose:p }}|{{ t|prose_inline:p }}|{{ no|prose:p }}")
    rendered = template.render(Context({"t": "*a*", "p": PACK, "no": None}))
    assert rendered == "<p><em>a</em></p>|<em>a</em>|"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Map<String, List<Long>>", "<p>Map&lt;String, List&lt;Long&gt;&gt;</p>"),
        ("key is <user_id>:timeline", "<p>key is &lt;user_id&gt;:timeline</p>"),
        ("`<id>` and 2<3", "<p><code>&lt;id&gt;</code> and 2&lt;3</p>"),
        ("one<br>two <strong>three</strong>", "<p>one<br>two <strong>three</strong></p>"),
        ("<div>\n**a**", "<p>&lt;div&gt;<br>\n<strong>a</strong></p>"),
        (
            "Faster:\n- tail\n- fan-out",
            "<p>Faster:</p>\n<ul>\n<li>tail</li>\n<li>fan-out</li>\n</ul>",
        ),
    ],
)
def test_what_a_person_typed_is_shown_whole(typed: str, shown: str) -> None:
    assert typed_html(typed) == shown


@pytest.mark.parametrize("text", XSS)
def test_what_a_person_typed_runs_nothing(text: str) -> None:
    markup = str(typed_html(text))
    assert not re.search(r"<(?!/?(?:a|code|data|em|strong|p|ul|ol|li|blockquote|br|pre)\b)", markup)
    for tag in re.findall(r"<[^>]*>", markup):
        attributes = _outside_quotes(tag)
        assert not re.search(r" (?:on\w+|style)=", attributes)
        assert not re.search(r"href=.(?!https://)", tag)
