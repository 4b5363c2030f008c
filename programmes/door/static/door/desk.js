// Asks without leaving the page, one after the other; without this each form sends itself, and the page comes with the card.
const RETRY = 2000;
// A scanner types a whole code in the time in which fingers find the next key.
const SCANNER = 40;

customElements.define("door-desk", class extends HTMLElement {
  #waiting = [];
  #isAsking = false;
  #firstKey = 0;

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#take(event));
    this.addEventListener("toggle", () => this.#next(), { capture: true });
    const code = this.querySelector("#code");
    code.addEventListener("input", () => {
      if (code.value.length <= 1) this.#firstKey = performance.now();
    });
    // Wherever the last tap went, the next scan goes into the field.
    document.addEventListener("keydown", (event) => {
      const isFree = document.activeElement === document.body || document.activeElement.closest(".door-card");
      if (isFree && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) code.focus();
    });
  }

  // A question is open: what comes in meanwhile waits.
  get isBusy() {
    return Boolean(this.querySelector("#answer details[open]"));
  }

  scan(read) {
    const form = this.querySelector(".door-ask");
    const body = new FormData(form);
    body.set("code", read);
    body.set("way", "camera");
    this.#ask(form.action, body);
  }

  #take(event) {
    const form = event.target.closest("[data-asks]");
    if (!form) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const code = form.querySelector("#code");
    if (code) {
      const isScanner = code.value.length > 5 && (performance.now() - this.#firstKey) / code.value.length < SCANNER;
      if (isScanner) body.set("way", "scanner");
      code.value = "";
      code.focus();
    }
    this.#ask(event.submitter?.getAttribute("formaction") ?? form.action, body, form.dataset.asks === "at-once");
  }

  // `isOfCard`: it answers the question that is open, so it does not wait for it.
  #ask(address, body, isOfCard = false) {
    body.set("client_id", newId());
    this.#waiting[isOfCard ? "unshift" : "push"]({ address, body, isOfCard });
    this.#next();
  }

  async #next() {
    const one = this.#waiting[0];
    const waits = this.querySelector("[data-waiting]");
    waits.hidden = !(one && this.isBusy && !one.isOfCard);
    waits.querySelector("b").textContent = this.#waiting.length;
    if (!one || this.#isAsking || (this.isBusy && !one.isOfCard)) return;
    this.#isAsking = true;
    if (!one.isOfCard) this.#show("door-working");
    try {
      const answer = await fetch(one.address, { method: "POST", body: one.body, headers: { "X-Card": "1" } });
      // This device is no longer one: it stops asking, and the card says why.
      if (answer.status === 410) return this.#put(await answer.text());
      if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      this.#put(await answer.text());
    } catch {
      this.#show("door-no-answer");
      await new Promise((again) => setTimeout(again, RETRY));
    }
    this.#isAsking = false;
    this.#next();
  }

  #put(html) {
    const parts = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[id]");
    for (const part of parts) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }

  #show(name) {
    this.querySelector("#answer").replaceWith(document.getElementById(name).content.firstElementChild.cloneNode(true));
  }
});

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
