/* On the report: sends what a tab of this browser typed and could not send before the interview
   ended elsewhere. It is kept beside the record as text that came after the end. What the server
   refuses is shown, and kept in this browser until the candidate throws it away. */
import { Sender } from "./room/sender.js";
import { openStore, savesOf } from "./room/store.js";

async function sendLeftovers(place) {
  const { address } = place.dataset;
  const store = await openStore(address);
  const refused = [];
  const settle = (item, reply) => {
    if (!reply.refused) return;
    refused.push(item);
    showRefused(place, item, reply.refused, () => throwAway(store, item));
  };
  const sender = new Sender({ address, store, page: { show() {}, showSent() {}, showUnsent() {}, settle } });
  const adopted = await store.adopt();
  const own = Object.entries(store.unsaved).map(([field, kept]) => ({ field, ...kept }));
  store.queue.push(...[...own, ...adopted].flatMap((left) => savesOf(address, left)));
  store.unsaved = {};
  store.keep();
  if (!store.queue.length) return;
  sender.addSource(() => { // asked once the queue is empty
    if (!refused.length) return void location.reload();
    store.queue.push(...refused.splice(0));
    store.keep();
  });
  sender.pump();
}

function showRefused(place, { key, fields }, sentence, discard) {
  if (document.getElementById(`refused-${key}`)) return;
  const notice = document.createElement("section");
  notice.id = `refused-${key}`;
  notice.className = "notice red stack tight";
  const [said, text, button] = ["p", "pre", "button"].map((name) => document.createElement(name));
  said.textContent = `This text is kept in this browser alone. ${sentence}`;
  text.textContent = fields.text;
  text.tabIndex = 0;
  button.type = "button";
  button.textContent = "Throw it away";
  button.addEventListener("click", () => {
    discard();
    notice.remove();
  });
  notice.append(said, text, button);
  place.append(notice);
  place.hidden = false;
}

function throwAway(store, item) {
  store.queue = store.queue.filter(({ key }) => key !== item.key);
  store.keep();
}

const place = document.getElementById("leftovers");
if (place) sendLeftovers(place);
