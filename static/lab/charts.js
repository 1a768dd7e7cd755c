/* Draws each <figure data-chart="id"> from the JSON in the element of that id. */
import { makePlot } from "./plot.js";

const drawn = new Map(); // the place -> { text, plot, sizes }

/** Draws what is new or has changed, and forgets what is gone. */
export function showCharts(doc) {
  for (const place of drawn.keys()) if (!place.isConnected) forget(place);
  for (const figure of doc.querySelectorAll("[data-chart]")) {
    const place = figure.querySelector(".plot");
    const text = doc.getElementById(figure.dataset.chart)?.textContent;
    if (place && text && drawn.get(place)?.text !== text) draw(place, text);
  }
}

/** Draws all anew when the system's colours change: a canvas does not follow the style sheet. */
export function watchColours(win) {
  const again = () => [...drawn].forEach(([place, { text }]) => draw(place, text));
  win.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(win.document.documentElement, { attributeFilter: ["data-theme"] });
}

function draw(place, text) {
  forget(place);
  place.hidden = false;
  const plot = makePlot(place, JSON.parse(text));
  const sizes = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: plot.height }));
  sizes.observe(place);
  drawn.set(place, { text, plot, sizes });
}

function forget(place) {
  const { plot, sizes } = drawn.get(place) ?? {};
  sizes?.disconnect();
  plot?.destroy();
  drawn.delete(place);
}
