// The camera reads tickets and reader cards, and keeps the screen awake while it looks.
import { Lens } from "./lens.js";
import { findReader } from "./reader.js";

const EVERY = 100;
// The same code in front of the camera is the same family, still standing there.
const SAME = 4000;
// The way in and the way out: what is scanned goes to whichever it stands in.
const DOORS = "door-desk, door-out";

customElements.define("door-camera", class extends HTMLElement {
  #makeReader;
  #reader;
  #lens;
  #awake;
  #last = { code: "", at: 0 };

  async connectedCallback() {
    if (!navigator.mediaDevices?.getUserMedia) return;
    this.#makeReader = await findReader(this.dataset);
    if (!this.#makeReader) return this.#hint("unable");
    this.#hint("");
    this.#part("[data-start]").hidden = false;
    const acts = { start: () => this.#start(), stop: () => this.#stop(), torch: () => this.#light(), other: () => this.#turn() };
    for (const [name, act] of Object.entries(acts)) this.#part(`[data-${name}]`).addEventListener("click", act);
  }

  disconnectedCallback() {
    this.#close();
  }

  async #start() {
    this.#part("[data-start]").disabled = true;
    this.#hint("");
    // Both at once: the question for the camera stands while the reader is fetched.
    const opened = Lens.open().catch(() => this.#hint("refused"));
    this.#reader ??= await this.#makeReader().catch(() => this.#hint("unloaded"));
    this.#lens = await opened;
    this.#part("[data-start]").disabled = false;
    if (this.#lens && this.#reader) await this.#show();
    else this.#close();
  }

  async #show() {
    const lens = this.#lens;
    const video = this.#part("video");
    video.srcObject = lens.stream;
    this.#isOn(true);
    await video.play();
    this.#part("[data-torch]").hidden = !lens.hasLight;
    this.#part("[data-torch]").setAttribute("aria-pressed", "false");
    this.#part("[data-other]").hidden = !(await lens.hasOthers());
    this.#part("[data-stop]").focus();
    this.#look(video, lens);
    this.#awake = await navigator.wakeLock?.request("screen").catch(() => undefined);
  }

  async #look(video, lens) {
    if (lens !== this.#lens) return;
    const desk = this.closest(DOORS);
    if (!desk.isBusy && !document.hidden) {
      const [found] = await this.#reader.detect(video).catch(() => []);
      if (found && lens === this.#lens) this.#see(desk, found.rawValue);
    }
    setTimeout(() => this.#look(video, lens), EVERY);
  }

  #see(desk, code) {
    const isSame = code === this.#last.code && performance.now() - this.#last.at < SAME;
    this.#last = { code, at: performance.now() };
    if (!isSame) desk.scan(code);
  }

  async #light() {
    const torch = this.#part("[data-torch]");
    const isOn = torch.getAttribute("aria-pressed") !== "true";
    await this.#lens.light(isOn);
    torch.setAttribute("aria-pressed", isOn);
  }

  async #turn() {
    await this.#lens.chooseNext();
    this.#close();
    await this.#start();
  }

  #stop() {
    this.#close();
    this.#part("[data-start]").focus();
  }

  #close() {
    this.#lens?.close();
    this.#awake?.release();
    this.#lens = this.#awake = undefined;
    if (this.isConnected) this.#isOn(false);
  }

  #isOn(isOn) {
    this.closest(DOORS).toggleAttribute("data-scanning", isOn);
    this.#part(".door-view").hidden = !isOn;
    this.#part("[data-start]").hidden = isOn;
  }

  #hint(name) {
    for (const hint of this.querySelectorAll("[data-hint]")) hint.hidden = hint.dataset.hint !== name;
  }

  #part(selector) {
    return this.querySelector(selector);
  }
});
