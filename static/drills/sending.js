/* Ctrl or Cmd and Enter sends the form of a box. In a conversation the box then has the focus again,
   so that one can go on typing. */
export function sendByKeys(doc) {
  doc.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!sends || !event.target.matches?.("textarea")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  doc.querySelector("[data-again]")?.focus();
}
