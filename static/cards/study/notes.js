/* One's own note on a card: saved without leaving the card. What could not be saved stays on this
   device and stands in its box when the card comes again. */

const PREFIX = "cards:note:";

export function keepNotes({ page, sender, stage, teller }) {
  const place = document.getElementById("stage");
  const drawer = () => `${PREFIX}${page.person.id}:${stage.key}`;

  place.addEventListener("input", (event) => {
    if (event.target.closest(".card-note-form")) hold(drawer(), JSON.stringify(texts(event.target.form)));
  });

  place.addEventListener("toggle", (event) => {
    if (!event.target.matches(".card-note-edit") || !event.target.open) return;
    const kept = parsed(held(drawer()));
    if (kept) fill(event.target.querySelector("form"), kept);
  }, true);

  place.addEventListener("submit", async (event) => {
    if (!event.target.matches(".card-note-form")) return;
    event.preventDefault();
    const form = event.target;
    const name = drawer();
    const body = { key: stage.key, was: form.was.value, ...texts(form), person: sender.outbox.id };
    const { reply, error } = await sender.post(form.action, body);
    if (!reply) return say(form, error ?? "Not saved: no connection. The note is kept on this device; save it again later.");
    if (reply.told.length) drop(name); // else it was changed elsewhere: both texts are in the form now
    const part = form.closest(".card-notes");
    part.outerHTML = reply.html;
    teller.say(reply.told);
    if (stage.frame) stage.part(".card-notes summary")?.focus();
  });
}

function texts(form) {
  return { note: form.note.value, tags: form.tags.value };
}

function fill(form, { note, tags }) {
  form.note.value = note;
  form.tags.value = tags;
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

/* Storage may be switched off: the note then lives in its box alone. */
function held(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function hold(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    /* see above */
  }
}

function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* nothing was held */
  }
}
