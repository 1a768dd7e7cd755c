"""Looks at a page as axe does, in light and dark, wide and narrow, and at what axe does not see."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 360, "height": 640}  # also 720 px enlarged twice

COLOURS = {"runOnly": ["color-contrast"]}
EVERYTHING: dict[str, object] = {}
AXE = """async (options) => (await axe.run({ resultTypes: ["violations"], ...options })).violations
  .map((each) => `${each.help}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join("; ")}`)"""  # noqa: E501

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Links in running text are exempt; a radio or box is as high as its label; a .small button
# reaches beyond its edge by ::after.
LOW_TARGETS = """() => {
  const all = [...document.querySelectorAll("a, button, summary, select, textarea, input")];
  const shown = all.filter((el) => el.type !== "hidden" && el.checkVisibility({ visibilityProperty: true }));
  const height = (el) => {
    const target = el.matches("[type=radio], [type=checkbox]") ? el.closest("label") : el;
    const after = getComputedStyle(target, "::after");
    const more = after.content !== "none" && after.position === "absolute" ? parseFloat(after.top) + parseFloat(after.bottom) : 0;
    return target.getBoundingClientRect().height - more;
  };
  const inText = (el) => el.matches("a") && getComputedStyle(el).display === "inline";
  const low = shown.filter((el) => !inText(el) && height(el) < 43.5);
  return low.map((el) => `${el.outerHTML.slice(0, 90)} is ${height(el)} px high`);
}"""  # noqa: E501

FOCUSED = """() => {
  const el = document.activeElement;
  const style = getComputedStyle(el);
  return {
    id: el.id,
    name: el === document.body ? "" : el.outerHTML.slice(0, 90),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: el.checkVisibility({ visibilityProperty: true }) && el.getBoundingClientRect().height > 0,
  };
}"""  # noqa: E501


def problems(page: Page, name: str) -> list[str]:
    """Everything wrong with the page as it stands, each with the page's `name`."""
    return [f"{name}: {problem}" for problem in _problems(page)]


def _problems(page: Page) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for theme, options in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            yield from (f"{theme} {size['width']}: {each}" for each in page.evaluate(AXE, options))
        yield from (f"{size['width']}: {low}" for low in page.evaluate(LOW_TARGETS))
        yield from _sideways(page)
    page.set_viewport_size(NARROWEST)
    yield from _sideways(page)
    page.set_viewport_size(WIDE)


def _sideways(page: Page) -> Iterator[str]:
    if (over := page.evaluate(SIDEWAYS)) > 0:
        yield f"{page.viewport_size['width']}: {over} px too wide"


def tabbed_through(page: Page, most: int = 80) -> list[dict]:
    """What gets the focus, Tab by Tab, until it leaves the page."""
    seen: list[dict] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["name"] or focused["name"] in [each["name"] for each in seen]:
            break
        seen.append(focused)
    return seen
