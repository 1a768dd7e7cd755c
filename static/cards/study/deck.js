/* The cards that are here already, in the order in which they are asked, and what is left today. */

const GROUPS = ["new", "learning", "review", "learning"]; // by an item's state

export class Deck {
  constructor(doc, outbox) {
    Object.assign(this, { doc, outbox, html: new Map(), order: [], done: "" });
    for (const template of doc.querySelectorAll("template[data-ahead]")) {
      this.html.set(template.dataset.ahead, template.innerHTML);
      this.order.push(template.dataset.ahead);
    }
    this.left = Object.fromEntries(this.counters().map((place) => [place.dataset.left, Number(place.textContent)]));
  }

  /** The server's word on what comes now. */
  take({ queue, cards, left, done }) {
    for (const { key, html } of cards) this.html.set(key, html);
    for (const key of this.html.keys()) if (!queue.includes(key)) this.html.delete(key);
    Object.assign(this, { order: queue, left: { ...left }, done });
    this.count();
  }

  /** The next card that is not answered yet, as [key, html]; none is left here where it is null. */
  next(current) {
    const key = this.order.find((each) => each !== current && this.html.has(each) && !this.outbox.holds(each));
    return key === undefined ? null : [key, this.html.get(key)];
  }

  /** The card was answered: what it says of its waits is out of date. */
  drop(key, state) {
    this.html.delete(key);
    this.order = this.order.filter((each) => each !== key);
    this.add(state, -1);
  }

  add(state, by) {
    const group = GROUPS[state];
    this.left[group] = Math.max(0, this.left[group] + by);
    this.count();
  }

  /** The card comes before all others. */
  putFirst(key, html) {
    this.html.set(key, html);
    this.order = [key, ...this.order.filter((each) => each !== key)];
  }

  count() {
    for (const place of this.counters()) place.textContent = this.left[place.dataset.left];
  }

  counters() {
    return [...this.doc.querySelectorAll("[data-left]")];
  }
}
