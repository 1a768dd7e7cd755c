/* On the report: sends what a tab of this browser typed and could not send before the interview
   ended elsewhere. It is kept beside the record as text that came after the end. */
import { Sender } from "./room/sender.js";
import { newKey, openStore } from "./room/store.js";

const silent = { show() {}, showSent() {}, showUnsent() {}, settle() {} };

async function sendLeftovers(place) {
  const { address } = place.dataset;
  const store = await openStore(address);
  const sender = new Sender({ address, store, page: silent });
  const adopted = await store.adopt();
  const own = Object.entries(store.unsaved).map(([field, kept]) => ({ field, ...kept }));
  const texts = [...own, ...adopted].map(({ field, text, base, sent }) => ({
    url: `${address}save/`,
    key: sent?.key ?? newKey(),
    fields: { field, text: sent?.text ?? text, base_revision: sent?.base ?? base },
  }));
  store.queue.push(...texts);
  store.unsaved = {};
  store.keep();
  if (!store.queue.length) return;
  sender.addSource(() => void location.reload()); // asked once the queue is empty
  sender.pump();
}

const place = document.getElementById("leftovers");
if (place) sendLeftovers(place);
