import { keepCard } from "./autosave.js";
import { copyFields } from "../site/copying.js";
import { collectEvidence } from "./evidence.js";

document.documentElement.classList.add("scripted");
copyFields(document);
const form = document.getElementById("marks");
if (form) {
  const card = keepCard(window, form);
  collectEvidence(document, form, card.changed);
}
