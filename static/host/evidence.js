/* Words selected in the transcript become evidence for a signal. Places are counted in characters
   as the server counts them: by code point. */
export function collectEvidence(doc, form, changed) {
  const bar = doc.querySelector("[data-use]");
  let place = null;

  doc.addEventListener("selectionchange", () => {
    const found = placeOf(doc.getSelection());
    if (found) place = found;
    if (found || !bar.contains(doc.activeElement)) bar.hidden = !found;
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use-for]");
    if (!button || !place) return;
    add(form, button.dataset.useFor, place);
    place = null;
    doc.getSelection().removeAllRanges();
    bar.hidden = true;
    changed();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    const signal = button.closest("[data-signal]");
    button.closest("li").remove();
    hint(signal);
    signal.querySelector("summary").focus();
    changed();
  });
  // New lines wait while words are being selected: the swap would undo the selection.
  doc.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "reading" && !bar.hidden) event.detail.shouldSwap = false;
  });
}

function placeOf(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
  const text = element(range.startContainer).closest("[data-seq]");
  if (!text) return null;
  const start = offset(text, range.startContainer, range.startOffset);
  const inside = text.contains(range.endContainer);
  const end = inside ? offset(text, range.endContainer, range.endOffset) : points(text.textContent);
  const words = [...text.textContent].slice(start, end).join("");
  return words.trim() ? { seq: text.dataset.seq, start, end, words } : null;
}

/** Characters of `text` before a place in it. */
function offset(text, node, at) {
  const before = text.ownerDocument.createRange();
  before.setStart(text, 0);
  before.setEnd(node, at);
  return points(before.toString());
}

function points(string) {
  return [...string].length;
}

function add(form, signal, place) {
  const group = form.querySelector(`[data-signal="${signal}"]`);
  const value = `${place.seq}:${place.start}:${place.end}`;
  const name = `evidence-${signal}`;
  if ([...group.querySelectorAll(`[name="${name}"]`)].some((field) => field.value === value)) return;
  const row = form.ownerDocument.getElementById("evidence-row").content.cloneNode(true);
  const link = row.querySelector("a");
  link.href = `#line-${place.seq}`;
  link.textContent = place.words;
  Object.assign(row.querySelector("input"), { name, value });
  const label = `Remove this evidence of ${group.dataset.name}: ${place.words.slice(0, 40)}`;
  row.querySelector("button").setAttribute("aria-label", label);
  group.querySelector("[data-evidence]").append(row);
  hint(group);
}

function hint(group) {
  group.querySelector("[data-none]").hidden = group.querySelector("[data-evidence] li") !== null;
}
