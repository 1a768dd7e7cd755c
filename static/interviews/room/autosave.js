/* Saves each field a second after the last keystroke, and at least every four while typing goes
   on. A field is kept in this browser until the server has it. */
import { newKey, savesOf } from "./store.js";

const PAUSE_MS = 1000;
const AT_MOST_MS = 4000;

export class Autosave {
  constructor({ address, store, sender, page }) {
    Object.assign(this, { address, store, sender, page, timers: {}, firstMs: {}, lastInputMs: 0 });
    this.boxes = Object.fromEntries(
      [...document.querySelectorAll("[data-field]")].map((box) => [box.dataset.field, box]),
    );
    this.base = Object.fromEntries(this.all().map(([field, box]) => [field, Number(box.dataset.revision)]));
    this.server = Object.fromEntries(this.all().map(([field, box]) => [field, box.defaultValue]));
    this.ready = new Set();
    this.conflicts = {}; // by field; the first is shown, and none is saved until it is decided
    sender.addSource(() => this.due());
    sender.onSettled((item, reply) => this.said(item, reply));
    page.onSnapshot((snapshot) => this.follow(snapshot));
    for (const [field, box] of this.all()) box.addEventListener("input", () => this.typed(field));
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    this.wireConflict();
    this.restore();
  }

  all() {
    return Object.entries(this.boxes);
  }

  typing() {
    return performance.now() - this.lastInputMs < 4000;
  }

  typed(field) {
    const now = performance.now();
    this.lastInputMs = now;
    this.mark(field);
    this.firstMs[field] ??= now;
    const wait = Math.min(PAUSE_MS, Math.max(0, this.firstMs[field] + AT_MOST_MS - now));
    clearTimeout(this.timers[field]);
    this.timers[field] = setTimeout(() => this.release(field), wait);
  }

  /** Notes that the field is ahead of the server; a save on its way keeps its own text. */
  mark(field) {
    const text = this.boxes[field].value;
    const kept = this.store.unsaved[field];
    this.store.unsaved[field] = { base: this.base[field], sent: kept?.sent, text };
    this.store.keep();
    this.page.showField(field, "Not saved yet");
  }

  release(field) {
    this.firstMs[field] = undefined;
    this.ready.add(field);
    this.sender.pump();
  }

  /** The next save for the sender. One that was sent and not answered goes first, unchanged. */
  due() {
    for (const field of Object.keys(this.store.unsaved)) {
      const kept = this.store.unsaved[field];
      if (this.conflicts[field] || !(kept.sent || this.ready.has(field))) continue;
      kept.sent ??= { key: newKey(), text: kept.text, base: this.base[field] };
      this.store.keep();
      return this.job(field, kept.sent);
    }
    return null;
  }

  job(field, sent) {
    return {
      url: `${this.address}save/`,
      key: sent.key,
      fields: { field, text: sent.text, base_revision: sent.base },
      settle: (reply) => this.settled(field, sent, reply),
    };
  }

  settled(field, sent, { snapshot, refused, roundTripMs }) {
    const kept = this.store.unsaved[field];
    const conflict = snapshot?.conflict;
    if (kept && !conflict) kept.sent = undefined; // after a conflict, a reload asks for it again
    this.ready.delete(field);
    if (refused) {
      if (kept && kept.text !== sent.text) this.typed(field);
      return this.page.showField(field, refused);
    }
    if (conflict) kept && this.tear(field, conflict); // without: it was sent as a message since
    else this.agree(field, sent.text, snapshot.saved?.revision ?? snapshot.fields[field].revision);
    this.page.show(snapshot, roundTripMs);
  }

  /** The server has `text` as `revision`. What was typed since is saved next. */
  agree(field, text, revision) {
    this.base[field] = revision;
    this.server[field] = text;
    if (this.boxes[field].value !== text && this.store.unsaved[field]) {
      Object.assign(this.store.unsaved[field], { base: revision, sent: undefined });
      return this.typed(field);
    }
    delete this.store.unsaved[field];
    this.store.keep();
    this.page.showField(field, field === "draft" && text ? "Draft saved. Only what is sent counts." : text ? "Saved" : "");
  }

  /** Our own message emptied the draft: what was typed since stands upon that. */
  said({ url }, { snapshot }) {
    if (url.endsWith("/say/") && snapshot?.saved) this.agree("draft", "", snapshot.saved.revision);
  }

  /** Sends all that was typed, at once. False when some of it must wait. */
  async sendAll() {
    if (!(await this.sender.pump())) return false; // one under way holds an older text
    for (const field of Object.keys(this.store.unsaved)) this.ready.add(field);
    return this.sender.pump();
  }

  /** Forgets what was typed: it was sent as a message, or given up for the other version. */
  forget(field) {
    if (this.conflicts[field]) this.heal(field);
    clearTimeout(this.timers[field]);
    this.ready.delete(field);
    delete this.store.unsaved[field];
    this.store.keep();
    this.page.showField(field, "");
  }

  /** Another tab or device may have saved: take it over where nothing is being typed here. */
  async follow(snapshot) {
    const behind = this.all().filter(
      ([field]) => snapshot.fields[field].revision !== this.base[field] && !this.store.unsaved[field],
    );
    if (!behind.length) return;
    const now = behind.every(([field]) => "text" in snapshot.fields[field]) ? snapshot : await this.sender.look();
    for (const [field, box] of now ? behind : []) {
      if (this.store.unsaved[field]) continue;
      const { text, revision } = now.fields[field];
      if (field === "draft" && box.value !== this.server.draft) continue;
      if (box.value !== text) box.value = text;
      this.base[field] = revision;
      this.server[field] = text;
    }
  }

  /** What a closed tab left here: shown where the field stands as it did, else sent as it is. */
  async restore() {
    for (const [field, box] of this.all()) {
      if (this.store.unsaved[field]) this.recover(field, this.store.unsaved[field]);
      else if (box.value !== this.server[field]) this.typed(field); // before this script was there
    }
    for (const left of await this.store.adopt()) {
      if (!this.store.unsaved[left.field]) this.recover(left.field, left);
      else this.store.queue.push(...savesOf(this.address, left)); // two tabs left one each
    }
    this.store.keep();
    this.sender.pump();
  }

  recover(field, { text, base, sent }) {
    const box = this.boxes[field];
    const untouched = base === this.base[field] || sent;
    if (untouched && box.value === this.server[field]) box.value = text;
    this.store.unsaved[field] = { text, base, sent: sent ?? { key: newKey(), text, base } };
  }

  /** On the way out: one last try that outlives the page. The store keeps it in any case.
      Of the queue only the first goes: nobody waits here to send the others in their order. */
  flush() {
    const [item] = this.store.queue;
    if (item) this.sender.post(item.url, { ...item.fields, key: item.key }, { keepalive: true });
    for (const [field, kept] of Object.entries(this.store.unsaved)) {
      if (this.conflicts[field] || (item && field === "draft")) continue; // a draft: after the message
      kept.sent ??= { key: newKey(), text: kept.text, base: this.base[field] };
      this.store.keep();
      const { url, key, fields } = this.job(field, kept.sent);
      this.sender.post(url, { ...fields, key }, { keepalive: true });
    }
  }

  tear(field, conflict) {
    this.conflicts[field] = conflict;
    this.boxes[field].value = this.store.unsaved[field].text; // a text of a closed tab, too
    this.page.showField(field, "Two versions: choose one above.");
    this.showConflict();
  }

  heal(field) {
    delete this.conflicts[field];
    this.showConflict();
  }

  showConflict() {
    const [first] = Object.values(this.conflicts);
    if (first) this.page.showConflict(first);
    else this.page.hideConflict();
  }

  wireConflict() {
    const choose = (pick) => (event) => {
      const [conflict] = Object.values(this.conflicts);
      if (!conflict) return; // rendered by the server: the form itself does it
      event.preventDefault();
      this.decide(conflict, pick);
    };
    document.getElementById("use-yours").addEventListener("click", choose("yours"));
    document.getElementById("use-theirs").addEventListener("click", choose("theirs"));
  }

  decide({ field, theirs, revision }, pick) {
    this.heal(field);
    this.base[field] = revision;
    this.server[field] = theirs;
    if (pick === "theirs") {
      this.boxes[field].value = theirs;
      this.forget(field);
    } else {
      this.store.unsaved[field].sent = undefined;
      this.typed(field);
    }
    this.boxes[field].focus();
  }
}
