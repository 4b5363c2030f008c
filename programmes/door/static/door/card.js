// An answer is heard and felt as well, and goes by itself; not while a question is open, or somebody is busy with it.
const STAYS = 8000;
const TONES = { good: [[880, 0.12], [1320, 0.16]], again: [[660, 0.14], [660, 0.14]], bad: [[220, 0.32]] };
const SHAKES = { good: [60], again: [60, 80, 60], bad: [280] };
let sound;

customElements.define("door-card", class extends HTMLElement {
  #timer;

  connectedCallback() {
    if (!("quiet" in this.dataset)) this.#tell();
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

  #tell() {
    navigator.vibrate?.(SHAKES[this.dataset.kind]);
    // A browser lets a page sound once somebody has touched it.
    if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
    sound ??= new AudioContext();
    let at = sound.currentTime;
    for (const [pitch, lasts] of TONES[this.dataset.kind]) {
      const tone = new OscillatorNode(sound, { frequency: pitch, type: "triangle" });
      const volume = new GainNode(sound, { gain: 0.25 });
      tone.connect(volume).connect(sound.destination);
      tone.start(at);
      tone.stop(at + lasts);
      at += lasts + 0.04;
    }
  }
});
