// An answer is heard and felt as well, and goes by itself; not while a question is open, or somebody is busy with it.
import { tell } from "./senses.js";

const STAYS = 8000;

customElements.define("door-card", class extends HTMLElement {
  #timer;

  connectedCallback() {
    const { kind, quiet, attention } = this.dataset;
    if (quiet === undefined) tell(kind, ...(attention === undefined ? [] : ["attention"]));
    // Wherever the list was scrolled to: who typed, and who has to know something, sees it; whoever works down the list stays there.
    const isSought = kind !== "good" || attention !== undefined || document.activeElement?.id === "code";
    if (quiet === undefined && isSought) this.scrollIntoView({ block: "nearest" });
    this.#wait();
    for (const busy of ["toggle", "focusin", "pointerdown"]) {
      this.addEventListener(busy, () => this.#wait(), { capture: true });
    }
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#clear(), STAYS);
  }

  #clear() {
    const idle = document.getElementById("door-idle");
    if (!idle || this.querySelector("details[open]")) return;
    const had = this.contains(document.activeElement);
    this.replaceWith(idle.content.firstElementChild.cloneNode(true));
    if (had) document.getElementById("code")?.focus();
  }
});
