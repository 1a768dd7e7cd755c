/* Saves the draft 2 s after a change, and when the page is left. One save at a time: the next one
   builds on the revision that the last one made. A conflict stops it until the rater has chosen. */
const PAUSE_MS = 2000;

export function keepCard(window, form) {
  const doc = form.ownerDocument;
  const state = doc.querySelector("[data-state]");
  const conflict = doc.getElementById("conflict");
  let timer = 0;
  let sending = false;
  let dirty = false;
  let stopped = false;

  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function changed() {
    dirty = true;
    if (stopped) return;
    say("Not saved yet.");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  function request(keepalive) {
    form.elements.turn.value = Number(form.elements.turn.value) + 1;
    const body = new URLSearchParams(new FormData(form));
    return fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual", // to the sign-in: a page that says why, for eyes
      keepalive: keepalive && body.toString().length < 60_000,
    });
  }

  async function save() {
    clearTimeout(timer);
    if (sending || stopped || !dirty) return;
    sending = true;
    dirty = false;
    try {
      await answered(await request(false));
    } catch {
      dirty = true; // no connection
      say("Not saved: no answer from the site. It is tried again.");
    }
    sending = false;
    if (dirty && !stopped) timer = setTimeout(save, PAUSE_MS);
  }

  async function answered(response) {
    if (response.status >= 500) throw new Error("The site is in trouble.");
    const body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (response.ok && "revision" in body) {
      form.elements.base_revision.value = body.revision;
      say(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}.`);
    } else if (body.html) {
      tell(body);
    } else {
      say(`Not saved. ${body.error ?? "You may have lost access; reload the page to see."}`);
    }
  }

  function tell(body) {
    stopped = true;
    dirty = true;
    conflict.hidden = false;
    conflict.querySelector("[data-told]").innerHTML = body.html; // made by the server, escaped there
    conflict.querySelector("[data-choose]").hidden = false;
    conflict.dataset.revision = body.revision;
    say("Not saved: choose which version to keep, above.");
  }

  conflict.querySelector("[data-keep-mine]").addEventListener("click", () => {
    form.elements.base_revision.value = conflict.dataset.revision;
    conflict.hidden = true;
    stopped = false;
    dirty = true;
    save();
    form.querySelector("input[type=radio]").focus();
  });
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    stopped = true;
    form.elements.turn.value = Number(form.elements.turn.value) + 1;
  });
  /* beforeunload comes before the next page is asked for, which then has the save in it; phones
     only have pagehide. */
  for (const leaving of ["beforeunload", "pagehide"]) {
    window.addEventListener(leaving, () => {
      if (!dirty || stopped) return;
      dirty = false;
      clearTimeout(timer);
      request(true)
        .then(answered)
        .catch(() => (dirty = true));
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload(); // its revision is of the past
  });
  return { changed };
}
