"""The contrast of the colours in tokens.css, in both themes (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "static"
TOKENS = (STYLES / "site" / "tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall(TOKENS)}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, theme: str) -> float:
    dark, light = sorted(luminance(COLOURS[name][theme]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "amber", "red", "green"])
def test_text_is_readable_on_every_ground(text, ground, theme):
    assert contrast(text, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_buttons_word_is_readable_on_the_accent(theme):
    assert contrast("on-accent", "accent", theme) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_a_fields_edge_can_be_seen(ground, theme):
    assert contrast("edge", ground, theme) >= 3


def test_only_the_tokens_name_a_colour():
    found = {
        str(path): re.findall(r"#[0-9a-f]{3,8}\b(?=[^{]*;)", path.read_text())
        for path in STYLES.rglob("*.css")
        if path.name != "tokens.css" and "node_modules" not in path.parts
    }
    assert {path: colours for path, colours in found.items() if colours} == {}
