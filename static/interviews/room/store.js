/* What is typed and not yet acknowledged, kept in localStorage: one entry a tab and room.
   A tab holds a lock for its life, so that another can see whose entry was left behind by a
   browser that died, and send it. Where there are no locks (plain http) a tab keeps to its own. */
import { device, tab } from "../../site/memory.js";

const FIELDS = ["draft", "outline", "notes"];

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a tab left unsaved in a field, as forms for the queue: first the one it had sent. */
export function savesOf(address, { field, text, base, sent }) {
  const latest = { key: newKey(), text, base };
  const saves = !sent ? [latest] : sent.text === text ? [sent] : [sent, latest];
  return saves.map((save) => ({
    url: `${address}save/`,
    key: save.key,
    fields: { field, text: save.text, base_revision: save.base },
  }));
}

/** The store of this tab for the room at `address`. */
export async function openStore(address) {
  const prefix = `room:${address}:`;
  let id = tab.get("tab") ?? newKey();
  if (!(await holdLock(prefix + id))) id = newKey(); // a duplicated tab has its parent's id
  await holdLock(prefix + id);
  tab.put("tab", id);
  return new Store(prefix, prefix + id);
}

function holdLock(name) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {}); // held until the page goes
    });
  });
}

class Store {
  constructor(prefix, name) {
    this.prefix = prefix;
    this.name = name;
    const own = read(name);
    this.queue = own.queue; // messages on their way: {key, url, fields}
    this.unsaved = own.unsaved; // by field: {text, base, sent}; sent: {key, text, base}, once on its way
  }

  /** Writes through. Storage that is full or switched off is no reason to stop: the server is asked at once anyway. */
  keep() {
    const empty = !this.queue.length && !Object.keys(this.unsaved).length;
    if (empty) device.drop(this.name);
    else device.put(this.name, JSON.stringify({ queue: this.queue, unsaved: this.unsaved }));
  }

  /** Takes over what tabs left behind that are no more. Returns their unsaved texts. */
  async adopt() {
    if (!navigator.locks) return [];
    const held = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
    const left = device.names(this.prefix).filter((name) => name !== this.name && !held.has(name));
    const texts = left.flatMap((name) => {
      const { queue, unsaved } = read(name);
      this.queue.push(...queue);
      device.drop(name);
      return FIELDS.filter((field) => unsaved[field]).map((field) => ({ field, ...unsaved[field] }));
    });
    this.keep();
    return texts;
  }
}

function read(name) {
  try {
    const { queue = [], unsaved = {} } = JSON.parse(device.get(name)) ?? {};
    return { queue, unsaved };
  } catch {
    return { queue: [], unsaved: {} };
  }
}
