/* Keys. Single ones never act in a field, with a modifier, in a dialog, or when switched off. */
export function wireKeys({ tabs, switches }) {
  const press = (selector) => () => document.querySelector(selector)?.click();
  const inTalk = () => document.activeElement.id === "message";
  const single = {
    r: () => tabs.choose("talk", { focus: true }),
    b: () => tabs.choose("outline", { focus: true }),
    n: () => tabs.choose("notes", { focus: true }),
    h: () => switches.flip("hideClock"),
    p: () => (document.getElementById("cover").hidden ? press("#pause") : press("#resume"))(),
    "]": press("#next"),
    "?": () => document.getElementById("help-dialog").showModal(),
  };
  const withControl = {
    Enter: () => inTalk() && document.getElementById("send").click(),
    ".": () => tabs.choose(inTalk() ? "outline" : "talk", { focus: true }),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const field = event.target.matches("textarea, input:not([type=radio], [type=checkbox]), select");
    if (event.key === "Escape" && field) return event.target.blur();
    const control = event.ctrlKey || event.metaKey;
    const act = control ? withControl[event.key] : field || event.altKey || switches.on("noKeys") ? null : single[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
