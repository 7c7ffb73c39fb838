// A discussion that htmx swaps in place: shows that it loads, keeps the drafts in its other forms,
// and moves the focus to its heading.

const messages = () => document.getElementById("live")?.dataset ?? {};
const talkOf = (element) => element?.closest?.("[data-talk]");
let drafts = [];

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const talk = talkOf(detail.target);
  if (!talk || detail.requestConfig.verb !== "get") return;
  const notice = document.createElement("p");
  notice.className = "talk__loading";
  notice.textContent = messages().loading;
  talk.setAttribute("aria-busy", "true");
  talk.prepend(notice);
  document.getElementById("live").textContent = messages().loading;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target?.matches?.("[data-talk]")) return;
  const form = detail.requestConfig.elt;
  drafts = [...detail.target.querySelectorAll("textarea")]
    .filter((box) => box.value && !form.contains(box))
    .map((box) => ({ id: box.id, text: box.value }));
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  for (const { id, text } of drafts) {
    const box = document.getElementById(id);
    if (!box) continue;
    box.value = text;
    box.closest("details.reply")?.setAttribute("open", "");
  }
  drafts = [];
  if (detail.requestConfig.verb !== "get") return;
  document.getElementById("live").textContent = "";
  const heading = document.getElementById(detail.target.id)?.closest("section").querySelector("h3");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
});
