// The way out without leaving the page: one after the other, and what the library has not answered is asked again with the same
// id. Nobody is signed out by the device alone. Without this each form sends itself, and the page comes with the card.
import { contact } from "./contact.js";
import { newId } from "./ids.js";

const RETRY = 2000;
const PATIENT = 10000;

customElements.define("door-out", class extends HTMLElement {
  #waiting = [];
  #isAsking = false;

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#take(event));
    const code = this.querySelector("#code");
    // Wherever the last tap went, the next scan goes into the field; not while somebody writes who fetches.
    document.addEventListener("keydown", (event) => {
      const isFree = !document.activeElement.matches("input:not([type=checkbox]), select, textarea");
      if (isFree && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) code.focus();
    });
  }

  // Somebody writes who fetches, or the last answer has not come: the camera waits.
  get isBusy() {
    return this.#isAsking || Boolean(this.querySelector("details[open]"));
  }

  scan(read) {
    const form = this.querySelector(".door-ask");
    const body = new FormData(form);
    body.set("code", read);
    this.#ask(form.action, body);
  }

  #take(event) {
    const form = event.target;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const code = form.querySelector("#code");
    if (code) {
      code.value = "";
      code.focus();
    }
    this.#ask(event.submitter?.getAttribute("formaction") ?? form.action, body);
  }

  #ask(address, body) {
    body.set("client_id", newId());
    this.#waiting.push({ address, body });
    this.#next();
  }

  async #next() {
    const one = this.#waiting[0];
    if (!one || this.#isAsking) return;
    this.#isAsking = true;
    this.#show("door-working");
    if (await this.#isAnswered(one)) this.#waiting.shift();
    else {
      this.#show("door-no-answer");
      await new Promise((again) => setTimeout(again, RETRY));
    }
    this.#isAsking = false;
    this.#next();
  }

  async #isAnswered({ address, body }) {
    try {
      const answer = await contact.send(address, body, { "X-Card": "1", patience: PATIENT });
      const isPart = answer.ok || answer.status === 422 || answer.status === 410;
      if (answer.redirected || (!isPart && answer.status < 500)) return location.reload() ?? true;
      if (!isPart) throw new Error(answer.status);
      this.#put(answer.text());
      return true;
    } catch {
      contact.lose();
      return false;
    }
  }

  // What somebody is writing stays, wherever it stands.
  #put(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const open of this.querySelectorAll(".out-party:has(details[open])")) {
      fresh.querySelector(`.out-party:not([data-shown])#${open.id}`)?.replaceWith(open);
    }
    for (const part of [...fresh.body.children]) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }

  #show(name) {
    this.querySelector("#answer").replaceWith(document.getElementById(name).content.firstElementChild.cloneNode(true));
  }
});
