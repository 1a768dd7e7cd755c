/* What is typed is kept: at once in this browser, and a second later on the server. */
import { tab } from "../site/memory.js";

const PAUSE_MS = 1000;

export function keepTexts(doc) {
  for (const box of doc.querySelectorAll("[data-keep]")) keep(doc, box);
}

function keep(doc, box) {
  const drawer = `${location.pathname} ${box.dataset.keep}`;
  let timer = 0;

  /* A redirection leads to the sign-in: the session has ended, and nothing was kept. */
  function send() {
    clearTimeout(timer);
    const text = box.value;
    const body = new URLSearchParams({ box: box.dataset.keep, text });
    const token = JSON.parse(doc.body.getAttribute("hx-headers"))["x-csrftoken"];
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const keepalive = body.toString().length < 60_000;
    fetch(box.dataset.keepAt, { method: "POST", body, headers, keepalive, redirect: "manual" })
      .then((answer) => answer.ok && tab.get(drawer) === text && tab.drop(drawer))
      .catch(() => {});
  }

  const kept = tab.get(drawer);
  if (kept) box.value = kept; // the last save did not reach the server
  box.addEventListener("input", () => {
    tab.put(drawer, box.value);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
  box.form.addEventListener("submit", () => clearTimeout(timer));
}
