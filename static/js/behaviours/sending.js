// While a form with data-sends is being submitted, its button shows it; nothing moves.

const SLOW = 8000;
const pending = new WeakMap();

const messages = () => document.getElementById("live")?.dataset ?? {};

function setLabel(button, text) {
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.textContent = text;
}

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const button = detail.requestConfig.triggeringEvent?.submitter;
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  if (!detail.requestConfig.elt.matches("form[data-sends]")) return;
  const label = button.textContent;
  setLabel(button, messages().sending);
  const timer = setTimeout(() => {
    setLabel(button, messages().slow);
    document.getElementById("live").textContent = messages().slow;
  }, SLOW);
  pending.set(detail.xhr, { button, label, timer });
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.requestConfig.triggeringEvent?.submitter?.removeAttribute("aria-busy");
  const request = pending.get(detail.xhr);
  if (!request) return;
  clearTimeout(request.timer);
  request.button.textContent = request.label;
});
