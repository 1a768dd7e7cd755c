const FIELDS = "input, textarea, select, dialog, [contenteditable]";
const PRESSED_BY_SPACE = "button, summary";

/** Space turns the card, the arrows move; never in a field or a menu, nor with a second key. */
export function watchKeys(page, acts) {
  const by = { " ": acts.turn, ArrowLeft: acts.back, ArrowRight: acts.on };
  page.addEventListener("keydown", (event) => {
    const act = by[event.key];
    if (!act || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest(FIELDS) || page.querySelector("details.menu[open]")) return;
    if (event.key === " " && event.target.closest(PRESSED_BY_SPACE)) return;
    event.preventDefault();
    act();
  });
}
