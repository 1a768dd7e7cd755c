const FAR_PX = 48;
const FLAT = 2; // times as far sideways as up or down: anything steeper scrolls the page

/** A finger drawn over the card to the left moves on, to the right back. */
export function watchSwipes(card, acts) {
  let from = null;
  card.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "mouse" || !event.isPrimary ? null : event;
  });
  card.addEventListener("pointercancel", () => {
    from = null;
  });
  card.addEventListener("pointerup", (event) => {
    if (!from || event.pointerId !== from.pointerId) return;
    const right = event.clientX - from.clientX;
    const down = event.clientY - from.clientY;
    from = null;
    if (Math.abs(right) >= FAR_PX && Math.abs(right) >= FLAT * Math.abs(down)) {
      right < 0 ? acts.on() : acts.back();
    }
  });
}
