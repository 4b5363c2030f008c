// Passkeys: <passkey-form> around a form with a hidden "credential". Its options stand in a JSON script (data-options),
// or are fetched (data-from). It shows itself only where the browser knows passkeys.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const opened = (options) => {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((each) => ({ ...each, id: bytes(each.id) }));
  }
  return { publicKey: key };
};

const packed = (credential) => {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = text(response[part]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
};

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      if (this.answered) return;
      event.preventDefault();
      this.ask();
    });
  }

  async options() {
    if (this.dataset.from) {
      const answer = await fetch(this.dataset.from, { headers: { Accept: "application/json" } });
      return (await answer.json()).request_options;
    }
    const given = JSON.parse(document.getElementById(this.dataset.options).textContent);
    return given.creation_options ?? given.request_options;
  }

  async ask() {
    const said = this.querySelector("[role=status]");
    said.textContent = "";
    try {
      const options = opened(await this.options());
      if (this.form.elements.passwordless?.checked) {
        const wish = options.publicKey.authenticatorSelection ??= {};
        Object.assign(wish, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
      }
      const credential = this.dataset.act === "create"
        ? await navigator.credentials.create(options)
        : await navigator.credentials.get(options);
      this.form.elements.credential.value = JSON.stringify(packed(credential));
      this.answered = true;
      this.form.requestSubmit();
    } catch {
      said.textContent = this.dataset.sorry;
    }
  }
}

customElements.define("passkey-form", PasskeyForm);
