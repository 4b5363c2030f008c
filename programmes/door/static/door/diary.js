// A diary saves itself: nothing typed is lost without a network, and each photo travels by itself.
const PAUSE = 1200;
const RETRY = 10000;
const LONGEST_SIDE = 2560;
const WORDS = ["line", "problems", "few_photos", "children", "adults"];

customElements.define("door-diary", class extends HTMLElement {
  #form;
  #waits;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.setAttribute("data-scripted", "");
    this.#restore();
    this.#sum();
    this.#form.addEventListener("input", (event) => this.#typed(event));
    this.#form.addEventListener("change", (event) => event.target.type === "file" ? this.#choose(event.target) : this.#typed(event));
    this.#form.addEventListener("submit", (event) => this.#press(event));
    addEventListener("online", () => this.#hasKept() && this.#save());
  }

  get #key() {
    return this.dataset.key;
  }

  // --- Words ---

  #typed(event) {
    if (event.target.type === "file") return;
    this.#sum();
    this.#keep();
    clearTimeout(this.#waits);
    this.#waits = setTimeout(() => this.#save(), PAUSE);
  }

  #keep() {
    const said = Object.fromEntries(WORDS.map((name) => [name, this.#form.elements[name]?.value ?? ""]));
    try {
      localStorage.setItem(this.#key, JSON.stringify(said));
    } catch {
      // Storage is full or forbidden: the page itself keeps the words while it stays open.
    }
  }

  #hasKept() {
    return localStorage.getItem(this.#key) !== null;
  }

  #restore() {
    const kept = localStorage.getItem(this.#key);
    if (!kept) return;
    const said = JSON.parse(kept);
    const differing = WORDS.filter((name) => this.#form.elements[name] && said[name] && this.#form.elements[name].value !== said[name]);
    for (const name of differing) this.#form.elements[name].value = said[name];
    if (!differing.length) return localStorage.removeItem(this.#key);
    this.#say(this.dataset.back);
    this.#save();
  }

  async #save() {
    clearTimeout(this.#waits);
    const data = this.#data();
    const sent = localStorage.getItem(this.#key);
    this.#say(this.dataset.saving);
    try {
      const answer = await fetch(this.#form.action, { method: "POST", body: data, headers: { "X-Part": "saved" } });
      if (!answer.ok) return this.#say(this.dataset.stale);
      if (localStorage.getItem(this.#key) === sent) localStorage.removeItem(this.#key);
      const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
      this.#say(`${this.dataset.saved} ${now}`);
    } catch {
      this.#say(this.dataset.offline);
      this.#waits = setTimeout(() => this.#save(), RETRY);
    }
  }

  #data() {
    const data = new FormData(this.#form);
    data.delete("photos");
    return data;
  }

  #say(text) {
    this.#form.querySelector("[data-state]").textContent = text;
  }

  #sum() {
    const [children, adults] = ["children", "adults"].map((name) => this.#form.elements[name].value);
    const sum = this.#form.querySelector("[data-sum]");
    sum.hidden = children === "" || adults === "";
    sum.querySelector("strong").textContent = Number(children) + Number(adults);
  }

  // What is handed in or removed by a button leaves nothing behind.
  #press(event) {
    clearTimeout(this.#waits);
    const button = event.submitter;
    if (button?.name === "remove") {
      event.preventDefault();
      const data = this.#data();
      data.set("remove", button.value);
      this.#exchange(data).catch(() => this.#say(this.dataset.offline));
      return;
    }
    if (navigator.onLine) localStorage.removeItem(this.#key);
    else {
      event.preventDefault();
      this.#keep();
      this.#say(this.dataset.offline);
    }
  }

  // --- Photos ---

  async #choose(input) {
    const files = [...input.files];
    input.value = "";
    for (const file of files) await this.#send(file, crypto.randomUUID());
  }

  async #send(file, key) {
    const line = this.#sendingLine(file);
    try {
      const data = this.#data();
      data.set("client_id", key);
      data.set("photos", await smaller(file), "photo.jpg");
      await this.#exchange(data, (share) => { line.querySelector("progress").value = share; });
      line.remove();
    } catch {
      this.#failed(line, () => this.#send(file, key));
    }
  }

  #sendingLine(file) {
    const line = document.createElement("li");
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.setAttribute("aria-label", this.dataset.sending);
    line.append(picture, progress);
    this.querySelector("[data-sending]").append(line);
    return line;
  }

  #failed(line, again) {
    const words = document.createElement("span");
    words.textContent = this.dataset.failed;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.kind = "quiet";
    button.textContent = this.dataset.again;
    button.addEventListener("click", () => { line.remove(); again(); });
    line.replaceChildren(line.querySelector("img"), words, button);
  }

  // The answer is the photos as they stand now; those still under way keep their lines.
  async #exchange(data, tell = () => {}) {
    const html = await posted(this.#form.action, data, tell);
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#diary-photos");
    const sending = this.querySelector("[data-sending]");
    fresh.querySelector("[data-sending]").replaceWith(sending);
    this.querySelector("#diary-photos").replaceWith(fresh);
    const count = this.#form.querySelector("[data-count]");
    count.textContent = count.textContent.replace(/^\d+/, fresh.querySelectorAll(".diary-photo").length);
  }
});

function posted(address, data, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-Part", "photos");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && tell(event.loaded / event.total));
    request.addEventListener("load", () => [200, 422].includes(request.status) ? resolve(request.responseText) : reject(request.status));
    request.addEventListener("error", reject);
    request.send(data);
  });
}

// Drawn anew on the phone: upright, without the camera's notes, a tenth of the bytes. What it cannot read goes as it is.
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.85));
  } catch {
    return file;
  }
}
