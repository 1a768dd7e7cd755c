"""What every template of the house must hold to."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

HOUSE = Path(__file__).parents[2]
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))
STATIC = re.compile(r"{% static '([^']+)' %}")


def short(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_no_template_has_inline_style_or_script(template):
    html = template.read_text()

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_what_a_template_loads_has_a_source(template):
    for name in STATIC.findall(template.read_text()):
        path = HOUSE / "static" / name
        entry = path.with_name(f"{path.stem}.entry{path.suffix}")
        assert path.exists() or entry.exists(), f"{template} loads {name}"


def test_the_plain_page_needs_neither_request_nor_database():
    html = render_to_string("_plain.html")

    assert "/static/site/site.css" in html
    assert "csrf" not in html
