// 在线 · 名单 2 分钟前 · 待上传 0: how the door stands, for whoever keeps it.
import { contact } from "./contact.js";
import { told, waiting } from "./lines.js";

customElements.define("door-line", class extends HTMLElement {
  #roster;
  #timer;

  connectedCallback() {
    contact.addEventListener("change", () => this.#show());
    told.addEventListener("change", () => this.#show());
    this.closest("door-desk").addEventListener("roster", ({ detail }) => {
      this.#roster = detail;
      this.#show();
    });
    this.#timer = setInterval(() => this.#show(), 15000);
    this.#show();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  async #show() {
    const left = (await waiting().catch(() => [])).length;
    const { up, down, out, none, fresh, age, left: words } = this.dataset;
    this.dataset.mode = !contact.isSignedIn ? "out" : contact.isUp ? "up" : "down";
    const put = (part, text) => Object.assign(this.querySelector(`[data-part=${part}]`), { textContent: text });
    put("mode", { up, down, out }[this.dataset.mode]);
    const minutes = this.#roster && Math.floor((this.#roster.now - this.#roster.made) / 60000);
    put("roster", !this.#roster ? none : minutes < 1 ? fresh : age.replace("{n}", minutes));
    put("left", words.replace("{n}", left)).hidden = !left;
    this.hidden = false;
    this.#tally();
  }

  // The list and the count, as this device knows them.
  #tally() {
    if (!this.#roster) return;
    document.querySelector("#door-count strong").textContent = this.#roster.tally.join("/");
    const counted = document.getElementById("door-counted");
    counted.hidden = !this.#roster.counted;
    counted.querySelector("b").textContent = this.#roster.counted ?? 0;
    for (const party of this.#roster.parties) {
      const row = document.getElementById(`party-${party.c}`);
      if (!row || !party.k) continue;
      const here = party.k.filter(([, , isHere]) => isHere).length;
      row.toggleAttribute("data-here", here > 0);
      row.querySelector(".numbers").textContent = `${here}/${party.k.length}`;
      for (const words of row.querySelectorAll("[data-when]")) words.hidden = (words.dataset.when === "here") !== here > 0;
    }
  }
});
