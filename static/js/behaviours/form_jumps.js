// A link to a field opens what the field stands in and moves the focus there. The section that was open
// last opens again when the form comes back after a save.

const KEY = `open section ${location.pathname}`;
const sections = [...document.querySelectorAll("details.form-section")];
const isFaulty = document.querySelector(".form-section .errorlist, [data-unsaved]");

function open(element) {
  for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) {
    around.open = true;
  }
}

function jump(id) {
  const element = document.getElementById(id);
  if (!element) return false;
  open(element);
  const field = element.closest(".form-field") ?? element;
  const target = element.matches(".select2-hidden-accessible") ? field.querySelector(".select2-selection") : element;
  field.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-jump]");
  if (link && jump(decodeURIComponent(link.hash.slice(1)))) {
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
  } else if (!link) {
    for (const menu of document.querySelectorAll("[data-form-bar] details[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-form-bar] details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const section of sections) {
  section.addEventListener("toggle", () => section.open && sessionStorage.setItem(KEY, section.id));
}
if (!isFaulty) document.getElementById(sessionStorage.getItem(KEY))?.setAttribute("open", "");
if (location.hash) jump(decodeURIComponent(location.hash.slice(1)));
