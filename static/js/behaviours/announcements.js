// Announces the messages of the page before to screen readers, once. A live region is announced when
// its text changes, not when the page loads with it; the focus is where the action took place.

const DELAY = 500; // the browser announces the new page and its focus first

const messages = document.querySelector(".messages");
const live = document.getElementById("live");
if (messages && live) {
  messages.removeAttribute("role");
  const text = messages.innerText.trim().replace(/\s+/g, " ");
  setTimeout(() => (live.textContent = text), DELAY);
}
