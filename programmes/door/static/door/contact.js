// Whether the library answers. Two seconds without an answer are none; then it is asked again every few seconds.
export const PATIENCE = 2000;
const AGAIN = 3000;

class Contact extends EventTarget {
  isUp = navigator.onLine;
  // False once the library has said so. What was answered before may be brought back for a while yet.
  isSignedIn = true;
  mayBring = false;
  #csrf = "";
  // Our clock and the device's, read in the same moment.
  #anchor = null;
  #timer;

  constructor() {
    super();
    addEventListener("online", () => this.ask());
    addEventListener("offline", () => this.lose());
    if (!this.isUp) this.#later();
  }

  // How far the library's clock is ahead of this one, and its time; a page that has spoken to it does not trust the device's again.
  ahead(kept = 0) {
    return this.#anchor ? Math.round(this.#anchor.server + performance.now() - this.#anchor.steady - Date.now()) : kept;
  }

  now(kept = 0) {
    return Date.now() + this.ahead(kept);
  }

  lose() {
    if (this.isUp) {
      this.isUp = false;
      this.#tell();
    }
    this.#later();
  }

  async ask() {
    try {
      const answer = await patient("/desk/ping/");
      if (!answer.ok && answer.status !== 401) throw new Error(answer.status);
      const { now, csrf = "" } = await answer.json();
      this.#anchor = { server: now, steady: performance.now() };
      this.#csrf = csrf;
      const { isUp, isSignedIn } = this;
      this.mayBring = Boolean(csrf);
      this.isUp = true;
      this.isSignedIn = answer.ok;
      // Whoever hears of it asks again: what stays as it is, is not told.
      if (!isUp || this.isSignedIn !== isSignedIn) this.#tell();
    } catch {
      this.lose();
    }
    return this.isUp && this.isSignedIn;
  }

  // A form of a page that was kept has no token of its own.
  async send(address, body, { patience, ...headers } = {}) {
    const token = this.#csrf ? { "X-CSRFToken": this.#csrf } : {};
    return patient(address, { method: "POST", body, headers: { ...token, ...headers } }, patience);
  }

  async post(address, data) {
    return this.send(address, JSON.stringify(data), { "Content-Type": "application/json", patience: 20000 });
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), AGAIN);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

export async function patient(address, options = {}, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    // The whole answer, since a network may go in the middle of it.
    const answer = await fetch(address, { cache: "no-store", ...options, signal: stop.signal });
    const body = await answer.text();
    return { ok: answer.ok, status: answer.status, redirected: answer.redirected, text: () => body, json: () => JSON.parse(body) };
  } finally {
    clearTimeout(timer);
  }
}

export const contact = new Contact();
