/* What the candidate switches on for themselves. Remembered in this browser; where it
   remembers nothing, on this page. */
import { device } from "../../site/memory.js";

export function wireSwitches() {
  const here = new Map();
  const on = (name) => (here.get(name) ?? device.get(`switch:${name}`)) === "1";

  function show() {
    for (const button of document.querySelectorAll("[data-switch]")) {
      button.setAttribute("aria-pressed", String(on(button.dataset.switch)));
    }
  }

  async function flip(name) {
    if (name === "notify" && !on(name) && (await Notification.requestPermission()) !== "granted") return;
    const chosen = on(name) ? "0" : "1";
    if (device.put(`switch:${name}`, chosen)) here.delete(name);
    else here.set(name, chosen);
    show();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-switch]");
    if (button) flip(button.dataset.switch);
  });
  new MutationObserver(show).observe(document.getElementById("room-header"), { childList: true });
  show();
  return { on, flip, signal: (text) => signal(on, text) };
}

/** A cue: a short tone and a notification, where they are wished for. */
function signal(on, text) {
  if (on("sound")) beep();
  if (on("notify") && Notification.permission === "granted") new Notification(text);
}

function beep() {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.08;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}
