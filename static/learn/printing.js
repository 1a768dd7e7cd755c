/** Shows the page's print button, which without a script could do nothing. */
export function printing(page) {
  const button = page.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
