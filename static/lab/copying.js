/* [data-copy="id"] copies the text of that element. Without a clipboard (plain http on another
   machine) it is selected, to be copied by hand. */
export function offerCopying(doc) {
  doc.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = doc.getElementById(button.dataset.copy);
    const copied = await write(source.innerText.trim());
    if (!copied) doc.getSelection().selectAllChildren(source);
    button.parentElement.querySelector("[role=status]").textContent = copied
      ? "Copied."
      : "Selected: copy it with Ctrl+C or ⌘C.";
  });
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused, or there is none
  }
}
