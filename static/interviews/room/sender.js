/* Sends, one thing after another, until each is acknowledged. A thing keeps its key, so that the
   server stores it once however often it is sent. Anything that may pass is tried again. */

const WAITS_S = [1, 2, 4, 8, 15];
const TIMEOUT_MS = 10_000;

export class Sender {
  constructor({ address, store, page }) {
    Object.assign(this, { address, store, page, tries: 0, busy: false, sources: [], listeners: [] });
    this.csrf = document.querySelector("[name=csrfmiddlewaretoken]").value;
    window.addEventListener("online", () => this.hurry());
  }

  /** Queues a form for `url`. It survives a reload. */
  send(url, fields, key) {
    this.store.queue.push({ key, url, fields });
    this.store.keep();
    this.pump();
  }

  /** `source()` gives the next save that is due, or nothing; asked when the queue is empty. */
  addSource(source) {
    this.sources.push(source);
  }

  /** `listener(item, reply)` hears what became of each queued form. */
  onSettled(listener) {
    this.listeners.push(listener);
  }

  hurry() {
    clearTimeout(this.timer);
    this.tries = 0;
    this.pump();
  }

  /** Sends all that is due. A promise: true once it is all answered, false when it must wait. */
  pump() {
    if (!this.busy) this.pumping = this.run();
    return this.pumping;
  }

  async run() {
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let job = this.next(); job; job = this.next()) {
        const reply = await this.post(job.url, { ...job.fields, key: job.key });
        if (reply.again) return this.wait(reply.why);
        this.tries = 0;
        this.page.showSent();
        job.settle(reply);
      }
      return true;
    } finally {
      this.busy = false;
    }
  }

  wait(why) {
    this.timer = setTimeout(() => this.pump(), WAITS_S[Math.min(this.tries++, WAITS_S.length - 1)] * 1000);
    this.page.showUnsent(why);
    return false;
  }

  next() {
    const [item] = this.store.queue;
    if (item) return { ...item, settle: (reply) => this.settle(item, reply) };
    for (const source of this.sources) {
      const job = source();
      if (job) return job;
    }
    return null;
  }

  settle(item, reply) {
    this.store.queue.shift();
    this.store.keep();
    this.page.settle(item, reply);
    for (const listener of this.listeners) listener(item, reply);
    if (reply.snapshot) this.page.show(reply.snapshot, reply.roundTripMs);
  }

  /** One request: {snapshot, roundTripMs}, or {refused: sentence}, or {again: true, why}. */
  async post(url, fields, { keepalive = false } = {}) {
    const began = performance.now();
    const send = () =>
      fetch(url, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { Accept: "application/json", "X-CSRFToken": this.csrf },
        redirect: "manual",
        keepalive,
        signal: keepalive ? undefined : AbortSignal.timeout(TIMEOUT_MS),
      });
    try {
      let response = await send();
      if (response.status === 403 && (await this.renewToken())) response = await send();
      return await understand(response, performance.now() - began);
    } catch {
      return { again: true, why: "offline" };
    }
  }

  /** After a sign-in in another tab the page's token is stale. True when there is a new one. */
  async renewToken() {
    const snapshot = await this.look();
    if (snapshot) this.csrf = snapshot.csrf;
    return snapshot !== null;
  }

  /** The room as it stands, with all texts; null when it cannot be had. */
  async look() {
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(this.address, { headers, redirect: "manual", cache: "no-store" });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }
}

async function understand(response, roundTripMs) {
  if (response.ok) return { snapshot: await response.json(), roundTripMs };
  if (response.type === "opaqueredirect" || response.status === 403) {
    return { again: true, why: "signed out" };
  }
  if (response.status === 404) return { again: true, why: "not yours" }; // signed in as another
  if (response.status >= 500 || response.status === 429) return { again: true, why: "server" };
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const { error } = isJson ? await response.json() : {};
  return { refused: error ?? "The server refused this. Reload the page; your text is kept." };
}
