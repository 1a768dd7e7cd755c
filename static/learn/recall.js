/** Hide and recall: counts what was known on this page alone, and opens or closes all in place. */
export function recall(page) {
  const card = page.querySelector(".recall");
  if (!card) return;
  const tally = page.querySelector("[data-tally]");
  tally.hidden = false;
  card.addEventListener("change", () => {
    tally.querySelector("[data-known]").textContent = card.querySelectorAll(":checked").length;
  });
  const all = page.querySelector("[data-all]");
  all.addEventListener("click", (event) => {
    event.preventDefault(); // its address says the same, but would forget what was known
    const opens = all.dataset.all === "show";
    for (const item of card.querySelectorAll("details")) item.open = opens;
    all.dataset.all = opens ? "hide" : "show";
    all.textContent = opens ? "Hide all" : "Show all";
  });
}
