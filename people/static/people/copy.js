// A link that one press copies: <copy-text done="…" again="…"><a href>…</a><button hidden><p role="status"></copy-text>
// Without this file the button stays hidden, and the link can be pressed long.
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const told = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(this.querySelector("a").href);
      told.textContent = this.getAttribute("done");
    } catch {
      getSelection().selectAllChildren(this.querySelector("a"));
      const copied = document.execCommand("copy");
      told.textContent = this.getAttribute(copied ? "done" : "again");
    }
  }
}

customElements.define("copy-text", CopyText);
