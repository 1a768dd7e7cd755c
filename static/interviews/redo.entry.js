/* The two minutes on the page. The server measures the time by itself; nothing is sent by a script. */
import { tab } from "../site/memory.js";

const box = document.querySelector("[data-left]");
const clock = box.querySelector("[data-clock]");
const note = box.querySelector("[data-note]");
const news = box.querySelector("[data-news]");
const answer = document.getElementById("answer");
const left = Number(box.dataset.left);
const loaded = performance.now();
const NEWS = { 30: "Thirty seconds left.", 0: "Two minutes are over. You can still send your answer." };
let told = left <= 0 ? 0 : Infinity;

function face(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
  const now = Math.max(0, left - Math.floor((performance.now() - loaded) / 1000));
  clock.textContent = face(now);
  box.dataset.cue = now ? "none" : "red";
  for (const mark of [30, 0]) {
    if (now <= mark && told > mark) {
      told = mark;
      news.textContent = NEWS[mark];
    }
  }
  if (!now) note.textContent = "Two minutes are over. You can still send your answer; the time is measured.";
}

if (left > 0) note.textContent = "left. Nothing is sent by itself, and you may take longer.";
tick();
setInterval(tick, 250);

/* What is typed outlives a reload of this page. */
const drawer = location.pathname + location.search;
if (!answer.value) answer.value = tab.get(drawer) ?? "";
answer.addEventListener("input", () => tab.put(drawer, answer.value));
