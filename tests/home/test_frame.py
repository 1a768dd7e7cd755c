"""The frame of every page: navigation, theme, messages."""

import re

import pytest
from django.urls import Resolver404, resolve

from trainer.home.navigation import ROOMS, YOU

PAGE = "/learn/twitter/"


@pytest.mark.parametrize("place", [*ROOMS, YOU], ids=lambda place: place.name)
def test_every_place_of_the_navigation_exists(place):
    try:
        resolve(place.path)
    except Resolver404:
        pytest.fail(f"{place.name} leads to {place.path}, which no room serves")


def test_the_rooms_stand_in_the_order_of_the_way_through_them():
    order = ["Interview", "Drills", "Cards", "Lab", "Learn"]
    names = [room.name for room in ROOMS]

    assert names == [name for name in order if name in names]
    assert "Lab" in names


def test_a_lab_lies_in_the_lab_room(client, db):
    html = client.get("/lab/twitter/threshold-at-scale/").content.decode()

    assert re.findall(r'<a href="([^"]+)" aria-current="true">', html) == ["/lab/"]


def test_the_present_room_alone_is_marked(client):
    html = client.get(PAGE).content.decode()

    assert re.findall(r'<a href="([^"]+)" aria-current="true">', html) == ["/learn/"]


def test_the_cookie_chooses_the_theme(client):
    client.cookies["theme"] = "dark"

    assert '<html lang="en" data-theme="dark">' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("theme", ["", "system", '"><script>'])
def test_without_a_known_theme_the_system_decides(client, theme):
    client.cookies["theme"] = theme

    assert '<html lang="en">' in client.get(PAGE).content.decode()


def test_the_theme_is_posted_with_the_way_back(client):
    html = client.get(f"{PAGE}?a=1").content.decode()

    assert '<form method="post" action="/you/theme/">' in html
    assert f'<input type="hidden" name="next" value="{PAGE}?a=1">' in html


def test_htmx_may_neither_write_styles_nor_evaluate(client):
    html = client.get(PAGE).content.decode()

    assert '{"includeIndicatorStyles": false, "allowEval": false, ' in html


def test_a_live_region_is_there_before_it_is_needed(client):
    html = client.get(PAGE).content.decode()

    assert '<div id="messages" class="messages" role="status" aria-live="polite">' in html
