// Passkeys: what only a browser can ask an authenticator for. A form that needs one is shown where there can be any, asks
// as it is sent, and goes on with the answer.
{
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const read = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const known of options.excludeCredentials ?? options.allowCredentials ?? []) known.id = bytes(known.id);
    return options;
  };
  const ask = async (options) => {
    const made = options.rp ? await navigator.credentials.create({ publicKey: options }) : await navigator.credentials.get({ publicKey: options });
    const { clientDataJSON, attestationObject, authenticatorData, signature } = made.response;
    return [
      ["credential", text(made.rawId)],
      ["client_data", text(clientDataJSON)],
      ["data", text(attestationObject ?? authenticatorData)],
      ["signature", signature ? text(signature) : ""],
    ];
  };
  for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
    form.hidden = false;
    let answered = false;
    form.addEventListener("submit", async (event) => {
      if (answered) return;
      event.preventDefault();
      const fault = form.querySelector(".fault[role=alert]");
      fault.hidden = true;
      try {
        const answer = await ask(read(JSON.parse(form.dataset.passkey)));
        for (const [name, value] of answer) {
          (form.querySelector(`[data-as=${name}]`) ?? form.elements[name]).value = value;
        }
        answered = true;
        form.requestSubmit();
      } catch {
        fault.hidden = false;
      }
    });
  }
}
