// The list of doors: whatever a device let in and has not brought back is brought back from here as well; rosters that are over go.
import { contact } from "./contact.js";
import { keptRoster, keptSessions } from "./keeping.js";
import { bringBack, told, waiting } from "./lines.js";

customElements.define("desk-left", class extends HTMLElement {
  connectedCallback() {
    if (!globalThis.indexedDB) return;
    told.addEventListener("change", () => this.#show());
    contact.addEventListener("change", () => contact.isUp && bringBack());
    this.#begin();
  }

  async #begin() {
    for (const session of await keptSessions().catch(() => [])) await keptRoster(session).catch(() => {});
    await this.#show();
    if (!this.hidden) await bringBack();
  }

  async #show() {
    const left = (await waiting()).length;
    this.querySelector("[data-left]").textContent = this.dataset.words.replace("{n}", left);
    this.hidden = !left;
  }
});
