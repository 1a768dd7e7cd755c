/* A sequence: one frame at a time, stepped by buttons, keys and a range, or played. Until the
   visitor chooses a frame, the newest is shown while the run goes on, and the first after it. */
const FRAME_MS = 1200; // at speed 1

const states = new WeakMap();

/** Shows each sequence at its frame; to be called again when frames were added. */
export function showFrames(doc) {
  for (const box of doc.querySelectorAll("[data-frames]")) {
    if (!states.has(box)) states.set(box, begin(box));
    states.get(box).show();
  }
}

function begin(box) {
  const [range, play, speed, where] = ["[data-scrub]", "[data-play]", "[data-speed]", "[data-where]"].map((each) =>
    box.querySelector(each),
  );
  const list = box.querySelector("[data-list]");
  let chosen = null;
  let timer = 0;
  let tallest = 0;

  const frames = () => [...list.querySelectorAll(":scope > [data-at]")];
  const goesOn = () => Boolean(box.closest("[data-live]"));
  const here = () => Math.min(chosen ?? (goesOn() ? Infinity : 0), frames().length - 1);

  function show() {
    const all = frames();
    box.classList.add("scripted");
    box.querySelector(".frames-player").hidden = all.length < 2;
    all.forEach((frame, at) => (frame.hidden = at !== here()));
    keepHeight();
    if (!all.length) return;
    range.max = all.length - 1;
    range.value = here();
    range.setAttribute("aria-valuetext", all[here()].dataset.at);
    where.textContent = `${here() + 1} of ${all.length}`;
  }

  /** What stands below does not jump while the frames change. */
  function keepHeight() {
    tallest = Math.max(tallest, list.offsetHeight);
    list.style.minHeight = `${tallest}px`;
  }

  function go(to) {
    chosen = Math.min(Math.max(to, 0), frames().length - 1);
    show();
  }

  function pause() {
    clearTimeout(timer);
    timer = 0;
    shown(false);
  }

  function shown(playing) {
    play.textContent = playing ? "Pause" : "Play";
    play.setAttribute("aria-pressed", String(playing));
    list.setAttribute("aria-live", playing ? "off" : "polite");
  }

  function tick() {
    if (!box.isConnected || here() >= frames().length - 1) return pause();
    go(here() + 1);
    timer = setTimeout(tick, FRAME_MS / Number(speed.value));
  }

  function start() {
    if (here() >= frames().length - 1) go(0);
    shown(true);
    timer = setTimeout(tick, FRAME_MS / Number(speed.value));
  }

  function step(by) {
    pause();
    go(here() + by);
  }

  range.addEventListener("input", () => (pause(), go(Number(range.value))));
  play.addEventListener("click", () => (timer ? pause() : start()));
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  box.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !event.target.matches(".frames-player button")) return;
    event.preventDefault();
    step(by);
  });
  return { show };
}
