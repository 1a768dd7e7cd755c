/* [data-copy-field="id"] copies what that field holds; without a clipboard it is selected. */
export function copyFields(doc) {
  for (const button of doc.querySelectorAll("[data-copy-field]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(doc.getElementById(button.dataset.copyField), button));
  }
}

async function copy(field, button) {
  const says = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(field.value);
    says.textContent = "Copied.";
  } catch {
    field.focus();
    field.select(); // refused, or there is none
    says.textContent = "Selected: copy it with Ctrl+C or ⌘C.";
  }
}
