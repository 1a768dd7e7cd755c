/* A sign of life every few seconds: the server answers with the room as it stands, and the
   interviewer may speak. At once after the page was hidden, the computer slept, or the network
   came back. */

const VISIBLE_MS = 5000;
const HIDDEN_MS = 30_000;
const DOUBT_MS = 1000;

/** Starts it; returns a function that asks at once. */
export function startPulse({ address, sender, autosave, clock }) {
  let timer;
  let busy = false;

  async function beat() {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    const typing = autosave.typing() ? { typing: "1" } : {};
    const reply = await sender.post(`${address}pulse/`, { seen: sender.page.seq, ...typing });
    busy = false;
    if (reply.snapshot) {
      sender.page.show(reply.snapshot, reply.roundTripMs);
      sender.pump();
      leaveWhenOver(reply.snapshot, sender, address);
    } else if (reply.again) sender.page.showUnsent(reply.why);
    if (reply.snapshot) sender.page.showSent();
    timer = setTimeout(beat, document.hidden ? HIDDEN_MS : VISIBLE_MS);
  }

  document.addEventListener("visibilitychange", () => !document.hidden && beat());
  window.addEventListener("online", beat);
  setInterval(() => clock.doubtful() && beat(), DOUBT_MS);
  beat();
  return beat;
}

/** Over here or on another device: on to the report, once everything typed has arrived. */
export function leaveWhenOver(snapshot, sender, address) {
  const { queue, unsaved } = sender.store;
  if (snapshot.status !== "finished" || queue.length || Object.keys(unsaved).length) return;
  location.assign(`${address}report/`);
}
