/* What was done with cards in this tab and can be taken back, newest last. After a reload a card's element is gone;
   the card then comes from the server. */
import { tab } from "../../site/memory.js";

const MOST = 50;
const NAME = "cards:given:";

export class Given {
  constructor(outbox) {
    Object.assign(this, { outbox, answers: stored(outbox.id) });
  }

  get isEmpty() {
    return this.answers.length === 0;
  }

  /** {once, key, state, frame}: `state` before the answer, `frame` the card's element as it was. Of a
      card that was set aside or put off: {aside: true, key}. */
  push(answer) {
    this.answers.push(answer);
    this.keep();
  }

  pop() {
    const last = this.answers.pop();
    this.keep();
    return last;
  }

  /** The server did not take it. */
  forget(once) {
    this.answers = this.answers.filter((each) => each.once !== once);
    this.keep();
  }

  keep() {
    this.answers = this.answers.slice(-MOST);
    const plain = this.answers.map(({ once, key, state, aside }) => ({ once, key, state, aside }));
    tab.put(NAME + this.outbox.id, JSON.stringify(plain)); // else undo ends with this page
  }
}

function stored(person) {
  try {
    return JSON.parse(tab.get(NAME + person)) ?? [];
  } catch {
    return [];
  }
}
