// The code of a screen: counted down by what the server told, asked for again when its time is over, and covered where no
// new one came. Nothing is kept from one code to the next, so that it runs for weeks. Without this the page comes anew.
const LATE = 4000;
const RETRY = 3000;
// Now and then from the beginning, so that a new release is taken over.
const RELOAD = 6 * 60 * 60 * 1000;

customElements.define("door-screen", class extends HTMLElement {
  #since;
  #began = Date.now();
  #isAsking = false;
  #askAgain = 0;
  #ticking;

  connectedCallback() {
    this.#take();
    this.#ticking = setInterval(() => this.#tick(), 1000);
    document.addEventListener("visibilitychange", this);
    addEventListener("online", this);
    this.#stayAwake();
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
    document.removeEventListener("visibilitychange", this);
    removeEventListener("online", this);
  }

  handleEvent() {
    this.#askAgain = 0;
    this.#tick();
    this.#stayAwake();
  }

  get #shown() {
    return this.querySelector(".wall-now");
  }

  // Both clocks: one stands still while a tablet sleeps, the other jumps when somebody sets it.
  get #left() {
    const passed = Math.max(performance.now() - this.#since.steady, Math.abs(Date.now() - this.#since.wall));
    return Number(this.#shown.dataset.left) - passed;
  }

  #take() {
    this.#since = { steady: performance.now(), wall: Date.now() };
    const until = this.querySelector(".wall-until");
    if (until) {
      until.hidden = false;
      this.querySelector(".wall-every").hidden = true;
    }
    this.#count();
  }

  #tick() {
    const left = this.#left;
    if (left < -LATE && !this.querySelector(".wall-cover")) this.#cover();
    if (left < -300 && !this.#isAsking && performance.now() >= this.#askAgain) this.#ask();
    this.#count();
  }

  #count() {
    const seconds = Number(this.#shown.dataset.seconds);
    const left = Math.min(seconds, Math.max(0, Math.ceil(this.#left / 1000)));
    this.querySelector(".wall-arc")?.setAttribute("stroke-dashoffset", seconds - left);
    const number = this.querySelector(".wall-until b");
    if (number) number.textContent = left;
  }

  async #ask() {
    this.#isAsking = true;
    try {
      const answer = await fetch(this.dataset.now, { cache: "no-store", signal: AbortSignal.timeout?.(10000) });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".wall-now");
      if (Date.now() - this.#began > RELOAD) return location.reload();
      this.querySelector(".wall-cover")?.remove();
      this.#shown.replaceWith(document.adoptNode(fresh));
      this.#take();
    } catch {
      this.#askAgain = performance.now() + RETRY;
    }
    this.#isAsking = false;
  }

  // What is old is taken away, not only hidden: nobody scans it.
  #cover() {
    this.querySelector(".wall-qr")?.replaceChildren();
    this.append(this.querySelector("template").content.cloneNode(true));
  }

  #stayAwake() {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  }
});
