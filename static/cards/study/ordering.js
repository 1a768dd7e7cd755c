/* The parts of an ordering card, moved by buttons. Where each stands is told to the form's own fields. */

export function startOrder(frame) {
  const list = frame.querySelector(".card-order > ol");
  if (!list || list.dataset.started) return;
  list.dataset.started = "";
  number(list);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(list, button);
  });
}

function move(list, button) {
  const part = button.closest("li");
  const up = Number(button.dataset.move) < 0;
  const other = up ? part.previousElementSibling : part.nextElementSibling;
  if (!other) return;
  if (up) other.before(part);
  else other.after(part);
  number(list);
  if (button.disabled) part.querySelector("[data-move]:not(:disabled)").focus();
  else button.focus();
}

/* The fields stand in the order of the page they were made for, so each keeps its number. */
function number(list) {
  const parts = [...list.children];
  parts.forEach((part, index) => {
    const place = index + 1;
    part.querySelector("select").value = String(place);
    const text = part.querySelector(".part").textContent.trim();
    const [up, down] = part.querySelectorAll("[data-move]");
    up.setAttribute("aria-label", `Move up from ${place}: ${text}`);
    down.setAttribute("aria-label", `Move down from ${place}: ${text}`);
    up.disabled = index === 0;
    down.disabled = index === parts.length - 1;
  });
}
