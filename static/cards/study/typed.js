/* A typed amount or an order is checked by the server, in the same words as without a script. Without
   a connection what was typed stands beside the answer. */

const TIMEOUT_MS = 4_000;

export function wireTyped({ page, stage }) {
  document.getElementById("stage").addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    const asked = fields(event.target);
    if (!stage.turn()) return;
    if (asked.has("typed") || asked.has("place")) check(page, stage, asked);
  });
}

/** The form's fields, without what was left as it was. The places go in the order in which the parts
    were offered, wherever they were moved. */
function fields(form) {
  const sent = new URLSearchParams(new FormData(form));
  if (!sent.get("typed")?.trim()) sent.delete("typed");
  const selects = [...form.querySelectorAll("[name=place]")];
  const moved = selects.some((select, index) => Number(select.dataset.part) !== index);
  selects.sort((one, other) => Number(one.dataset.part) - Number(other.dataset.part));
  sent.delete("place");
  if (moved) selects.forEach((select) => sent.append("place", select.value));
  return sent;
}

async function check(page, stage, asked) {
  const { frame } = stage;
  const place = stage.part(".card-verdict");
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${page.urls.check}?${asked}`, { signal, redirect: "manual" });
    if (!response.ok) throw new Error(`check: ${response.status}`);
    place.innerHTML = await response.text();
  } catch {
    place.innerHTML = "";
    place.append(alone(asked));
  }
  const proposed = place.querySelector("[data-proposes]")?.dataset.proposes;
  if (proposed) frame.querySelector(`[name=rating][value="${proposed}"]`).setAttribute("data-proposed", "");
}

function alone(asked) {
  const sentence = document.createElement("p");
  sentence.className = "verdict";
  const typed = asked.get("typed");
  sentence.textContent = `${typed ? `You typed: ${typed}. ` : ""}Without a connection this cannot be checked. Compare it yourself.`;
  return sentence;
}
