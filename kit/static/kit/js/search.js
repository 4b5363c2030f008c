// <search-box>: suggests while one types. Without this file the form simply searches.
const PAUSE = 220;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.told = this.querySelector("[role=status]");
    this.field.setAttribute("role", "combobox");
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-controls", this.list.id);
    this.close();
    this.field.addEventListener("input", (event) => event.isComposing || this.wait());
    // Letters of pinyin on their way to a character are no word yet.
    this.field.addEventListener("compositionstart", () => this.stop());
    this.field.addEventListener("compositionend", () => this.wait());
    this.field.addEventListener("keydown", (event) => event.isComposing || this.press(event));
    // A press on a line keeps the focus where one types.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.leave());
    this.querySelector("form").addEventListener("submit", () => this.leave());
  }

  disconnectedCallback() {
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  leave() {
    this.stop();
    this.close();
  }

  wait() {
    this.stop();
    if (this.field.value.trim()) this.timer = setTimeout(() => this.ask(), PAUSE);
    else this.close();
  }

  async ask() {
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const answer = await fetch(`${this.dataset.suggest}?q=${encodeURIComponent(this.field.value)}`, { signal });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted) this.show(html);
    } catch {
      // Typing went on, or there is no network: the form still searches.
      if (!signal.aborted) this.close();
    }
  }

  show(html) {
    this.close();
    this.list.innerHTML = html;
    this.told.textContent = this.list.querySelector("[data-told]")?.dataset.told ?? "";
    const lines = this.lines();
    lines.forEach((line, number) => {
      line.id = `${this.list.id}-${number}`;
    });
    this.list.hidden = !lines.length;
    this.field.setAttribute("aria-expanded", String(lines.length > 0));
  }

  close() {
    this.list.hidden = true;
    this.told.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  lines() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  choose(number) {
    const lines = this.lines();
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === number)));
    this.chosen = lines[number];
    if (this.chosen) {
      this.field.setAttribute("aria-activedescendant", this.chosen.id);
      this.chosen.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const lines = this.lines();
    const at = lines.indexOf(this.chosen);
    if (event.key === "Escape" && !this.list.hidden) this.leave();
    else if (this.list.hidden) return;
    else if (event.key === "ArrowDown") this.choose(at + 1 < lines.length ? at + 1 : -1);
    else if (event.key === "ArrowUp") this.choose(at < 0 ? lines.length - 1 : at - 1);
    else if (event.key === "Enter" && this.chosen) this.chosen.click();
    else return;
    event.preventDefault();
  }
}

customElements.define("search-box", SearchBox);
