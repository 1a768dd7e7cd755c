/* Talk, Outline, Notes. On a wide window the talk stays beside the others. */
const TABS = ["talk", "outline", "notes"];
const wide = window.matchMedia("(width >= 1216px)");

export function wireTabs() {
  const room = document.getElementById("room");
  const list = room.querySelector("[role=tablist]");
  const tab = (name) => document.getElementById(`tab-${name}`);
  list.hidden = false;

  function choose(name, { focus = false } = {}) {
    const shown = wide.matches && name === "talk" ? "outline" : name;
    room.dataset.tab = shown;
    for (const each of TABS) {
      tab(each).setAttribute("aria-selected", String(each === shown));
      tab(each).tabIndex = each === shown ? 0 : -1;
      const panel = document.getElementById(each);
      panel.setAttribute("role", each === "talk" && wide.matches ? "region" : "tabpanel");
    }
    if (focus) document.querySelector(`#${name} textarea`).focus();
  }

  list.addEventListener("click", (event) => event.target.dataset.tab && choose(event.target.dataset.tab));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = TABS.filter((name) => tab(name).offsetParent !== null);
    const name = shown[(shown.indexOf(room.dataset.tab) + step + shown.length) % shown.length];
    choose(name);
    tab(name).focus();
  });
  wide.addEventListener("change", () => choose("talk"));
  choose("talk");
  return { choose };
}
