/* From where to where an axis goes. */
const SMALL = 0.5; // a least value below this share of the greatest: the axis begins at zero

/** [low, high] of an axis. A log axis goes from one power of ten to another. */
export function rangeOf(values, isLog, { fromZero, pad }) {
  return isLog ? powers(values.filter((each) => each > 0)) : plain(values, fromZero, pad);
}

function powers(values) {
  if (!values.length) return [1, 10];
  const low = Math.floor(Math.log10(least(values)) + 1e-9);
  const high = Math.ceil(Math.log10(most(values)) - 1e-9);
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

function plain(values, fromZero, pad) {
  if (!values.length) return [0, 1];
  const [low, high] = [least(values), most(values)];
  const bottom = fromZero && low >= 0 && low <= SMALL * high ? 0 : low;
  const room = (high - bottom) * pad;
  if (high === bottom) return high === 0 ? [0, 1] : [high - Math.abs(high) / 2, high + Math.abs(high) / 2];
  return [bottom === 0 && fromZero ? 0 : bottom - room, high + room];
}

const least = (values) => values.reduce((a, b) => Math.min(a, b));
const most = (values) => values.reduce((a, b) => Math.max(a, b));

/** For an axis of counts: no half of a request is marked. */
export function wholeSteps(values) {
  if (!values.every(Number.isInteger)) return {};
  return { incrs: Array.from({ length: 16 }, (_, at) => [1, 2, 5].map((each) => each * 10 ** at)).flat() };
}
