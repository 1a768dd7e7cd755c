/* One chart: uPlot gives axes, grid and cursor; the series, each over its own x, are drawn by
   series.js. */
import uPlot from "uplot";
import { amount, tick } from "./amounts.js";
import { rangeOf, wholeSteps } from "./ranges.js";
import { drawSeries } from "./series.js";
import { readout } from "./readout.js";

const TALL_PX = 300;
const PHONE_PX = 240;
const PHONE_WIDTH_PX = 480;

/** Resolves a colour token of the style sheet, which a canvas cannot read. */
function colours(place) {
  const probe = document.createElement("i");
  place.append(probe);
  const resolve = (token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(
    ["ink", "muted", "line", "edge", "ground", "accent", "amber", "green", "red"].map((each) => [each, resolve(each)]),
  );
  probe.remove();
  return found;
}

const isPower = (value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;

function axis(scale, values, isLog, colour, font) {
  const powers = isLog ? { filter: (_, splits) => splits.map((each) => (isPower(each) ? each : null)) } : {};
  return {
    scale,
    font,
    stroke: colour.muted,
    grid: { stroke: colour.line, width: 1, ...powers },
    ticks: { stroke: colour.edge, width: 1, size: 5, ...powers },
    ...(isLog ? {} : wholeSteps(values)),
    values: (_, splits) => splits.map((each) => (each === null || (isLog && !isPower(each)) ? "" : tick(each))),
  };
}

/** As wide as its longest text. */
function widthOf(plot, texts, at, cycle) {
  const axis = plot.axes[at];
  if (cycle > 1) return axis._size;
  const longest = (texts ?? []).reduce((most, each) => (each.length > most.length ? each : most), "");
  plot.ctx.font = axis.font[0];
  return Math.ceil(plot.ctx.measureText(longest).width / devicePixelRatio) + 16;
}

export function makePlot(place, drawing) {
  const { series, log_x: logX, log_y: logY } = drawing;
  const xs = series.flatMap((each) => each.x);
  const ys = series.flatMap((each) => each.y).filter((y) => y !== null);
  const x = rangeOf(xs, logX, { fromZero: false, pad: drawing.kind === "points" ? 0.03 : 0 });
  const y = rangeOf(ys, logY, { fromZero: true, pad: 0.06 });
  const colour = colours(place);
  const font = `13px ${getComputedStyle(place).fontFamily}`;
  const scale = (range, isLog) => ({ time: false, distr: isLog ? 3 : 1, log: 10, range: () => range });
  const width = place.clientWidth;
  const options = {
    width,
    height: width < PHONE_WIDTH_PX ? PHONE_PX : TALL_PX,
    padding: [12, 28, 0, 0], // room for the half of the last tick's text
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: { x: scale(x, logX), y: scale(y, logY) },
    axes: [
      { ...axis("x", xs, logX, colour, font), space: 64, size: 32 },
      { ...axis("y", ys, logY, colour, font), size: widthOf },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: {
      draw: [(plot) => series.forEach((each, at) => drawSeries(plot, each, drawing, drawing.looks[at], colour))],
      ...readout(place, drawing, amount),
    },
  };
  return new uPlot(options, [x, y], place);
}
