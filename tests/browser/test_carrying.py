"""A guest scans the code with a phone, and goes on there."""

import re
from base64 import b64decode, b64encode

import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Locator, expect

from tests.browser.looking import PHONE, problems
from trainer.accounts.models import User
from trainer.resilience import redis_clients

pytestmark = pytest.mark.browser

# The grey values of a picture, row by row: [width, base64].
GREY = """async (png) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, picture.width, picture.height);
  const grey = data.filter((_, index) => index % 4 === 1);
  return [picture.width, btoa(Array.from(grey, (value) => String.fromCharCode(value)).join(""))];
}"""


def scanned(code: Locator) -> str:
    """What a camera reads off the code as the page shows it, dark on white alone."""
    width, grey = code.page.evaluate(GREY, b64encode(code.screenshot()).decode())
    picture = np.frombuffer(b64decode(grey), np.uint8).reshape(-1, width)
    found = zxingcpp.read_barcode(picture, try_invert=False)
    assert found is not None, "no code was read"
    return found.text


@pytest.mark.django_db(transaction=True)
def test_the_code_is_scanned_and_the_phone_goes_on(room, browser: Browser) -> None:
    redis_clients.rebuildable().delete("accounts:carryings:127.0.0.1")
    desktop = room.page
    desktop.goto(f"{room.site}/you/phone/")
    found = problems(desktop, "button")
    desktop.get_by_role("button", name="Show the code").click()
    expect(desktop.get_by_role("img", name="QR code")).to_be_visible()
    links = set()
    for theme in ("light", "dark"):
        desktop.emulate_media(color_scheme=theme)
        links.add(scanned(desktop.locator(".qr")))
    assert links == {desktop.get_by_label("The same as an address").input_value()}
    found += problems(desktop, "code")

    (link,) = links
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        phone = context.new_page()
        phone.goto(link)
        found += problems(phone, "carry")
        phone.get_by_role("button", name="Go on here").click()
        expect(phone.get_by_text("goes on as the guest of the other one")).to_be_visible()
        phone.goto(link)
        expect(phone.get_by_role("alert")).to_have_text(re.compile("it works once"))
        found += problems(phone, "closed")
    assert User.objects.filter(is_guest=True).count() == 1
    assert found == []
