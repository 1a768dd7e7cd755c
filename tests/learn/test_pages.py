import re

import pytest

ADDRESS = "/learn/twitter/sample-interview/"


def shown_lines(html: str) -> list[str]:
    """The ids of the lines that are not hidden, in the phases that are not hidden."""
    sections = re.findall(r"<section [^>]*?>.*?</section>", html, re.S)
    open_ones = [each for each in sections if not re.match(r"<section [^>]*hidden>", each)]
    items = [item for each in open_ones for item in re.findall(r"<li class=\"line[^>]*>", each)]
    return [re.search(r'id="([^"]+)"', item).group(1) for item in items if "hidden>" not in item]


def step_links(html: str) -> dict[str, str | None]:
    links = re.findall(r'<a class="button" data-step="(-?1)"([^>]*)>', html)
    hrefs = {step: re.search(r'href="([^"]+)"', rest) for step, rest in links}
    return {step: found and found.group(1).replace("&amp;", "&") for step, found in hrefs.items()}


def test_learn_leads_to_the_first_packs_index(client):
    assert client.get("/learn/").headers["Location"] == "/learn/twitter/"


def test_the_index_offers_the_sample_interview(client):
    response = client.get("/learn/twitter/")

    assert response.status_code == 200
    assert f'href="{ADDRESS}"' in response.content.decode()


def test_the_index_promises_nothing_that_is_not_there(client):
    assert "each number" not in client.get("/learn/twitter/").content.decode()


def test_it_starts_with_the_interviewers_first_line(client):
    html = client.get(ADDRESS).content.decode()

    assert shown_lines(html) == ["clarify-1"]
    assert "Design Twitter." in html


def test_an_address_shows_its_phase_up_to_its_line(client):
    html = client.get(ADDRESS, {"phase": "deep_dive", "line": "3"}).content.decode()

    assert shown_lines(html) == ["deep_dive-1", "deep_dive-2", "deep_dive-3"]


def test_without_a_script_the_links_step_through_the_whole_interview(client):
    seen, address = [], "?phase=clarify&line=1"
    while address:
        html = client.get(ADDRESS + address).content.decode()
        seen.append(shown_lines(html)[-1])
        address = step_links(html)["1"]

    assert len(seen) == len(set(seen)) == html.count('<li class="line ')
    assert seen[-1].startswith("wrap_up-")


def test_a_step_back_from_a_phases_start_is_the_last_line_of_the_phase_before(client):
    html = client.get(ADDRESS, {"phase": "high_level", "line": "1"}).content.decode()

    back = client.get(ADDRESS + step_links(html)["-1"]).content.decode()

    assert shown_lines(back)[-1].startswith("clarify-")
    assert step_links(back)["1"] == "?phase=high_level&line=1"


def test_the_clock_stands_at_the_phases_start(client):
    html = client.get(ADDRESS, {"phase": "deep_dive"}).content.decode()

    assert '<b class="tabular" data-left>15:00</b>' in html
    assert "<span data-total-left>30:00</span> left in all" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"phase": "opening"}, "no phase “opening”"),
        ({"phase": "deep_dive", "line": "99"}, "there is no line “99”"),
        ({"phase": "<script>"}, "no phase “&lt;script&gt;”"),
    ],
)
def test_a_place_that_is_not_there_is_said_and_the_start_is_shown(client, query, sentence):
    response = client.get(ADDRESS, query)

    assert response.status_code == 404
    assert sentence in response.content.decode()
    assert shown_lines(response.content.decode()) == ["clarify-1"]


@pytest.mark.parametrize("page", ["", "sample-interview/"])
def test_an_unknown_pack_is_not_found(client, page):
    assert client.get(f"/learn/chess/{page}").status_code == 404


@pytest.mark.parametrize("page", ["/learn/", "/learn/twitter/", ADDRESS])
def test_pages_are_only_read(client, page):
    assert client.post(page).status_code == 405


def test_reading_makes_no_guest(client, db):
    client.get(ADDRESS)

    assert "sessionid" not in client.cookies
