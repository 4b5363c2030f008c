// A button that may be pressed again after some seconds: <again-in seconds="28" words="…{n}…"><button>…</button></again-in>
// Without this file the button works as it is, and the page says from when on.
class AgainIn extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.label = this.button.textContent;
    this.until = Date.now() + Number(this.getAttribute("seconds")) * 1000;
    this.timer = setInterval(() => this.show(), 250);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    this.button.disabled = left > 0;
    this.button.textContent = left > 0 ? this.getAttribute("words").replace("{n}", left) : this.label;
    if (left <= 0) clearInterval(this.timer);
  }
}

customElements.define("again-in", AgainIn);
