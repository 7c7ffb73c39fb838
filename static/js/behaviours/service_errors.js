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

// Without a session, or with a token of an older log-in, the browser sends the form itself: the server
// answers with a page that carries the text through the log-in. The page is left on purpose then.
function sendWithoutHtmx(form) {
  form.removeAttribute("data-sends");
  HTMLFormElement.prototype.submit.call(form);
}

function showInPreview(preview, message) {
  const element = document.createElement("p");
  element.textContent = message;
  preview.replaceChildren(element);
}

// A button may have a request of its own, and stand outside its form.
const formOf = (element) => element.form ?? element.closest("form") ?? element;

function onError({ detail: { requestConfig, xhr } }) {
  const element = requestConfig.elt;
  const message = xhr.status ? errorMessage(xhr) : messages().lost;
  if (element.matches("form[data-sends]") && xhr.responseText.includes("data-kept-text")) {
    sendWithoutHtmx(element);
  } else if (element.matches("a")) location.assign(element.href);
  else if (element.matches("[data-preview]")) showInPreview(element, message);
  else showError(formOf(element), message, xhr.status === 400);
}

// The response to a form comes from the form's own URL, unless the request was redirected to the
// log-in page.
function onRedirectedToLogin({ detail }) {
  const { verb, path, elt } = detail.requestConfig;
  const responsePath = new URL(detail.xhr.responseURL, location.href).pathname;
  if (verb !== "post" || responsePath === new URL(path, location.href).pathname) return;
  detail.shouldSwap = false;
  if (elt.matches("form[data-sends]")) sendWithoutHtmx(elt);
  else if (elt.matches("[data-preview]")) showInPreview(elt, messages().loggedOut);
  else showError(formOf(elt), messages().loggedOut, false);
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
