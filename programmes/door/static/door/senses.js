// What an answer sounds like, and how it is felt. Each can be switched off; the choice stays on this device.
const TONES = {
  good: [[880, 0.12], [1320, 0.16]],
  again: [[660, 0.14], [660, 0.14]],
  bad: [[220, 0.32]],
  attention: [[523, 0.1], [784, 0.1], [523, 0.1], [784, 0.22]],
};
const SHAKES = { good: [60], again: [60, 80, 60], bad: [280], attention: [60, 60, 60, 60, 200] };
const BREATH = 0.12;
let sound;

const isOn = (sense) => localStorage.getItem(`door.${sense}`) !== "off";

// `kinds`: one after the other, such as good and attention.
export function tell(...kinds) {
  if (isOn("shake")) navigator.vibrate?.(kinds.flatMap((kind, place) => (place ? [120, ...SHAKES[kind]] : SHAKES[kind])));
  // A browser lets a page sound once somebody has touched it.
  if (!isOn("sound") || (navigator.userActivation && !navigator.userActivation.hasBeenActive)) return;
  sound ??= new AudioContext();
  let at = sound.currentTime;
  for (const kind of kinds) {
    for (const [pitch, lasts] of TONES[kind]) {
      const tone = new OscillatorNode(sound, { frequency: pitch, type: "triangle" });
      const volume = new GainNode(sound, { gain: 0.25 });
      tone.connect(volume).connect(sound.destination);
      tone.start(at);
      tone.stop(at + lasts);
      at += lasts + 0.04;
    }
    at += BREATH;
  }
}

customElements.define("door-senses", class extends HTMLElement {
  connectedCallback() {
    for (const button of this.querySelectorAll("[data-sense]")) {
      const { sense } = button.dataset;
      // iPhones do not shake for a page.
      button.hidden = sense === "shake" && !navigator.vibrate;
      button.setAttribute("aria-pressed", isOn(sense));
      button.addEventListener("click", () => {
        localStorage.setItem(`door.${sense}`, isOn(sense) ? "off" : "on");
        button.setAttribute("aria-pressed", isOn(sense));
        if (isOn(sense)) tell("good");
      });
    }
    this.hidden = false;
  }
});
