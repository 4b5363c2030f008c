// One camera at a time: opened, turned to another, its light, closed. The choice stays on this device.
const CHOICE = "door.camera";
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

export class Lens {
  #stream;

  // The one that was chosen last, if it is still there; else the back one of a phone.
  static async open() {
    const chosen = localStorage.getItem(CHOICE);
    const ask = (which) => navigator.mediaDevices.getUserMedia({ video: { ...SIZE, ...which } });
    const back = () => ask({ facingMode: "environment" });
    const lens = new Lens();
    lens.#stream = chosen ? await ask({ deviceId: { exact: chosen } }).catch(back) : await back();
    return lens;
  }

  get stream() {
    return this.#stream;
  }

  get hasLight() {
    return Boolean(this.#track.getCapabilities?.().torch);
  }

  async light(isOn) {
    await this.#track.applyConstraints({ advanced: [{ torch: isOn }] });
  }

  async hasOthers() {
    return (await cameras()).length > 1;
  }

  // Which comes next; it is opened by `open`.
  async chooseNext() {
    const all = await cameras();
    const at = all.findIndex((one) => one.deviceId === this.#track.getSettings().deviceId);
    localStorage.setItem(CHOICE, all[(at + 1) % all.length].deviceId);
  }

  close() {
    for (const track of this.#stream.getTracks()) track.stop();
  }

  get #track() {
    return this.#stream.getVideoTracks()[0];
  }
}

async function cameras() {
  return (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
}
