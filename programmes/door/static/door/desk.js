// Asks without leaving the page, one after the other; without this each form sends itself, and the page comes with the card.
// Without a network the device answers by its roster.
import { answerAlone, answerRight, onTrust } from "./alone.js";
import { contact, PATIENCE } from "./contact.js";
import { newId } from "./ids.js";
import { wipeRosters } from "./keeping.js";
import { bringBack } from "./lines.js";
import { Roster } from "./roster.js";

const RETRY = 2000;
// Without a roster there is nobody else to ask.
const PATIENT = 20000;
// A scanner types a whole code in the time in which fingers find the next key.
const SCANNER = 40;
const FRESH = 60000;
const WHOLE = /\/sign-ups\/\w+\/$/;

customElements.define("door-desk", class extends HTMLElement {
  #waiting = [];
  #isAsking = false;
  #firstKey = 0;
  #roster;

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#take(event));
    this.addEventListener("toggle", () => this.#next(), { capture: true });
    this.addEventListener("click", (event) => this.#trust(event.target.closest("[data-trust]")));
    const code = this.querySelector("#code");
    code.addEventListener("input", () => {
      if (code.value.length <= 1) this.#firstKey = performance.now();
    });
    // Wherever the last tap went, the next scan goes into the field.
    document.addEventListener("keydown", (event) => {
      const isFree = document.activeElement === document.body || document.activeElement.closest(".door-card");
      if (isFree && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) code.focus();
    });
    this.#prepare();
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

  // What is on this device first, then what the library has; again each minute, and whenever it answers again.
  async #prepare() {
    if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return;
    this.#use(await Roster.kept(this.dataset.session));
    contact.addEventListener("change", () => contact.isUp && this.#renew());
    setInterval(() => document.hidden || !contact.isUp || this.#renew(), FRESH);
    await this.#renew();
    navigator.storage?.persist?.();
  }

  async #renew() {
    const isKeeper = await contact.ask();
    await bringBack();
    if (!isKeeper) return contact.isSignedIn || this.#use(await wipeRosters());
    // A network that is too weak for a roster may do for a scan.
    await Roster.fetched(this.dataset.session).then((roster) => this.#use(roster), () => {});
  }

  #use(roster) {
    this.#roster = roster;
    this.dispatchEvent(new CustomEvent("roster", { detail: roster }));
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
    if ((await this.#inTheRush(one)) || (await this.#ofLibrary(one)) || (await this.#ofRoster(one))) this.#waiting.splice(this.#waiting.indexOf(one), 1);
    else {
      this.#show("door-no-answer");
      await new Promise((again) => setTimeout(again, RETRY));
    }
    this.#isAsking = false;
    this.#next();
  }

  // Most of those who come: on the roster, not here yet, and the library says yes. All else is answered by its own card.
  async #inTheRush(one) {
    const { address, body } = one;
    if (!this.#roster || !contact.isUp || !address.endsWith("/ask/") || body.get("registration")) return false;
    const found = await this.#roster.answerTo(body.get("code"));
    if (found.outcome !== "admitted") return false;
    one.isSent = true;
    try {
      const answer = await contact.send(address.replace(/ask\/$/, "scan/"), body);
      const { here, registration } = answer.ok && !answer.redirected ? answer.json() : {};
      if (!here || registration !== found.party.c || here !== found.party.k.length) return false;
      this.#place(answerRight(this.#roster, found));
      return true;
    } catch {
      contact.lose();
      return false;
    }
  }

  async #ofLibrary(one) {
    if (this.#roster && !contact.isUp) return false;
    const { address, body } = one;
    one.isSent = true;
    try {
      const answer = await contact.send(address, body, { "X-Card": "1", patience: this.#roster ? PATIENCE : PATIENT });
      // This device is no longer one: it stops asking, and the card says why.
      if (answer.status === 410) return this.#end(answer.text());
      if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return location.reload() ?? true;
      if (!answer.ok) throw new Error(answer.status);
      this.#put(answer.text());
      // Whoever asked for a party's whole card wants to add somebody.
      if (WHOLE.test(address)) this.querySelector("#answer details").open = true;
      return true;
    } catch {
      contact.lose();
      return false;
    }
  }

  async #end(html) {
    this.#use(await wipeRosters());
    this.#put(html);
    return true;
  }

  async #ofRoster(one) {
    const card = this.#roster && (await answerAlone(this.#roster, one));
    if (card) this.#place(card);
    return Boolean(card);
  }

  async #trust(button) {
    if (button) this.#place(await onTrust(this.#roster, button.dataset.trust));
  }

  #put(html) {
    const parts = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[id]");
    for (const part of parts) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
    this.#roster?.hear(document.getElementById("answer"));
  }

  #place(card) {
    this.querySelector("#answer").replaceWith(card);
    this.#use(this.#roster);
  }

  #show(name) {
    this.querySelector("#answer").replaceWith(document.getElementById(name).content.firstElementChild.cloneNode(true));
  }
});
