// A form with data-passkey ("create" or "get") asks the browser for a passkey when it is sent, with the
// options in data-options, and sends the answer along. Without scripts its button is not there, and the
// page says so; the same where a browser knows no passkeys.

const canAsk = () =>
  ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"].every(
    (name) => typeof window.PublicKeyCredential?.[name] === "function",
  );

async function ask({ passkey, options }) {
  const given = JSON.parse(options);
  const credential =
    passkey === "create"
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(given),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given),
        });
  return JSON.stringify(credential);
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  const refusal = form.querySelector("[data-passkey-refused]");
  button.disabled = true;
  refusal.hidden = true;
  try {
    form.elements.credential.value = await ask(form.dataset);
    form.submit();
  } catch {
    refusal.hidden = false;
  } finally {
    button.disabled = false;
  }
}

if (canAsk()) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-passkey-with]").hidden = false;
    form.querySelector("[data-passkey-without]").hidden = true;
    form.addEventListener("submit", send);
  }
}
