/* Draws a series with the dashes and marks of its look, in the pixels of the canvas. */
const APART_PX = 28; // between the marks of a line
const MANY = 100; // points: drawn smaller

/** Where the values stand, null where there is a gap or what a log axis cannot hold. */
function places(plot, { x, y }, { log_x: logX, log_y: logY }) {
  return x.map((each, at) => {
    if (y[at] === null || (logX && each <= 0) || (logY && y[at] <= 0)) return null;
    return [plot.valToPos(each, "x", true), plot.valToPos(y[at], "y", true)];
  });
}

/** In a cloud of points only a claim is a line. */
const isLine = (series, drawing) => drawing.kind !== "points" || series.dashed;

export function drawSeries(plot, series, drawing, look, colour) {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const line = isLine(series, drawing);
  let at = places(plot, series, drawing);
  if (line && drawing.kind === "points") at = at.filter(Boolean).sort(([a], [b]) => a - b);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 6 * ratio, bbox.top - 6 * ratio, bbox.width + 12 * ratio, bbox.height + 12 * ratio);
  ctx.clip();
  ctx.strokeStyle = ctx.fillStyle = colour[look.colour];
  ctx.lineWidth = 2 * ratio;
  if (line) drawLine(ctx, at, drawing.kind === "steps", look, ratio);
  drawMarks(ctx, at, line ? APART_PX * ratio : 0, look, colour, ratio);
  ctx.restore();
}

function drawLine(ctx, places, inSteps, look, ratio) {
  ctx.setLineDash(look.dash.map((each) => each * ratio));
  ctx.beginPath();
  let last = null;
  for (const place of places) {
    if (place && last && inSteps) ctx.lineTo(place[0], last[1]);
    if (place) last ? ctx.lineTo(...place) : ctx.moveTo(...place);
    last = place;
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawMarks(ctx, places, apart, look, colour, ratio) {
  const mark = new Path2D(look.mark);
  const size = ratio * (!apart && places.length > MANY ? 0.6 : 1);
  let last = [-Infinity, -Infinity];
  for (const place of places) {
    if (!place || Math.hypot(place[0] - last[0], place[1] - last[1]) < apart) continue;
    last = place;
    ctx.save();
    ctx.translate(...place);
    ctx.scale(size, size);
    ctx.lineWidth = 1.5;
    if (look.hollow) ctx.fillStyle = colour.ground;
    ctx.fill(mark);
    ctx.stroke(mark);
    ctx.restore();
  }
}
