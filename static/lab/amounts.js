/* Numbers for people, in at most four significant digits. */
const FULL = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
const LARGE = 1e6;
const TOO_LARGE = 1e15;
const TOO_SMALL = 1e-4;

function power(value) {
  return String(Number(value.toPrecision(3)).toExponential()).replace("e+", "e");
}

const odd = (value) => value !== 0 && (Math.abs(value) >= TOO_LARGE || Math.abs(value) < TOO_SMALL);

export const amount = (value) => (odd(value) ? power(value) : FULL.format(value));

/** On an axis, where there is little room. */
export const tick = (value) => (odd(value) ? power(value) : (Math.abs(value) >= LARGE ? SHORT : FULL).format(value));
