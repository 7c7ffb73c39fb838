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

function failed({ detail }) {
  const link = detail.elt.closest("a");
  if (link) location.assign(link.href);
  else if (detail.xhr.status) show(detail.elt, sentenceOf(detail.xhr), detail.xhr.status === 400);
  else show(detail.elt, words().lost, false);
}

// A form's answer comes from the form's own address, unless the log-in page came between.
function strayed({ detail }) {
  const { verb, path } = detail.requestConfig;
  const answered = new URL(detail.xhr.responseURL, location.href).pathname;
  if (verb !== "post" || answered === new URL(path, location.href).pathname) return;
  detail.shouldSwap = false;
  show(detail.elt ?? detail.requestConfig.elt, words().loggedOut, false);
}

document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:beforeSwap", strayed);
