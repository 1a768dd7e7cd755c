/* Finishing asks once. What is still unsent goes first, so that it is not late. */
export function wireDialogs(sender) {
  const finish = document.getElementById("finish-dialog");
  const help = document.getElementById("help-dialog");

  document.addEventListener("click", (event) => {
    if (event.target.closest("#finish")) {
      event.preventDefault();
      finish.showModal();
    }
    if (event.target.closest("#show-help")) help.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.getElementById("finish-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    finish.close();
    await sender.pump();
    const { url, fields } = { url: event.target.action, fields: {} };
    const reply = await sender.post(url, fields);
    if (reply.snapshot) location.assign(`${sender.address}report/`);
    else if (reply.refused) sender.page.trouble(reply.refused);
    else sender.page.showUnsent(reply.why);
  });
}
