/** Menus are <details class="menu">: they open without a script; Esc and a click elsewhere close them. */
export function closeMenus(doc) {
  const open = () => doc.querySelectorAll("details.menu[open]");
  doc.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  doc.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
