/* Studying: turn, answer, go on at once, take back. What the server says comes later and never
   replaces the card that is being looked at. */
import { Given } from "./given.js";
import { newOnce } from "./outbox.js";
import { askAboutStrays } from "./strays.js";

const BETWEEN_MS = 400; // two undos closer than this are one, pressed twice

export class Study {
  constructor(parts) {
    Object.assign(this, parts, { undone: -Infinity, given: new Given(parts.outbox) });
    this.sender.have = () => [...this.deck.html.keys()];
    this.sender.onReply((reply, sent) => (reply ? this.heard(reply, sent) : this.stalled()));
    const place = document.getElementById("study");
    place.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => !document.hidden && this.comesBack());
  }

  begin() {
    askAboutStrays(this);
    const { frame } = this.stage;
    if (frame) this.deck.putFirst(frame.dataset.key, this.stage.place.innerHTML);
    const waits = this.outbox.entries().length > 0;
    if (frame && this.outbox.holds(frame.dataset.key)) this.advance({ focus: false });
    else if (frame) this.stage.show(frame, { focus: false });
    this.showUndo();
    this.comesBack();
    if (waits) this.sender.pump();
  }

  turn() {
    if (!this.stage.frame || this.stage.isTurned) return false;
    document.getElementById("ask").requestSubmit();
  }

  /* Forms that the page handles by itself; all others go their way. */
  submitted(event) {
    const form = event.target;
    const act = {
      "card-answers": () => this.answer(Number(event.submitter.value)),
      "card-aside": () => this.setAside(form, event.submitter),
    }[form.classList[0]];
    const own = form.id === "undo-form" ? () => this.undo() : act;
    if (!own) return;
    event.preventDefault();
    own();
  }

  answer(rating) {
    const { frame } = this.stage;
    if (!frame || !this.stage.isTurned) return;
    const { key, seen, state } = frame.dataset;
    const entry = { kind: "answer", once: newOnce(), key, rating, at: this.sender.now(), seen: Number(seen) };
    this.outbox.put(entry);
    this.given.push({ once: entry.once, key, state: Number(state), frame });
    this.showUndo();
    this.teller.hush();
    this.deck.drop(key, Number(state));
    this.advance();
    this.sender.pump();
  }

  /** Shows the next card that is here; else says what is awaited. */
  advance({ focus = true } = {}) {
    const next = this.deck.next(this.stage.key);
    if (next) return this.stage.show(next[1], { focus });
    const waits = this.outbox.entries().length > 0;
    if (!waits && this.deck.done) return this.finish();
    this.stage.wait(navigator.onLine ? "Fetching the next card." : OFFLINE);
    if (!waits) this.sender.pump({ look: true });
  }

  finish() {
    this.stage.show(this.deck.done);
    this.showUndo();
    this.comesBack();
  }

  heard(reply, sent) {
    const taken_back = sent[0]?.kind === "undo";
    this.deck.take(reply);
    for (const { once } of reply.refused ?? []) this.given.forget(once);
    this.showUndo();
    this.teller.say([...(reply.refused ?? []).map((each) => each.sentence), ...reply.told]);
    this.teller.link(reply.ways ?? []);
    if (taken_back) this.broughtBack(reply, sent[0]);
    else if (!this.stage.frame && !this.stage.isDone) this.advance();
    else if (this.stage.isDone && reply.queue.length) this.advance();
    else if (this.stage.isDone && reply.done) this.stage.show(reply.done, { focus: false });
    this.comesBack();
  }

  stalled() {
    const { why } = this.sender;
    if (!this.stage.frame && !this.stage.isDone) this.stage.wait(why === "offline" ? OFFLINE : STALLED);
  }

  undo() {
    if (!this.isApart()) return;
    const last = this.given.pop();
    if (!last) return this.teller.say(["There is no answer to take back."]);
    this.showUndo();
    if (last.aside) return this.bringBack(last);
    const answer = this.outbox.find(last.once);
    if (answer) this.outbox.drop(answer);
    if (answer && !answer.tried && last.frame) {
      this.restore(last);
    } else {
      const unsure = answer !== undefined; // the server may never have had it
      this.outbox.put({ kind: "undo", once: last.once, key: last.key, at: this.sender.now(), unsure });
      if (last.frame) this.restore(last);
      this.sender.pump();
    }
    this.teller.say(["Taken back. Answer this card again."]);
  }

  /** The card that is looked at comes after the one that is brought back. */
  keepCurrent() {
    const { frame: current } = this.stage;
    if (current) this.deck.putFirst(current.dataset.key, this.deck.html.get(current.dataset.key) ?? current.outerHTML);
  }

  restore({ key, state, frame }) {
    this.keepCurrent();
    this.deck.putFirst(key, frame.outerHTML);
    this.deck.add(state, 1);
    this.stage.show(frame);
  }

  /** The server took an answer back: after a reload the card comes from there. */
  broughtBack({ card, undone, sentence }, { key, unsure }) {
    if (sentence && !unsure) this.teller.say([sentence]);
    if (undone && card && this.stage.key !== key && !this.outbox.holds(key)) {
      this.deck.putFirst(card.key, card.html);
      this.stage.show(card.html);
      this.stage.turn();
    } else if (!this.stage.frame) this.advance();
  }

  /** Suspend, or put off till tomorrow: needs the server at once. */
  async setAside(form, button) {
    const { key, state } = this.stage.frame.dataset;
    button.disabled = true;
    const { reply, error } = await this.sender.post(form.action, { key, ...this.sender.state() });
    button.disabled = false;
    if (!reply) return this.teller.say([error ?? "This needs a connection. The card stays; try again later."], "amber");
    this.deck.drop(key, Number(state));
    this.deck.take(reply);
    this.given.push({ aside: true, key });
    this.showUndo();
    this.teller.say(reply.told);
    this.advance();
  }

  /** The last card that was set aside or put off comes again: needs the server at once, too. */
  async bringBack(last) {
    const { reply, error } = await this.sender.post(this.sender.page.urls.bring_back, { key: last.key, ...this.sender.state() });
    if (!reply) {
      this.given.push(last);
      this.showUndo();
      return this.teller.say([error ?? "This needs a connection. The card stays aside; try again later."], "amber");
    }
    this.deck.take(reply);
    this.keepCurrent();
    if (reply.card) {
      this.deck.putFirst(reply.card.key, reply.card.html);
      this.stage.show(reply.card.html);
    }
    this.teller.say(["Brought back."]);
  }

  editNote() {
    const details = this.stage.part(".card-note-edit");
    details.open = true;
    details.querySelector("textarea, a").focus();
  }

  /** A card in steps comes back within minutes: look when it does. */
  comesBack() {
    clearTimeout(this.later);
    if (!this.stage.isDone || document.hidden) return;
    const at = this.stage.place.querySelector("[data-next-at]")?.dataset.nextAt;
    const wait_ms = at ? Math.max(1_000, Date.parse(at) - Date.parse(this.sender.now())) : Infinity;
    if (wait_ms < 3_600_000) this.later = setTimeout(() => this.sender.pump({ look: true }), wait_ms);
  }

  isApart() {
    const now = performance.now();
    const apart = now - this.undone > BETWEEN_MS;
    if (apart) this.undone = now;
    return apart;
  }

  showUndo() {
    document.getElementById("undo-form").hidden = this.given.isEmpty;
  }
}

const OFFLINE = "No more cards are on this device. The next ones come with the connection.";
const STALLED = "The next card comes when the server answers again.";
