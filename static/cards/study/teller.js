/* What the page says beside the card: what waits to be sent, and what became of an answer. */

const KEPT = "All is kept on this device, and sent as soon as it can be.";
const WHY = {
  offline: `for a connection. ${KEPT}`,
  server: `until the server answers again. ${KEPT}`,
  busy: `a moment, as too much was sent at once. ${KEPT}`,
  "signed out": "until you sign in again, in another tab. Kept on this device.",
  other: "until you sign in again: somebody else is signed in now. Kept on this device.",
  old: "until this page is loaded again, as it is too old. Kept on this device.",
  large: "and cannot be sent: the server finds it too long. Kept on this device.",
  refused: "and cannot be sent: the server did not understand it. Kept on this device; reload the page.",
};

export class Teller {
  constructor(doc) {
    this.doc = doc;
    this.waits = doc.getElementById("waits");
    this.told = doc.getElementById("told");
  }

  /** `entries` of the outbox wait, for the reason `why`; none is said to. */
  waiting(entries, why) {
    const count = entries.filter((entry) => entry.kind === "answer").length;
    const what = count > 1 ? `${count} answers wait` : count ? "1 answer waits" : "An undo waits";
    const text = entries.length ? `${what} ${WHY[why] ?? WHY.server}` : "";
    if (this.waits.textContent !== text) this.waits.replaceChildren(...(text ? [this.notice(text, "amber")] : []));
  }

  say(sentences, kind = "") {
    if (!sentences.length) return;
    this.hush();
    this.told.append(...sentences.map((each) => this.notice(each, kind)));
  }

  /** What to do about it: `{name, href}` each, below what was said. */
  link(ways) {
    const row = this.doc.createElement("span");
    row.className = "cluster";
    for (const { name, href } of ways) {
      const link = this.doc.createElement("a");
      Object.assign(link, { href, textContent: name, className: "button small" });
      row.append(link);
    }
    if (ways.length) this.told.lastElementChild?.append(row);
  }

  /** Takes away what was said; a question stays until it is answered. */
  hush() {
    for (const notice of this.told.querySelectorAll(":scope > :not([data-asks])")) notice.remove();
  }

  /** A sentence with buttons, `[name, act]` each, above what is said. */
  ask(sentence, choices) {
    const notice = this.notice(sentence, "amber");
    const row = this.doc.createElement("span");
    row.className = "cluster";
    for (const [name, act] of choices) {
      const button = this.doc.createElement("button");
      button.type = "button";
      button.className = "small";
      button.textContent = name;
      button.addEventListener("click", () => (notice.remove(), act()));
      row.append(button);
    }
    notice.dataset.asks = "";
    notice.append(row);
    this.told.prepend(notice);
  }

  notice(text, kind) {
    const notice = this.doc.createElement("p");
    notice.className = `notice ${kind}`;
    notice.textContent = text;
    return notice;
  }
}
