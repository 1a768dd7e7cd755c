/* Keys. Single ones never act in a field, with a modifier, in a dialog or a menu, held down, or when
   switched off. Space and Enter are left to a button or link that has the focus. A digit begins the
   number of a card that asks for one. */
import { device } from "../../site/memory.js";

const OFF = "cards:keys-off";

export function wireKeys({ study, stage }) {
  const dialog = document.getElementById("keys-dialog");
  const off = document.getElementById("keys-off");
  const press = (selector) => () => stage.isTurned && stage.part(selector)?.click();
  const acts = {
    " ": () => study.turn(),
    Enter: () => study.turn(),
    1: press("[name=rating][value='1']"),
    2: press("[name=rating][value='2']"),
    3: press("[name=rating][value='3']"),
    4: press("[name=rating][value='4']"),
    u: () => study.undo(),
    e: () => stage.isTurned && study.editNote(),
    b: () => stage.part("[data-aside=bury]")?.click(),
    s: () => stage.part("[data-aside=suspend]")?.click(),
    "?": () => dialog.showModal(),
  };

  off.setAttribute("aria-pressed", String(device.get(OFF) === "1"));
  off.addEventListener("click", () => {
    const pressed = off.getAttribute("aria-pressed") !== "true";
    off.setAttribute("aria-pressed", String(pressed));
    device.put(OFF, pressed ? "1" : "");
  });
  document.getElementById("show-keys").addEventListener("click", () => {
    document.getElementById("study-menu").open = false;
    dialog.showModal();
    dialog.addEventListener("close", () => document.querySelector("#study-menu summary").focus(), { once: true });
  });
  dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && dialog.close());

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const field = target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (key === "Escape" && field) return stage.part(".card")?.focus();
    const held = event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey;
    if (held || field || document.querySelector("dialog[open], details.menu[open]")) return;
    if ((key === " " || key === "Enter") && target.matches("a, button, summary")) return;
    const typed = stage.isTurned ? null : stage.part("#typed");
    if (typed && /^[0-9]$/.test(key)) return typed.focus(); // which the digit then goes to
    const act = off.getAttribute("aria-pressed") === "true" && key !== " " && key !== "Enter" ? null : acts[key];
    if (act && act() !== false) event.preventDefault();
  });
}
