/* Where a second of the interview falls among the lines. Pure: no page, no clock of its own. */

/** Index of the line that is being said at `second`; the first before any. `starts` ascend. */
export function lineAt(starts, second) {
  const next = starts.findIndex((start) => start > second);
  return next === -1 ? starts.length - 1 : Math.max(next - 1, 0);
}

/** Whole seconds as m:ss, never below zero. */
export function clockTime(seconds) {
  const whole = Math.max(seconds, 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The cue of a phase with `left` seconds to go, as in the room. */
export function cue(left) {
  if (left <= 0) return "red";
  return left <= 120 ? "amber" : "none";
}
