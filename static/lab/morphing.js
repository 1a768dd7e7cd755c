/* What the server says, put on the page, where focus, opened details and typed values stay. */
import { Idiomorph } from "idiomorph";

const OWN = "[data-own], .plot"; // parts that a script fills

const isOwn = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(OWN);

function isTouched(node) {
  if (!(node instanceof HTMLInputElement) || node.type === "hidden") return false;
  return node.value !== node.defaultValue || node.checked !== node.defaultChecked;
}

const KEEP = {
  beforeNodeMorphed: (node) => !isOwn(node) && !isTouched(node),
  beforeNodeRemoved: (node) => !isOwn(node) || !node.matches("[data-slider]"),
  beforeAttributeUpdated: (attribute, node) =>
    !(attribute === "open" && node.matches("details")) &&
    !(attribute === "hidden" && node.closest("[data-list]")),
};

/** Makes the page's element of that id like the one in `html`, which may be a whole page.
    Returns whether there was one. */
export function put(doc, id, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(id);
  if (!fresh) return false;
  Idiomorph.morph(doc.getElementById(id), fresh, { morphStyle: "outerHTML", callbacks: KEEP });
  return true;
}
