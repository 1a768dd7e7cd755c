/* One's own note on a card: saved without leaving the card. What could not be saved stays on this
   device and stands in its box when the card comes again. */
import { device } from "../../site/memory.js";

const PREFIX = "cards:note:";
const UNSENT = "Not saved: no connection. The note is kept on this device; save it again later.";
const UNKEPT = "Not saved: no connection, and this browser keeps nothing. Leave this page open, and save it again later.";

export function keepNotes({ page, sender, stage, teller }) {
  const place = document.getElementById("stage");
  const drawer = () => `${PREFIX}${page.person.id}:${stage.key}`;

  place.addEventListener("input", (event) => {
    if (event.target.closest(".card-note-form")) keep(drawer(), event.target.form);
  });

  place.addEventListener("toggle", (event) => {
    if (!event.target.matches(".card-note-edit") || !event.target.open) return;
    const kept = parsed(device.get(drawer()));
    if (kept) fill(event.target.querySelector("form"), kept);
  }, true);

  place.addEventListener("submit", async (event) => {
    if (!event.target.matches(".card-note-form")) return;
    event.preventDefault();
    const form = event.target;
    const name = drawer();
    const frame = form.closest(".card-frame");
    const body = { key: stage.key, ...texts(form), person: sender.outbox.id };
    const isKept = keep(name, form);
    const { reply, error } = await sender.post(form.action, body);
    if (!reply) return say(form, error ?? (isKept ? UNSENT : UNKEPT));
    form.closest(".card-notes").outerHTML = reply.html;
    if (reply.told.length) device.drop(name);
    else keep(name, frame.querySelector(".card-note-form")); // it was changed elsewhere: the form has both texts now
    teller.say(reply.told);
    if (stage.frame) stage.part(".card-notes summary")?.focus();
  });
}

const FIELDS = ["note", "tags", "was", "was_tags"]; // what is typed, and what it was typed over

function texts(form) {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
}

function fill(form, kept) {
  for (const name of FIELDS) form.elements[name].value = kept[name] ?? form.elements[name].value;
}

function keep(name, form) {
  return device.put(name, JSON.stringify(texts(form)));
}

function say(form, sentence) {
  form.querySelector("[data-trouble]").textContent = sentence;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
