/* While one writes a message, the tabs of a narrow window give their room to the conversation.
   They come back a moment after the box is left, so that nothing moves under a finger that is on
   its way to Send. */
const LINGER_MS = 400;

export function makeRoomWhileWriting() {
  const room = document.getElementById("room");
  const form = document.getElementById("say");
  let timer;
  form.addEventListener("focusin", () => {
    clearTimeout(timer);
    room.toggleAttribute("data-writing", true);
  });
  form.addEventListener("focusout", () => {
    clearTimeout(timer);
    timer = setTimeout(() => room.toggleAttribute("data-writing", form.contains(document.activeElement)), LINGER_MS);
  });
}
