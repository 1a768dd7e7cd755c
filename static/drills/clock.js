/* The time left, on the page. The server measures by itself; nothing is sent by a script. */
const TOLD = { 30: "Thirty seconds left.", 0: "Time is up. What you send now is kept, and marked late." };

function face(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function runClock(doc) {
  const box = doc.querySelector("[data-left]");
  if (!box) return;
  const [clock, note, news] = ["clock", "note", "news"].map((name) => doc.querySelector(`[data-${name}]`));
  const left = Number(box.dataset.left);
  const loaded = performance.now();
  let told = left <= 0 ? 0 : Infinity;
  if (left > 0) note.textContent = "Nothing is sent by itself when the time is up.";

  function tick() {
    const now = Math.max(0, Math.floor(left - (performance.now() - loaded) / 1000));
    clock.textContent = face(now);
    clock.dataset.cue = now === 0 ? "red" : now <= 30 ? "amber" : "none";
    for (const mark of [30, 0]) {
      if (now <= mark && told > mark) {
        told = mark;
        news.textContent = TOLD[mark];
      }
    }
    if (!now) note.textContent = TOLD[0];
  }

  tick();
  setInterval(tick, 250);
}
