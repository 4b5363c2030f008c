// The camera reads tickets where the browser itself can read codes; elsewhere the page says what to do instead.
const EVERY = 120;
// The same code in front of the camera is the same family, still standing there.
const SAME = 4000;

customElements.define("door-camera", class extends HTMLElement {
  #detector;
  #last = { code: "", at: 0 };

  async connectedCallback() {
    if (!navigator.mediaDevices || !("BarcodeDetector" in window)) return;
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return;
    // Reader cards carry bars.
    const wanted = ["qr_code", "code_128", "code_39", "ean_13"].filter((format) => formats.includes(format));
    this.#detector = new BarcodeDetector({ formats: wanted });
    const button = this.querySelector("button");
    button.hidden = false;
    this.querySelector(".door-hint").hidden = true;
    button.addEventListener("click", () => this.#start(button));
  }

  disconnectedCallback() {
    for (const track of this.querySelector("video").srcObject?.getTracks() ?? []) track.stop();
  }

  async #start(button) {
    const video = this.querySelector("video");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
    } catch {
      this.querySelector(".door-hint").hidden = false;
      return;
    }
    button.hidden = true;
    video.hidden = false;
    this.#look(video);
  }

  async #look(video) {
    const desk = this.closest("door-desk");
    if (!desk.isBusy && !document.hidden) {
      const [found] = await this.#detector.detect(video).catch(() => []);
      if (found) this.#see(desk, found.rawValue);
    }
    if (this.isConnected) setTimeout(() => this.#look(video), EVERY);
  }

  #see(desk, code) {
    const isSame = code === this.#last.code && performance.now() - this.#last.at < SAME;
    this.#last = { code, at: performance.now() };
    if (!isSame) desk.scan(code);
  }
});
