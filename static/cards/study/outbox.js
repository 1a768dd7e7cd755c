/* Answers on their way, and answers to be taken back, kept in localStorage until the server has
   acknowledged them: one entry each, so that two tabs never overwrite each other's. The name of an
   entry holds whose it is: nobody else who uses this browser sends it. */

import { device } from "../../site/memory.js";

const PREFIX = "cards:out:";

export function newOnce() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  constructor({ id, guest }) {
    Object.assign(this, { id, guest, unstored: new Map() }); // where nothing can be stored, this tab alone has it
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** {kind: "answer", once, key, rating, at, seen} or {kind: "undo", once, key, at}. */
  put(entry) {
    const name = this.name(entry);
    if (device.put(name, JSON.stringify(entry))) this.unstored.delete(name);
    else this.unstored.set(name, entry);
    this.changed();
  }

  drop(entry) {
    const name = this.name(entry);
    this.unstored.delete(name);
    device.drop(name);
    this.changed();
  }

  /** All that waits, in the order in which it was given. */
  entries() {
    const mine = [...stored(`${PREFIX}${this.id}:`), ...this.unstored.values()];
    return mine.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  }

  answers() {
    return this.entries().filter((entry) => entry.kind === "answer");
  }

  find(once) {
    return this.answers().find((entry) => entry.once === once);
  }

  holds(key) {
    return this.answers().some((entry) => entry.key === key);
  }

  /** The first answer of somebody without an account made them a guest: what waits is theirs. */
  becomes({ id, guest }) {
    const entries = id === this.id ? [] : this.entries();
    entries.forEach((entry) => this.drop(entry));
    Object.assign(this, { id, guest });
    entries.forEach((entry) => this.put(entry));
  }

  /** The names of what nobody with an account gave in this browser: `nobody`, before a guest was made,
      and `guests`, by a guest who is somebody else now. */
  strays() {
    const names = device.names(PREFIX).filter((name) => !name.startsWith(`${PREFIX}${this.id}:`));
    const of = (whose) => names.filter((name) => name.startsWith(`${PREFIX}${whose}`));
    return { nobody: of(":"), guests: of("guest-") };
  }

  adopt(names) {
    for (const name of names) {
      const entry = read(name);
      device.drop(name);
      if (entry) this.put(entry);
    }
  }

  remove(names) {
    names.forEach((name) => device.drop(name));
    this.changed();
  }

  name(entry) {
    return `${PREFIX}${this.id}:${entry.kind}:${entry.once}`;
  }

  changed() {
    this.listeners.forEach((listener) => listener());
  }
}

function stored(prefix) {
  return device.names(prefix).map(read).filter((entry) => entry !== null);
}

/* What is no entry of ours is left out: it could be sent for ever and never be taken. */
function read(name) {
  try {
    const entry = JSON.parse(device.get(name));
    return typeof entry?.once === "string" && typeof entry?.at === "string" ? entry : null;
  } catch {
    return null;
  }
}
