// While a form with data-sends is on its way, its button says so; nothing moves.

const SLOW = 8000;
const waiting = new WeakMap();

const words = () => document.getElementById("live")?.dataset ?? {};

function say(button, text) {
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.textContent = text;
}

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const button = detail.requestConfig.triggeringEvent?.submitter;
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  if (!detail.requestConfig.elt.matches("form[data-sends]")) return;
  const before = button.textContent;
  say(button, words().sending);
  const timer = setTimeout(() => {
    say(button, words().slow);
    document.getElementById("live").textContent = words().slow;
  }, SLOW);
  waiting.set(detail.xhr, { button, before, timer });
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.requestConfig.triggeringEvent?.submitter?.removeAttribute("aria-busy");
  const sent = waiting.get(detail.xhr);
  if (!sent) return;
  clearTimeout(sent.timer);
  sent.button.textContent = sent.before;
});
