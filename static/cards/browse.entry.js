/* Flipping through the cards with keys and a finger. The page works without it: the answer is a
   <details>, and the next card a link. */
import { watchKeys } from "./browse/keys.js";
import { watchSwipes } from "./browse/swipes.js";

const IN_SIGHT = 0.6; // the share of the window within which an answer that begins there is seen

const page = document;
const turn = page.querySelector("[data-turn]");

const move = (way) => page.querySelector(`[data-move="${way}"]`)?.click();
const acts = {
  turn: () => {
    turn.open = !turn.open;
  },
  on: () => move("on"),
  back: () => move("back"),
};

if (turn) {
  turn.addEventListener("toggle", () => {
    const answer = turn.querySelector("section");
    const isBelow = answer.getBoundingClientRect().top > innerHeight * IN_SIGHT;
    if (turn.open && isBelow) answer.scrollIntoView({ block: "nearest" });
  });
  watchKeys(page, acts);
  watchSwipes(page.querySelector("[data-card]"), acts);
}
