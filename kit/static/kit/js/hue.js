// <hue-sample>: the sample follows the number, and a tap on the wheel sets it. Shades are the service's own business;
// this shows the middle one.
class HueSample extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.input.addEventListener("input", () => this.show());
    this.querySelector(".hue-wheel").addEventListener("click", (event) => {
      const box = event.currentTarget.getBoundingClientRect();
      this.input.value = Math.min(359, Math.max(0, Math.round(((event.clientX - box.left) / box.width) * 360)));
      this.show();
    });
  }

  show() {
    const hue = Number(this.input.value) % 360;
    this.querySelector(".hue-now rect").setAttribute("fill", `oklch(50% 0.17 ${hue})`);
  }
}

customElements.define("hue-sample", HueSample);
