/* Sending a message. It is in the queue, and on the page, before the network is asked. */
import { newKey } from "./store.js";

const LIMIT = 20_000;

export function wireSay({ address, sender, autosave, page }) {
  const form = document.getElementById("say");
  const box = document.getElementById("message");

  for (const { key, fields, url } of sender.store.queue) {
    if (url.endsWith("/say/")) page.pending(key, fields.text, "Not sent yet");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value;
    if (!text.trim()) return box.focus();
    if (text.length > LIMIT) {
      const over = (text.length - LIMIT).toLocaleString("en");
      return page.trouble(`That is ${over} characters over the limit of 20,000. Nothing was sent or cut.`);
    }
    const key = newKey();
    page.pending(key, text);
    box.value = "";
    autosave.forget("draft");
    sender.send(`${address}say/`, { text }, key);
    box.focus();
  });

  document.getElementById("lines").addEventListener("click", (event) => {
    const seq = event.target.dataset?.askAgain;
    if (seq === undefined) return;
    if (!box.value.trim()) box.value = document.querySelector(`#line-${seq} .words`).textContent;
    box.focus();
  });
}
