import { device } from "./memory.js";

const FIELDS = "input, textarea, select, dialog, [contenteditable]";
const PLACES = ["main [role=search] [type=search]", ".find input", ".find-link"]; // the first that is shown

/** "/" goes to the search: the page's own field if it has one, else the header's, else its page.
    Not from within a field, nor where single keys are switched off in this browser. */
export function searchBySlash(doc) {
  doc.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || event.target.closest?.(FIELDS)) return;
    if (device.get("switch:noKeys") === "1") return;
    const places = PLACES.flatMap((each) => [...doc.querySelectorAll(each)]);
    const shown = places.find((each) => each.checkVisibility());
    if (!shown) return;
    event.preventDefault();
    if (shown.matches("a")) {
      shown.click();
      return;
    }
    shown.focus();
    shown.select();
  });
}
