/* The study page's script. The page works without it; with it the next card is there at once, answers
   are sent in the background, and none is lost without a connection. Each file has one subject. */
import { chooseButtons } from "./study/buttons.js";
import { Deck } from "./study/deck.js";
import { wireKeys } from "./study/keys.js";
import { keepNotes } from "./study/notes.js";
import { Outbox } from "./study/outbox.js";
import { ignoreDoublePresses } from "./study/presses.js";
import { Sender } from "./study/sender.js";
import { Stage } from "./study/stage.js";
import { Study } from "./study/study.js";
import { Teller } from "./study/teller.js";
import { wireTyped } from "./study/typed.js";

function open() {
  const place = document.getElementById("study");
  const page = JSON.parse(place.dataset.page);
  const outbox = new Outbox(page.person);
  const teller = new Teller(document);
  const sender = new Sender({ page, outbox, teller });
  const stage = new Stage(document);
  const deck = new Deck(document, outbox);
  const study = new Study({ page, outbox, sender, stage, deck, teller });
  wireTyped({ page, stage });
  keepNotes({ page, sender, stage, teller });
  ignoreDoublePresses(place);
  chooseButtons(place, page);
  wireKeys({ study, stage });
  document.documentElement.classList.add("scripted");
  study.begin();
}

open();
