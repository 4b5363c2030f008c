// The list of doors: whatever a device let in or counted and has not brought back is brought back from here as well; rosters that are
// over go.
import { contact } from "./contact.js";
import { keptRoster, keptSessions } from "./keeping.js";
import { bringBack, told, waiting } from "./lines.js";
import { bringTaps, tapsKept } from "./taps.js";

customElements.define("desk-left", class extends HTMLElement {
  connectedCallback() {
    if (!globalThis.indexedDB) return;
    told.addEventListener("change", () => this.#show());
    contact.addEventListener("change", () => contact.isUp && this.#bring());
    this.#begin();
  }

  async #begin() {
    for (const session of await keptSessions().catch(() => [])) await keptRoster(session).catch(() => {});
    await this.#show();
    if (!this.hidden) await this.#bring();
  }

  async #bring() {
    await bringBack();
    await bringTaps();
    await this.#show();
  }

  async #show() {
    const left = (await waiting()).length + tapsKept();
    this.querySelector("[data-left]").textContent = this.dataset.words.replace("{n}", left);
    this.hidden = !left;
  }
});
