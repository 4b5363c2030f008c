// The ticket that lies open turns by itself once its party is in: asked for in the door's hours only, while somebody looks at
// it, and slower and slower. Without a network, or without this, it says so when it is opened again.
const SOON = 3000;
const LATEST = 60000;
const SLOWER = 1.15;

customElements.define("door-arrival", class extends HTMLElement {
  #timer;
  #gap = SOON;
  // By how much the library's clock is ahead of this one; of a page that was kept nobody knows.
  #ahead = 0;

  connectedCallback() {
    if (!document.documentElement.dataset.kept) this.#ahead = Number(this.dataset.now) - Date.now() / 1000;
    document.addEventListener("visibilitychange", this);
    addEventListener("online", this);
    this.#wait(SOON);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this);
    removeEventListener("online", this);
  }

  // Somebody looks again: at the door, most likely.
  handleEvent() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#gap = SOON;
    this.#ask();
  }

  get #now() {
    return Date.now() / 1000 + this.#ahead;
  }

  #wait(gap) {
    const now = this.#now;
    const opens = Math.max(0, Number(this.dataset.opens) - now) * 1000;
    // A browser counts no further than some weeks.
    if (now > Number(this.dataset.closes) || opens > 86400000) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), Math.max(opens, gap));
  }

  async #ask() {
    if (document.hidden) return;
    const now = this.#now;
    if (now >= Number(this.dataset.opens) && now <= Number(this.dataset.closes)) {
      try {
        const answer = await fetch(this.dataset.ask, { cache: "no-store" });
        if (answer.status === 200) return this.#turn(await answer.text());
        if (answer.status === 404) return;
      } catch {
        this.#gap = Math.min(LATEST, this.#gap * 2);
      }
    }
    this.#gap = Math.min(LATEST, this.#gap * SLOWER);
    this.#wait(this.#gap);
  }

  #turn(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const nodes = [...page.querySelectorAll("link[rel=stylesheet], .arrived, .arrived-near")];
    navigator.vibrate?.([60]);
    this.replaceWith(...nodes.map((node) => document.adoptNode(node)));
    scrollTo({ top: 0 });
  }
});
