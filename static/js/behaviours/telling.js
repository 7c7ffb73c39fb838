// What was done on the page before, said once to those who hear the page. A region speaks when its
// words change, not when it comes with them; and the focus is at the place where it was done.

const BEAT = 500; // the browser names the new page and the place of the focus first

const told = document.querySelector(".messages");
const live = document.getElementById("live");
if (told && live) {
  told.removeAttribute("role");
  const words = told.innerText.trim().replace(/\s+/g, " ");
  setTimeout(() => (live.textContent = words), BEAT);
}
