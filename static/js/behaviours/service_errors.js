// Shows why a request failed inside the form that was submitted; the text in it stays.
// The server answers htmx with the whole error page: the message is taken from there. A preview that
// follows the typing shows it in its own place and leaves the focus in the text.

const messages = () => document.getElementById("live")?.dataset ?? {};
let count = 0;

function errorMessage(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const element = page.querySelector("[data-refusal]") ?? page.querySelector("main h1");
  return element?.textContent.trim().replace(/\s+/g, " ") || messages().lost;
}

function messageElement(form) {
  const existing = form.querySelector("[data-message]");
  if (existing) return existing;
  const element = document.createElement("p");
  element.className = "field__error";
  element.dataset.message = "";
  element.id = `message-${++count}`;
  element.tabIndex = -1;
  form.prepend(element);
  return element;
}

function showError(form, message, isInvalid) {
  const element = messageElement(form);
  element.textContent = message;
  const field =
    form.querySelector("[name=consent]:not(:checked)") ?? form.querySelector("textarea");
  field?.setAttribute("aria-describedby", element.id);
  if (isInvalid) field?.setAttribute("aria-invalid", "true");
  element.focus();
}

function showInPreview(preview, xhr) {
  const element = document.createElement("p");
  element.textContent = xhr.status ? errorMessage(xhr) : messages().lost;
  preview.replaceChildren(element);
}

// A button may have a request of its own.
const formOf = (element) => element.closest("form") ?? element;

function onError({ detail: { requestConfig, xhr } }) {
  const element = requestConfig.elt;
  if (element.matches("a")) location.assign(element.href);
  else if (element.matches("[data-preview]")) showInPreview(element, xhr);
  else if (xhr.status) showError(formOf(element), errorMessage(xhr), xhr.status === 400);
  else showError(formOf(element), messages().lost, false);
}

// The response to a form comes from the form's own URL, unless the request was redirected to the
// log-in page.
function onRedirectedToLogin({ detail }) {
  const { verb, path, elt } = detail.requestConfig;
  const responsePath = new URL(detail.xhr.responseURL, location.href).pathname;
  if (verb !== "post" || responsePath === new URL(path, location.href).pathname) return;
  detail.shouldSwap = false;
  showError(formOf(elt), messages().loggedOut, false);
}

// A live region is announced when its text changes: emptied first, the same text is announced again.
function clearLiveRegion() {
  const live = document.getElementById("live");
  if (live) live.textContent = "";
}

document.addEventListener("htmx:configRequest", clearLiveRegion);
document.addEventListener("htmx:responseError", onError);
document.addEventListener("htmx:sendError", onError);
document.addEventListener("htmx:timeout", onError);
document.addEventListener("htmx:beforeSwap", onRedirectedToLogin);
