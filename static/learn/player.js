import { lineAt } from "./course.js";
import { onKeys } from "./keys.js";
import { address, readCourse } from "./lines.js";
import { showClock, showPlaying, showTalk } from "./view.js";

const TICK_MS = 100;

/** Makes the sample interview in `page` play. Everything shown is in the page already: a line
    not yet reached is hidden, so that without this script the links step through it. */
export function createPlayer(page, win) {
  const course = readCourse(page);
  const { lines, total } = course;
  const starts = lines.map((line) => line.at);
  const first = `${page.dataset.phase}-${page.dataset.line}`;
  const state = { here: lines.findIndex((line) => line.element.id === first), second: 0, timer: 0, then: 0 };
  state.second = starts[state.here];

  const speed = () => Number(page.querySelector("[data-speed]").value);

  function goTo(here) {
    const moved = lines[here].phase !== lines[state.here].phase;
    state.here = here;
    showTalk(page, course, here);
    if (moved) page.querySelector("[data-news]").textContent = `Moved to ${lines[here].phase.name}.`;
    lines[here].element.scrollIntoView({ block: "nearest" });
    win.history.replaceState(null, "", address(lines[here]));
    comeBackHere(page.ownerDocument, win.location);
  }

  function jump(here) {
    if (!lines[here]) return;
    state.second = starts[here];
    goTo(here);
    showClock(page, course, lines[here].phase, state.second);
  }

  function tick() {
    const now = win.performance.now();
    state.second = Math.min(state.second + ((now - state.then) / 1000) * speed(), total);
    state.then = now;
    const reached = lineAt(starts, state.second);
    if (reached !== state.here) goTo(reached);
    showClock(page, course, lines[reached].phase, state.second);
    if (state.second >= total) pause();
  }

  function pause() {
    win.clearInterval(state.timer);
    state.timer = 0;
    showPlaying(page, false, speed());
  }

  function start() {
    if (state.second >= total) jump(0);
    state.then = win.performance.now();
    state.timer = win.setInterval(tick, TICK_MS);
    showPlaying(page, true, speed());
  }

  return {
    toggle: () => (state.timer ? pause() : start()),
    step: (by) => jump(state.here + by),
    toPhase: (id) => jump(lines.findIndex((line) => line.phase.id === id)),
    show: () => {
      showTalk(page, course, state.here);
      lines[state.here].element.scrollIntoView({ block: "nearest" });
    },
    refresh: () => showPlaying(page, Boolean(state.timer), speed()),
  };
}

/** The forms of the page's frame (the theme) lead back to the line that is shown now. */
function comeBackHere(doc, { pathname, search }) {
  for (const field of doc.querySelectorAll("input[name=next]")) field.value = pathname + search;
}

/** Ties the page's links, buttons and keys to `player`, and shows those that need a script. */
export function wire(page, player) {
  page.querySelector("[data-play]").addEventListener("click", player.toggle);
  page.querySelector("[data-speed]").addEventListener("change", player.refresh);
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go], [data-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.step) player.step(Number(link.dataset.step));
    else player.toPhase(link.dataset.go);
  });
  onKeys(page.ownerDocument, {
    " ": player.toggle,
    ArrowLeft: () => player.step(-1),
    ArrowRight: () => player.step(1),
  });
  for (const part of page.querySelectorAll("[data-play], [data-speed], [data-hints]")) part.hidden = false;
  player.refresh();
  player.show();
}
