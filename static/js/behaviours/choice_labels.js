// Autocomplete fields of the admin say the words of their label to screen readers.

function label(select) {
  const words = select.labels?.[0]?.textContent.trim() || select.getAttribute("aria-label");
  const box = select.nextElementSibling;
  if (!words || !box?.matches(".select2")) return;
  for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered[role], .select2-search__field")) {
    part.setAttribute("aria-label", words);
    part.removeAttribute("aria-labelledby");
  }
}

const jQuery = window.django?.jQuery;
const labelAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(label);

// After the admin's own script, which makes the fields when the page is ready and when a row is added.
jQuery?.(() => labelAll(document));
document.addEventListener("formset:added", ({ target }) => labelAll(target));
jQuery?.(document).on("select2:open", ({ target }) => {
  const words = target.labels?.[0]?.textContent.trim();
  const field = document.querySelector(".select2-container--open .select2-search__field");
  if (words && field) field.setAttribute("aria-label", words);
});
