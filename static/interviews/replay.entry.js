/* Plays the replay: moves the range, and htmx fetches the room as it was at that second. */
const range = document.getElementById("t");
const play = document.querySelector("[data-play]");
const speeds = document.querySelector("[data-speeds]");
let timer = 0;

function go(second) {
  range.value = second;
  range.dispatchEvent(new Event("input", { bubbles: true }));
}

function stop() {
  clearInterval(timer);
  timer = 0;
  play.textContent = "Play";
  play.setAttribute("aria-pressed", "false");
}

function step() {
  const speed = Number(speeds.querySelector(":checked").value);
  go(Math.min(Number(range.value) + speed, Number(range.max)));
  if (range.value === range.max) stop();
}

play.addEventListener("click", () => {
  if (timer) return stop();
  if (range.value === range.max) go(0);
  timer = setInterval(step, 1000);
  play.textContent = "Pause";
  play.setAttribute("aria-pressed", "true");
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-second]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  go(link.dataset.second);
});

function follow() {
  const talk = document.querySelector(".stage .talk");
  talk.scrollTop = talk.scrollHeight;
  const says = document.getElementById("moment").dataset.says;
  range.setAttribute("aria-valuetext", says);
  document.title = `Replay at ${says}`;
  const here = `${location.pathname}?t=${document.getElementById("moment").dataset.second}`;
  for (const field of document.querySelectorAll("input[name=next]")) field.value = here;
}

document.body.addEventListener("htmx:afterSettle", follow);
document.querySelector("[data-go]").hidden = true;
play.hidden = false;
speeds.hidden = false;
follow();
