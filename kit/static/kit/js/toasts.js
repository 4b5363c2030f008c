// <toast-line>: fades after six seconds, with an undo after sixteen; never while it is pointed at or has the focus.
const SHORT = 6000;
const LONG = 16000;

class ToastLine extends HTMLElement {
  connectedCallback() {
    if (this.dataset.kind === "bad") return;
    this.begin();
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, () => clearTimeout(this.timer));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.begin());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  begin() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remove(), "undo" in this.dataset ? LONG : SHORT);
  }
}

customElements.define("toast-line", ToastLine);
