import { showCharts, watchColours } from "./charts.js";
import { offerCopying } from "./copying.js";
import { fitControls } from "./fitting.js";
import { follow } from "./following.js";
import { showFrames } from "./frames.js";
import { addSliders } from "./sliders.js";

const fit = fitControls(window);

/** Everything that a script adds to what the server sent; done again after each change of it. */
function dress() {
  showCharts(document);
  showFrames(document);
  addSliders(document);
  fit();
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.documentElement.classList.add("scripted");
dress();
watchColours(window);
offerCopying(document);
follow(window, dress);
