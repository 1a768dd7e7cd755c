/* A double press on an answer must not turn the next card too, which comes under the finger at once. A
   key that is pressed twice finds no answer there to press, and needs no such care. */

const BETWEEN_MS = 400;

export function ignoreDoublePresses(place) {
  let last = -Infinity;
  place.addEventListener("click", (event) => {
    if (!event.detail || !event.target.closest(".card-bar")) return;
    const double = event.timeStamp - last < BETWEEN_MS;
    last = event.timeStamp;
    if (double) event.preventDefault();
  });
}
