/* The clock on the page. It follows the server's: each snapshot says how much is left, and
   between two snapshots the browser's monotonic clock counts. The computer's own time of day is
   never used, so that it may be wrong or jump. */

const AMBER_S = 120;
const REFRESH_MS = 250;

export function written(seconds) {
  const whole = Math.trunc(seconds);
  const [minutes, rest] = [Math.trunc(Math.abs(whole) / 60), Math.abs(whole) % 60];
  return `${whole < 0 ? "-" : ""}${minutes}:${String(rest).padStart(2, "0")}`;
}

export class Clock {
  constructor(switches) {
    Object.assign(this, { switches, cue: null });
    setInterval(() => this.render(), REFRESH_MS);
  }

  /** Takes a snapshot's times, which were true half a round trip ago. */
  set({ status, phase, clock }, roundTripMs = 0) {
    this.status = status;
    this.phase = phase;
    this.times = clock;
    this.takenMs = performance.now() - roundTripMs / 2;
    this.wallMs = Date.now();
    this.render();
  }

  sinceS() {
    return this.status === "running" ? (performance.now() - this.takenMs) / 1000 : 0;
  }

  /** Whether the computer slept or its time jumped, so that the server should be asked. */
  doubtful() {
    return this.times && Math.abs(Date.now() - this.wallMs - (performance.now() - this.takenMs)) > 1000;
  }

  render() {
    if (!this.times) return;
    const { elapsed_s: elapsed, phase_left_s: phaseLeft, total_left_s: totalLeft } = this.times;
    const since = this.sinceS();
    write("elapsed", elapsed + since);
    if (phaseLeft === null) return;
    write("phase", phaseLeft - since);
    write("total", totalLeft - since);
    const hidden = this.switches.on("hideClock") && phaseLeft - since > AMBER_S;
    document.getElementById("room-header").classList.toggle("clock-hidden", hidden);
    this.tell(phaseLeft - since, totalLeft - since);
  }

  tell(phaseLeft, totalLeft) {
    const running = this.status === "running";
    const cue = !running ? "" : totalLeft <= 0 ? "late" : phaseLeft <= 0 ? "red" : phaseLeft <= AMBER_S ? "amber" : "";
    const now = `${this.phase} ${cue}`;
    if (now === this.cue) return;
    const first = this.cue === null;
    this.cue = now;
    document.getElementById("room-header").dataset.cue = cue;
    const line = document.getElementById("cue");
    const phase = document.querySelector("#room-header h1").textContent;
    const text = cue ? line.dataset[cue].replace("{phase}", phase) : "";
    if (line.textContent !== text) line.textContent = text;
    if (cue && !first) this.switches.signal(text);
  }
}

function write(name, seconds) {
  for (const place of document.querySelectorAll(`[data-clock="${name}"]`)) {
    const text = written(seconds);
    if (place.textContent !== text) place.textContent = text;
  }
}
