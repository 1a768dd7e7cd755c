/* What the server says, put on the page. Parts are morphed, so that the focus stays where it is. */
import { Idiomorph } from "idiomorph";

const PLACES = { header: "room-header", setup: "setup", lines: "lines", drawing: "drawing" };
const WHY = {
  offline: "Not sent yet: no connection. It is kept in this browser and sent by itself.",
  server: "Not sent yet: the server is not answering. It is kept here and sent by itself.",
  "signed out": "Not sent yet: you are signed out. Sign in again in another tab; it is kept here.",
  "not yours":
    "Not sent yet: this interview is not open to who is signed in now. Sign in as its owner in another tab; it is kept here.",
};
/* What the candidate opened or switched on stays so: the server does not know of it. */
const KEEP = {
  beforeAttributeUpdated: (attribute, node) =>
    !(attribute === "open" && node.matches("details")) &&
    !(attribute === "aria-pressed" && node.matches("[data-switch]")),
};

const byId = (id) => document.getElementById(id);

/** Gives the focus to `place`, or to the conversation where that is gone or cannot have it: a
    keyboard goes on from there, and no touch keyboard opens by itself. */
function refocus(place) {
  place?.focus();
  if (place === document.body || document.activeElement !== place) byId("conversation").focus({ preventScroll: true });
}

export class Page {
  constructor(clock) {
    Object.assign(this, { clock, seq: 0, html: {}, listeners: [] });
  }

  onSnapshot(listener) {
    this.listeners.push(listener);
  }

  /** Shows a snapshot, unless a later one was shown already. */
  show(snapshot, roundTripMs) {
    if (snapshot.seq < this.seq) return;
    this.seq = snapshot.seq;
    const focused = document.activeElement;
    for (const [name, id] of Object.entries(PLACES)) this.put(name, byId(id), snapshot.html[name]);
    if (!focused.isConnected) refocus(null);
    this.cover(snapshot.status === "paused");
    this.clock.set(snapshot, roundTripMs);
    for (const listener of this.listeners) listener(snapshot);
  }

  put(name, place, html) {
    if (html === undefined || this.html[name] === html) return;
    this.html[name] = html;
    Idiomorph.morph(place, html, { morphStyle: "innerHTML", callbacks: KEEP });
  }

  /** Covers the room or uncovers it. The focus goes to Resume, and back to where it was. */
  cover(paused) {
    if (byId("cover").hidden !== paused) return;
    if (paused) this.left = document.activeElement;
    byId("cover").hidden = !paused;
    byId("room").hidden = paused;
    refocus(paused ? byId("resume") : this.left);
  }

  /** A queued form was answered. A refusal is told; a refused text goes back to the message's
      box, before what was typed there since, so that it is kept like any draft. */
  settle({ key, fields }, { refused }) {
    byId(`pending-${key}`)?.remove();
    if (!refused) return this.hush();
    this.trouble(refused);
    const box = byId("message");
    box.value = [fields.text, box.value].filter((text) => text.trim()).join("\n\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  pending(key, text, state = "Sending") {
    const line = document.createElement("li");
    line.id = `pending-${key}`;
    line.className = "line candidate";
    const [meta, words] = [document.createElement("p"), document.createElement("p")];
    meta.className = "meta";
    meta.textContent = state;
    words.className = "words";
    words.textContent = text;
    line.append(meta, words);
    byId("pending").append(line);
    line.scrollIntoView({ block: "nearest" });
  }

  trouble(sentence) {
    byId("trouble").textContent = sentence;
    byId("trouble").hidden = false;
  }

  hush() {
    byId("trouble").hidden = true;
  }

  showUnsent(why) {
    this.unsent = true;
    for (const state of document.querySelectorAll("#pending .meta")) {
      if (state.textContent === "Sending") state.textContent = "Not sent yet";
    }
    this.trouble(WHY[why]);
  }

  showSent() {
    if (this.unsent) this.hush();
    this.unsent = false;
  }

  showField(field, text) {
    const place = field === "draft" ? byId("save-state") : document.querySelector(`[data-state-of="${field}"]`);
    if (place.textContent !== text) place.textContent = text;
  }

  showConflict({ theirs, yours }) {
    document.querySelector('[data-conflict="theirs"]').textContent = theirs;
    document.querySelector('[data-conflict="yours"]').textContent = yours;
    byId("conflict").hidden = false;
    byId("conflict").scrollIntoView({ block: "nearest" });
  }

  hideConflict() {
    byId("conflict").hidden = true;
  }
}
