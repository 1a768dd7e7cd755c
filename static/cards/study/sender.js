/* Sends what is in the outbox, in order, until it is acknowledged. Each answer keeps its name, by
   which the server counts it once, however often it comes. */

const WAITS_S = [1, 2, 4, 8, 15, 30];
const TIMEOUT_MS = 10_000;
const MOST = 100; // answers in one request
const TOO_OLD = 403;
const OTHER_PERSON = 409;
const TOO_LARGE = 413;
const TOO_MANY = 429;

export class Sender {
  constructor({ page, outbox, teller }) {
    Object.assign(this, { page, outbox, teller, tries: 0, most: MOST, why: "", listeners: [] });
    this.csrf = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
    this.ahead_ms = Date.parse(page.now) - Date.now(); // how far the server's clock is before ours
    outbox.onChange(() => this.tell());
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("offline", () => this.tell());
  }

  /** The server's time, as well as it is known here. */
  now() {
    return new Date(Date.now() + this.ahead_ms).toISOString();
  }

  /** `listener(reply, sent)` hears each answer of the server. */
  onReply(listener) {
    this.listeners.push(listener);
  }

  hurry() {
    this.tries = 0;
    this.pump();
  }

  /** Sends all that waits; once more afterwards where `look` is given: what is asked now? */
  async pump({ look = false } = {}) {
    this.look ||= look;
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let sent = this.next(); sent; sent = this.next()) {
        if (!(await this.deliver(sent))) return;
      }
    } finally {
      this.busy = false;
      this.tell();
    }
  }

  /** What is to be sent now: answers up to the first that is to be taken back, or that one. */
  next() {
    const entries = this.outbox.entries();
    const stop = entries.findIndex((entry) => entry.kind === "undo");
    if (stop === 0) return entries.slice(0, 1);
    const answers = entries.slice(0, stop < 0 ? undefined : stop).slice(0, this.most);
    return answers.length || this.look ? answers : null;
  }

  /* Whatever the browser says of the connection: a server on this machine answers without one. */
  async deliver(sent) {
    for (const entry of sent.filter((each) => !each.tried)) this.outbox.put({ ...entry, tried: true });
    const { reply, why, after_s } = await this.post(...this.request(sent));
    if (why === "large" && sent.length > 1) {
      this.most = Math.ceil(sent.length / 2);
      return true;
    }
    if (!reply) return this.wait(why, after_s);
    this.settle(reply, sent);
    return true;
  }

  request(sent) {
    const { answers, undo } = this.page.urls;
    const [first] = sent;
    if (first?.kind === "undo") return [undo, { once: first.once, key: first.key, ...this.state() }];
    const body = sent.map(({ once, key, rating, at, seen }) => ({ once, key, rating, at, seen }));
    return [answers, { answers: body, ...this.state() }];
  }

  /** What the server must know to say what comes next: the cards that are here, which `have` tells
      of, and where the day begins, if it is elsewhere than it was. */
  state() {
    const utc_offset_min = -new Date().getTimezoneOffset();
    const moved = utc_offset_min === this.page.utc_offset_min ? {} : { utc_offset_min };
    return { person: this.outbox.id, have: this.have?.() ?? [], ...this.page.wanted, ...moved };
  }

  settle(reply, sent) {
    Object.assign(this, { tries: 0, most: MOST, why: "" });
    if (!sent.length) this.look = false;
    this.outbox.becomes(reply.person);
    sent.forEach((entry) => this.outbox.drop(entry));
    this.listeners.forEach((listener) => listener(reply, sent));
  }

  wait(why, after_s) {
    const wait_s = after_s || WAITS_S[Math.min(this.tries++, WAITS_S.length - 1)];
    this.why = why;
    this.timer = setTimeout(() => this.pump(), wait_s * 1000);
    this.listeners.forEach((listener) => listener(null, []));
    return false;
  }

  /** Says what waits, where it does wait: not of what is just on its way. */
  tell() {
    const why = this.why || (navigator.onLine ? "" : "offline");
    this.teller.waiting(why ? this.outbox.entries() : [], why);
  }

  /** One request with JSON: {reply}, or {why, after_s} where it could not be done now. */
  async post(url, body) {
    try {
      let response = await this.send(url, body);
      if (response.status === TOO_OLD && (await this.renew())) response = await this.send(url, body);
      return await this.understand(response);
    } catch {
      return { why: "offline" };
    }
  }

  send(url, body) {
    return fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.csrf },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  async understand(response) {
    if (response.ok) {
      const reply = await response.json();
      this.csrf = reply.csrf;
      this.ahead_ms = Date.parse(reply.now) - Date.now();
      return { reply };
    }
    const { status } = response;
    if (response.type === "opaqueredirect" || status === 401) return { why: "signed out" };
    if (status === TOO_OLD) return { why: "old" };
    if (status === OTHER_PERSON) return { why: "other" };
    if (status === TOO_LARGE) return { why: "large" };
    if (status === TOO_MANY) return { why: "busy", after_s: Math.min(Number(response.headers.get("Retry-After")) || 0, 300) };
    if (status >= 500) return { why: "server" };
    return { why: "refused", error: await sentence(response) };
  }

  /** After a sign-in in another tab the page's token is stale. True when there is a new one. */
  async renew() {
    const headers = { Accept: "application/json" };
    const response = await fetch(this.page.urls.study, { headers, redirect: "manual", cache: "no-store" });
    if (!response.ok) return false;
    this.csrf = (await response.json()).csrf;
    return true;
  }
}

async function sentence(response) {
  const is_json = response.headers.get("Content-Type")?.includes("json");
  return is_json ? (await response.json()).error : undefined;
}
