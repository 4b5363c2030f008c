// Every tap is a line of its own, kept on the device until the server has it: a reload, a dead battery or a lost network loses
// nothing, and sent twice it counts once. Without this each press sends the form.
import { patient } from "./contact.js";
import { newId } from "./ids.js";
import { PART, prefixOf, sendTaps, tapsOf } from "./taps.js";

const SEEN = "siji-heads:";
const GATHER = 350;
const RETRY = 3000;
const LOOK = 4000;
const PATIENT = 10000;

customElements.define("head-count", class extends HTMLElement {
  // One question at a time, so that an older answer never comes after a newer one.
  #isAsking = false;
  #isAway = false;
  #timer;

  connectedCallback() {
    this.querySelector("form").addEventListener("submit", (event) => this.#take(event));
    for (const name of ["online", "focus"]) addEventListener(name, () => this.#send());
    // Another page of this session on the same device has tapped.
    addEventListener("storage", () => this.#show());
    document.addEventListener("visibilitychange", () => this.#look());
    setInterval(() => this.#look(), LOOK);
    if (this.querySelector("#heads-sums").dataset.day) this.#keep();
    this.#show();
    this.#send();
  }

  #take(event) {
    event.preventDefault();
    const [who, step] = event.submitter.value.split(" ");
    if (Number(step) < 0 && this.#sum(who) < 1) return;
    const line = JSON.stringify({ who, step, at: Date.now() });
    try {
      localStorage.setItem(prefixOf(this.dataset.session) + newId(), line);
    } catch {
      // Nothing can be kept here: the form goes its own way.
      this.querySelector("[name=client_id]").value = newId();
      event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name: "tap", value: event.submitter.value }));
      event.target.submit();
      return;
    }
    navigator.vibrate?.(15);
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), GATHER);
  }

  get #lines() {
    return tapsOf(this.dataset.session);
  }

  #sum(who) {
    const mine = this.#lines.filter((line) => line.who === who).reduce((sum, line) => sum + Number(line.step), 0);
    return Number(this.querySelector("#heads-sums").dataset[who]) + mine;
  }

  async #send() {
    if (this.#isAsking || !this.#lines.length) return;
    const form = this.querySelector("form");
    const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const isDone = await this.#ask(() => sendTaps(this.dataset.session, form.action, token));
    this.#show();
    this.#sendOn(isDone);
  }

  #sendOn(isDone) {
    clearTimeout(this.#timer);
    if (this.#lines.length) this.#timer = setTimeout(() => this.#send(), isDone ? 0 : RETRY);
  }

  async #look() {
    if (document.hidden || this.#isAsking || this.#lines.length) return;
    const isDone = await this.#ask(() => patient(this.dataset.sums, { headers: PART }, PATIENT));
    this.#show();
    this.#sendOn(isDone);
  }

  // Whether the server has seen it; also a no is an answer.
  async #ask(question) {
    this.#isAsking = true;
    try {
      const answer = await question();
      // Signed out, or this session is no longer hers: what is kept stays kept.
      if (answer.redirected || answer.status === 403 || answer.status === 404) {
        location.reload();
        return false;
      }
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const sums = new DOMParser().parseFromString(answer.text(), "text/html").getElementById("heads-sums");
      const shown = this.querySelector("#heads-sums");
      if (!shown.dataset.day || sums.dataset.day === shown.dataset.day || answer.status === 422) shown.replaceWith(document.adoptNode(sums));
      this.#keep();
      this.#isAway = false;
      return true;
    } catch {
      this.#isAway = true;
      return false;
    } finally {
      this.#isAsking = false;
    }
  }

  // For a reload without a network: which session this is, and what all hands had come to.
  #keep() {
    if (!this.querySelector(".heads-more")) return;
    const { title, when, session } = this.dataset;
    const { day, adults, children } = this.querySelector("#heads-sums").dataset;
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(SEEN))) {
        if (JSON.parse(localStorage.getItem(key)).day < day) localStorage.removeItem(key);
      }
      localStorage.setItem(SEEN + session, JSON.stringify({ title, when, day, adults, children }));
    } catch {
      // The device is full: without it a reload says less.
    }
  }

  #show() {
    const waiting = this.#lines.length;
    for (const who of ["adults", "children"]) {
      this.querySelector(`[data-number=${who}]`).textContent = Math.max(0, this.#sum(who));
    }
    const state = this.#isAway ? "away" : waiting ? "waits" : "sent";
    for (const line of this.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
    for (const number of this.querySelectorAll("[data-waiting]")) number.textContent = waiting;
  }
});
