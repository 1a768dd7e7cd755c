/* The room's small forms (next phase, pause, start, ...) sent without leaving the page. */
import { newKey } from "./store.js";
import { leaveWhenOver } from "./pulse.js";

const TOAST_MS = 10_500; // "Moved to ... Undo" is shown for ten seconds

export function wireCommands({ sender, page, pulse }) {
  /** What was said before goes first: a message must not land in the phase after it. The choices
      are read before that: the server's older word may come in meanwhile and set the form back. */
  async function submit(form) {
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrfmiddlewaretoken;
    if (!(await sender.pump())) return;
    const reply = await sender.post(form.action, { ...fields, key: newKey() });
    if (reply.refused) return page.trouble(reply.refused);
    if (reply.again) return page.showUnsent(reply.why);
    page.hush();
    page.show(reply.snapshot, reply.roundTripMs);
    leaveWhenOver(reply.snapshot, sender, sender.address);
    if (form.matches("#next-phase, [id^=go-]") || form.action.endsWith("/move/")) setTimeout(pulse, TOAST_MS);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-command]")) return;
    event.preventDefault();
    event.target.closest("details.menu")?.removeAttribute("open");
    submit(event.target);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("#configure");
    if (form?.reportValidity()) submit(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "configure") return;
    event.preventDefault();
    submit(event.target);
  });
}
