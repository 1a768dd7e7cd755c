const FIELDS = "input, textarea, select, dialog, [contenteditable]";
const PRESSED_BY_SPACE = "button, summary";

/** Calls `actions[key]` for a key pressed alone, outside of fields; Space leaves buttons to themselves. */
export function onKeys(doc, actions) {
  doc.addEventListener("keydown", (event) => {
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest(FIELDS)) return;
    if (event.key === " " && event.target.closest(PRESSED_BY_SPACE)) return;
    event.preventDefault();
    action();
  });
}
