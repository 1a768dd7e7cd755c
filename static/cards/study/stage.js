/* The card that is shown: turned or not, and where the focus stands. */
import { startOrder } from "./ordering.js";

export class Stage {
  constructor(doc) {
    this.doc = doc;
    this.place = doc.getElementById("stage");
  }

  /** The frame of the card that is shown; null at the end, or while one waits. */
  get frame() {
    return this.place.querySelector(".card-frame");
  }

  get key() {
    return this.frame?.dataset.key;
  }

  get isTurned() {
    return this.frame?.dataset.turned !== undefined;
  }

  get isDone() {
    return this.place.querySelector(".study-done") !== null;
  }

  part(selector) {
    return this.frame?.querySelector(selector);
  }

  /** Shows a card, from its HTML or as the element that it was before. */
  show(card, { focus = true } = {}) {
    if (typeof card === "string") this.place.innerHTML = card;
    else this.place.replaceChildren(card);
    if (this.frame) startOrder(this.frame);
    if (focus) this.focus();
  }

  focus() {
    window.scrollTo(0, 0);
    const target = this.part(this.isTurned ? ".card-back" : ".card") ?? this.place.firstElementChild;
    target?.focus({ preventScroll: true });
  }

  turn() {
    if (!this.frame || this.isTurned) return false;
    this.frame.dataset.turned = "";
    for (const selector of [".card-back", ".card-answers"]) this.part(selector).hidden = false;
    this.part(".card-turn").hidden = true;
    this.part(".card-back").focus({ preventScroll: true });
    this.reveal();
    return true;
  }

  /** Scrolls only where hardly anything of the answer would be seen, and keeps what it answers. */
  reveal() {
    const { top } = this.part(".card-back").getBoundingClientRect();
    if (top > window.innerHeight * 0.45) window.scrollBy(0, top - window.innerHeight * 0.35);
  }

  /** Says what is awaited, once: each retry says it again. The focus is left where it is elsewhere. */
  wait(sentence) {
    if (this.place.querySelector(".study-wait")?.textContent === sentence) return;
    const { activeElement: focused, body } = this.doc;
    const isElsewhere = focused && focused !== body && !this.place.contains(focused);
    const box = this.doc.createElement("p");
    box.className = "panel study-wait";
    box.tabIndex = -1;
    box.textContent = sentence;
    this.place.replaceChildren(box);
    if (!isElsewhere) box.focus({ preventScroll: true });
  }
}
