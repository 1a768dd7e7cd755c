/* What stands under the pointer, in words, at the chart's upper right. */

/** The index of the value nearest to `wanted`, or -1. */
function nearest(values, wanted, isLog) {
  const at = (value) => (isLog ? Math.log(value) : value);
  let best = -1;
  values.forEach((value, index) => {
    if (isLog && value <= 0) return;
    if (best < 0 || Math.abs(at(value) - at(wanted)) < Math.abs(at(values[best]) - at(wanted))) best = index;
  });
  return best;
}

/** Hooks of uPlot. */
export function readout(place, { series, log_x: isLog, x_label: xLabel }, amount) {
  let box;

  function words(x) {
    const all = series.map((each) => ({ each, at: nearest(each.x, x, isLog) })).filter(({ at }) => at >= 0);
    const here = all.map(({ each, at }) => each.x[at]);
    const closest = here[nearest(here, x, isLog)];
    const parts = all
      .filter(({ each, at }) => each.x[at] === closest && each.y[at] !== null)
      .map(({ each, at }) => `${each.name}: ${amount(each.y[at])}`);
    return [`${xLabel}: ${amount(closest)}`, ...parts].join("; ");
  }

  return {
    init: [
      () => {
        box = document.createElement("p");
        box.className = "readout";
        box.hidden = true;
        place.append(box);
      },
    ],
    setCursor: [
      (plot) => {
        const { left } = plot.cursor;
        box.hidden = !(left >= 0);
        if (!box.hidden) box.textContent = words(plot.posToVal(left, "x"));
      },
    ],
    destroy: [() => box.remove()],
  };
}
