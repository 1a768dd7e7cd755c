/* What is typed is kept: at once in this browser, and a second later on the server. */
const PAUSE_MS = 1000;

export function keepTexts(doc) {
  for (const box of doc.querySelectorAll("[data-keep]")) keep(doc, box);
}

function keep(doc, box) {
  const drawer = `${location.pathname} ${box.dataset.keep}`;
  let timer = 0;

  function send() {
    clearTimeout(timer);
    const text = box.value;
    const body = new URLSearchParams({ box: box.dataset.keep, text });
    const token = JSON.parse(doc.body.getAttribute("hx-headers"))["x-csrftoken"];
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const keepalive = body.toString().length < 60_000;
    fetch(box.dataset.keepAt, { method: "POST", body, headers, keepalive })
      .then((answer) => isTaken(answer) && held(drawer) === text && drop(drawer))
      .catch(() => {});
  }

  const kept = held(drawer);
  if (kept) box.value = kept; // the last save did not reach the server
  box.addEventListener("input", () => {
    hold(drawer, box.value);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
  box.form.addEventListener("submit", () => clearTimeout(timer));
}

/* A redirection leads to the sign-in: the session has ended, and nothing was kept. */
function isTaken(answer) {
  return answer.ok && !answer.redirected;
}

/* Storage may be switched off: the page works without. */
function held(drawer) {
  try {
    return sessionStorage.getItem(drawer);
  } catch {
    return null;
  }
}

function hold(drawer, text) {
  try {
    sessionStorage.setItem(drawer, text);
  } catch {
    /* kept on the server alone */
  }
}

function drop(drawer) {
  try {
    sessionStorage.removeItem(drawer);
  } catch {
    /* nothing was held */
  }
}
