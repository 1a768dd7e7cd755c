/* Finishing asks once. What is still unsent goes first, so that it is not late. */
const UNSENT =
  "Not finished yet: some of what you wrote is not sent. It is kept here; finish again when it is sent.";

export function wireDialogs({ sender, autosave }) {
  const finish = document.getElementById("finish-dialog");
  const help = document.getElementById("help-dialog");
  const menu = document.getElementById("room-menu");

  /** Opens it, and closes the menu it was chosen from; the focus comes back to the menu. */
  function open(dialog) {
    const chosen = menu.open;
    menu.open = false;
    dialog.showModal();
    if (chosen) dialog.addEventListener("close", () => menu.querySelector("summary").focus(), { once: true });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-finish]")) {
      event.preventDefault();
      open(finish);
    }
    if (event.target.closest("#show-help")) open(help);
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.getElementById("finish-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    finish.close();
    if (!(await autosave.sendAll())) return sender.page.trouble(UNSENT);
    const reply = await sender.post(event.target.action, {});
    if (reply.snapshot) location.assign(`${sender.address}report/`);
    else if (reply.refused) sender.page.trouble(reply.refused);
    else sender.page.showUnsent(reply.why);
  });
}
