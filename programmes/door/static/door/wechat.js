// WeChat's own scanner, where the library's account lets this page ask for it. What it reads goes the way of the camera.
const PATIENCE = 10000;
// Of bars it says the sort before what they hold.
const BARS = /^(?:CODE_(?:39|93|128)|EAN_(?:8|13)|UPC_[AE]|CODABAR|ITF),/;

customElements.define("door-wechat", class extends HTMLElement {
  #isRefused = false;
  #timer;

  connectedCallback() {
    const { url, sdk } = this.dataset;
    // What signs this page holds for one address.
    if (location.href.split("#")[0] !== url) return;
    this.#timer = setTimeout(() => this.#say("silent"), PATIENCE);
    this.#button.addEventListener("click", () => this.#scan());
    const script = Object.assign(document.createElement("script"), { src: sdk });
    script.addEventListener("load", () => this.#ask());
    script.addEventListener("error", () => this.#say("silent"));
    document.head.append(script);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #ask() {
    const { app, stamp, nonce, signature } = this.dataset;
    wx.error(({ errMsg }) => this.#refuse(errMsg));
    // It may say that it is ready after it has refused.
    wx.ready(() => this.#isRefused || this.#say(""));
    wx.config({ debug: false, appId: app, timestamp: Number(stamp), nonceStr: nonce, signature, jsApiList: ["scanQRCode"] });
  }

  #scan() {
    wx.scanQRCode({
      needResult: 1,
      scanType: ["qrCode", "barCode"],
      success: ({ resultStr }) => this.closest("door-desk").scan(resultStr.replace(BARS, "")),
      fail: ({ errMsg }) => this.#refuse(errMsg),
    });
  }

  #refuse(why = "") {
    this.#isRefused = true;
    if (why.includes("domain")) this.#say("domain");
    else this.#say(why.includes("signature") ? "signature" : "refused");
  }

  // "": it scans; else why not, with the way out that is there without it.
  #say(name) {
    clearTimeout(this.#timer);
    for (const hint of this.querySelectorAll("[data-hint]")) hint.hidden = hint.dataset.hint !== name;
    this.#button.hidden = name !== "";
    this.querySelector("[data-else]").hidden = name === "";
  }

  get #button() {
    return this.querySelector("[data-start]");
  }
});
