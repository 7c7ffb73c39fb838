// Hides the fields that do not fit what is chosen, as long as they are empty: data-fits holds rules such
// as `basis=salt` (a field of the same row), `/remedy.kind=mineral` (a column of what the form's own field
// chooses). A choice that does not say its column, such as a work that was just added, fits everything.

function sourceOf(field, path) {
  const row = path.startsWith("/") ? null : field.closest("[data-row]");
  const name = path.replace("/", "");
  const form = field.form ?? document;
  return form.querySelector(`[name="${row ? `${row.dataset.row}-${name}` : name}"]`);
}

function holds(field, rule) {
  const [path, values] = rule.split("=");
  const [name, column] = path.split(".");
  const source = sourceOf(field, name);
  if (!source) return true; // a field that is fixed is not in the form, and the server has left out the rest
  if (!column) return values.split("|").includes(source.value);
  const key = column.replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
  const value = source.selectedOptions?.[0]?.dataset[key];
  return value === undefined || values.split("|").includes(value);
}

const isEmpty = (field) => ![...(field.selectedOptions ?? [field])].some((each) => each.value);
const isFaulty = (box) => box.querySelector(".errorlist");

function fit(form) {
  for (const field of form.querySelectorAll("[data-fits]")) {
    const box = field.closest(".form-field");
    if (!box) continue;
    const fits = field.dataset.fits.split(";").every((rule) => holds(field, rule));
    box.hidden = !fits && isEmpty(field) && !isFaulty(box);
  }
}

const all = () => document.querySelectorAll("form:has([data-fits])").forEach(fit);
document.addEventListener("change", all);
document.addEventListener("formset:added", all);

const jQuery = window.django?.jQuery;
jQuery?.(document).on("select2:select", ".admin-autocomplete", ({ target, params }) => {
  const { id, text, selected, disabled, element, ...columns } = params.data;
  const option = [...target.options].find((each) => each.value === String(id));
  for (const [name, value] of Object.entries(columns)) {
    const key = name.replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
    if (option && typeof value === "string" && !name.startsWith("_")) option.dataset[key] = value;
  }
  all();
});
all();
