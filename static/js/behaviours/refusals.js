// What was refused is said inside the form that was sent; the text in it stays.
// The server answers scripts and people alike with a whole page: its sentence is taken from there.

const words = () => document.getElementById("live")?.dataset ?? {};
let count = 0;

function sentenceOf(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const found = page.querySelector("[data-refusal]") ?? page.querySelector("main h1");
  return found?.textContent.trim().replace(/\s+/g, " ") || words().lost;
}

function messageOf(form) {
  const old = form.querySelector("[data-message]");
  if (old) return old;
  const message = document.createElement("p");
  message.className = "field__error";
  message.dataset.message = "";
  message.id = `message-${++count}`;
  message.tabIndex = -1;
  form.prepend(message);
  return message;
}

function show(form, sentence, isWrong) {
  const message = messageOf(form);
  message.textContent = sentence;
  const field =
    form.querySelector("[name=consent]:not(:checked)") ?? form.querySelector("textarea");
  field?.setAttribute("aria-describedby", message.id);
  if (isWrong) field?.setAttribute("aria-invalid", "true");
  message.focus();
}

function failed({ detail: { requestConfig, xhr } }) {
  const sent = requestConfig.elt;
  if (sent.matches("a")) location.assign(sent.href);
  else if (xhr.status) show(sent, sentenceOf(xhr), xhr.status === 400);
  else show(sent, words().lost, false);
}

// A form's answer comes from the form's own address, unless the log-in page came between.
function strayed({ detail }) {
  const { verb, path, elt } = detail.requestConfig;
  const answered = new URL(detail.xhr.responseURL, location.href).pathname;
  if (verb !== "post" || answered === new URL(path, location.href).pathname) return;
  detail.shouldSwap = false;
  show(elt, words().loggedOut, false);
}

// What was said of the request before is over; the same words are then said anew.
function forget() {
  const live = document.getElementById("live");
  if (live) live.textContent = "";
}

document.addEventListener("htmx:configRequest", forget);
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:beforeSwap", strayed);
