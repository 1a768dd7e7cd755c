/* Follows a run to its end: the server tells when something changed, and every two seconds the
   page asks anyway. When the run is over, the whole page is asked for once. */
import { put } from "./morphing.js";

const POLL_MS = 2000;
const SOON_MS = 150; // of several changes in a row, one look
const REFUSED_MS = 30_000; // before a stream that was closed for good is asked for again
const LONGEST_MS = 10_000;
const AWAY = "The server does not answer. Trying again.";

class Away extends Error {}

async function get(win, address) {
  const reply = await win
    .fetch(address, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_MS) })
    .catch(() => Promise.reject(new Away()));
  if (reply.status >= 500 || reply.status === 429) throw new Away();
  if (!reply.ok || reply.redirected) win.location.reload(); // gone, or signed out: the page says so
  return reply.text();
}

/** Starts when the page holds a run that is under way; `changed` is called after each change. */
export function follow(win, changed) {
  const doc = win.document;
  const live = () => doc.getElementById("live");
  let timer;
  let events = null;
  let listenFrom = 0;
  let busy = false;
  let told = false; // of a change that no look has seen yet

  function listen() {
    const address = live().dataset.events;
    if (!address || Date.now() < listenFrom || (events && events.readyState !== EventSource.CLOSED)) return;
    listenFrom = Date.now() + REFUSED_MS;
    events = new EventSource(address);
    events.onmessage = hear;
    events.addEventListener("ended", hear);
  }

  function hear() {
    if (!told && !busy) lookIn(SOON_MS);
    told = true;
  }

  function lookIn(ms) {
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  }

  async function show(id, address) {
    put(doc, id, await get(win, address));
    changed();
  }

  /** The live part; then, once the run is over, the page, whose steps and controls are others. */
  async function refresh() {
    if (live().dataset.live) await show("live", live().dataset.live);
    if (live().dataset.live) return listen();
    events?.close();
    await show("lab", win.location.href);
  }

  async function look() {
    busy = true;
    told = false;
    try {
      await refresh();
      tell("");
      if (live().dataset.live) lookIn(told ? SOON_MS : POLL_MS);
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      tell(AWAY);
      lookIn(POLL_MS);
    } finally {
      busy = false;
    }
  }

  function tell(sentence) {
    const line = doc.getElementById("lost");
    if (line.textContent !== sentence) line.textContent = sentence;
    line.hidden = !sentence;
  }

  if (!live()?.dataset.live) return;
  listen();
  lookIn(POLL_MS);
}
