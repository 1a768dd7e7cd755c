import { clockTime, cue } from "./course.js";
import { address } from "./lines.js";

/** Shows the talk up to and with `lines[here]`: its phase alone, later lines hidden. */
export function showTalk(page, { phases, lines }, here) {
  const now = lines[here];
  for (const phase of phases) phase.element.hidden = phase !== now.phase;
  lines.forEach((line, index) => (line.element.hidden = index > here));
  for (const tab of page.querySelectorAll("[data-go]")) {
    if (tab.dataset.go === now.phase.id) choose(tab);
    else tab.removeAttribute("aria-current");
  }
  for (const link of page.querySelectorAll("[data-step]")) {
    pointTo(link, lines[here + Number(link.dataset.step)]);
  }
}

/** Marks the tab, and brings it into sight where the tabs are wider than the window. */
function choose(tab) {
  const row = tab.parentElement;
  tab.setAttribute("aria-current", "step");
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

/** A step link without a line to go to stays in its place, and says that it leads nowhere. */
function pointTo(link, line) {
  if (line) {
    link.href = address(line);
    link.removeAttribute("aria-disabled");
    link.removeAttribute("role");
  } else {
    link.removeAttribute("href");
    link.setAttribute("aria-disabled", "true");
    link.setAttribute("role", "link");
  }
}

/** Shows the clock at `exactSecond` of the interview, within `phase`. Whole seconds alone, so that
    gone and left always add up to the phase. */
export function showClock(page, { total }, phase, exactSecond) {
  const second = Math.floor(exactSecond);
  const put = (name, text) => (page.querySelector(`.player [data-${name}]`).textContent = text);
  put("left", clockTime(phase.to - second));
  put("into", clockTime(second - phase.from));
  put("total-left", clockTime(total - second));
  put("name", phase.name);
  page.querySelector(".clock").dataset.cue = cue(phase.to - second);
  page.querySelector("[data-gone]").setAttribute("width", `${(second / total) * 100}%`);
}

/** Shows whether it plays. Faster than speech, new lines are not read aloud one over the other. */
export function showPlaying(page, playing, speed) {
  page.querySelector("[data-play]").textContent = playing ? "Pause" : "Play";
  page.querySelector("[data-talk]").setAttribute("aria-live", playing && speed > 1 ? "off" : "polite");
}
