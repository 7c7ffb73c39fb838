// Keeps what an editor types on the server, for them alone, until the form is saved: two seconds after a
// change, and when the page is left. Says so in [data-writing-state], and who else has the form open in
// [data-writing-others]. Tells other scripts by the events writing:changed (after a pause) and
// writing:saved (with the answer), both on the document.

const pane = document.querySelector("[data-live-pane]");
const form = pane && document.getElementById(pane.dataset.livePane);
const state = document.querySelector("[data-writing-state]");
const others = document.querySelector("[data-writing-others]");
const opening = form?.elements._opening;

const SETTLED = 800; // milliseconds without a change, until other scripts hear of it
const PAUSE = 2000; // until it is kept
const LONGEST = 10_000; // while somebody types without a pause
const HEARTBEAT = 20_000;
const ARRIVED = 1500; // until the server has heard that the page before this one was left
const SMALL = 60_000; // bytes that a browser still sends when it leaves a page
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "_opening"]);

let atFirst = null; // the form as it was before anybody touched it
let current = "";
let kept = null; // the fields that the server has
let changedAt = 0;
let isTold = true;
let dirtySince = 0;
let sending = false;
let sent = false;
let retryAt = 0;

function pairs() {
  return [...new FormData(form)].filter(([name, value]) => !NOT_TEXT.has(name) && typeof value === "string");
}

const body = (fields) => new URLSearchParams(fields);

function say(key, time = "") {
  if (!state) return;
  const text = pane.dataset[key]?.replace("{time}", time) ?? "";
  if (state.textContent !== text) state.textContent = text;
  state.dataset.state = key;
}

function showOthers({ others: messages, meanwhile }) {
  const texts = [...messages, meanwhile].filter(Boolean);
  if ([...others.children].map((line) => line.textContent).join("\n") === texts.join("\n")) return;
  others.replaceChildren(
    ...texts.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  others.classList.toggle("writing-note--none", !texts.length);
}

function request(fields, act) {
  const own = { _act: act, _opening: opening.value, _opened_at: pane.dataset.openedAt };
  const all = body(fields);
  for (const [name, value] of Object.entries(own)) all.set(name, value);
  // The form's own: a preview inside the form may bring fields of the same name.
  all.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
  return all;
}

async function post(fields, act) {
  const send = () =>
    fetch(pane.dataset.autosaveUrl, { method: "POST", body: request(fields, act), redirect: "manual" });
  let response = await send();
  if (response.status === 403 && (await renewToken())) response = await send();
  return response;
}

// Somebody logged in again in another tab: the token of this page is old.
async function renewToken() {
  const response = await fetch(pane.dataset.autosaveUrl, { redirect: "manual" });
  if (!response.ok) return false;
  const { token } = await response.json();
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

function explain(response) {
  if (response.type === "opaqueredirect" || response.status === 403) return say("textLoggedOut");
  say([400, 413].includes(response.status) ? "textTooLong" : "textOffline");
}

async function answerOf(fields, act) {
  try {
    const response = await post(fields, act);
    if (response.ok) return await response.json();
    explain(response);
  } catch {
    say("textOffline");
  }
  retryAt = Date.now() + HEARTBEAT / 4;
  return null;
}

async function save() {
  const fields = pairs();
  const text = String(body(fields));
  const isBack = text === atFirst;
  sending = true;
  const answer = await answerOf(isBack ? [] : fields, isBack ? "drop" : "save");
  sending = false;
  if (!answer || sent) return;
  if (answer.is_closed) {
    // Dropped, or stored by a page that the browser has come back from: what follows is a new text.
    opening.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    kept = null;
    if (!isBack) return void (dirtySince ||= Date.now());
  } else kept = fields;
  if (String(body(pairs())) === text) dirtySince = 0;
  showOthers(answer);
  if (answer.saved_at) say("textKept", answer.saved_at);
  else say("");
  document.dispatchEvent(new CustomEvent("writing:saved", { detail: answer }));
}

async function beat() {
  if (sent || sending || dirtySince || document.hidden) return;
  const answer = await answerOf([], "open");
  if (answer) showOthers(answer);
}

function look() {
  if (atFirst === null || sent) return;
  const text = String(body(pairs()));
  const now = Date.now();
  if (text !== current) {
    current = text;
    changedAt = now;
    isTold = false;
    dirtySince ||= now;
    if (state?.dataset.state !== "textOffline") say("textWaiting");
  } else if (!isTold && now - changedAt >= SETTLED) {
    isTold = true;
    document.dispatchEvent(new CustomEvent("writing:changed"));
  }
  const isDue = now - changedAt >= PAUSE || now - dirtySince >= LONGEST;
  if (dirtySince && isDue && !sending && now >= retryAt) save();
}

// What changed since the server heard of it, as far as a browser still sends it.
function parting() {
  const fields = pairs();
  if (!kept || String(body(fields)).length < SMALL) return [fields, "save"];
  const before = new Map();
  for (const [name, value] of kept) before.set(name, [...(before.get(name) ?? []), value]);
  const now = new Map();
  for (const [name, value] of fields) now.set(name, [...(now.get(name) ?? []), value]);
  const changed = fields.filter(([name]) => String(now.get(name)) !== String(before.get(name)));
  const gone = [...before.keys()].filter((name) => !now.has(name)).map((name) => ["_gone", name]);
  return [[...changed, ...gone], "changes"];
}

function onLeave() {
  if (sent) return;
  const isTyped = atFirst !== null && (dirtySince || String(body(pairs())) !== current);
  const [fields, act] = isTyped ? parting() : [[], "open"];
  const all = request(fields, act);
  all.set("_leaving", "1");
  if (navigator.sendBeacon?.(pane.dataset.autosaveUrl, all)) return;
  fetch(pane.dataset.autosaveUrl, { method: "POST", body: all, keepalive: true }).catch(() => {});
}

function begin() {
  if (atFirst !== null) return;
  // A form that is shown again with text which nothing stored has it to lose from the first moment.
  atFirst = form.querySelector("[data-unsaved]") ? "" : String(body(pairs()));
  current = String(body(pairs()));
  if (atFirst === "") dirtySince = Date.now();
}

function start() {
  for (const event of ["focusin", "pointerdown", "keydown"]) form.addEventListener(event, begin, true);
  if (form.querySelector("[data-unsaved]")) begin();
  window.addEventListener("submit", (event) => {
    const isPreview = event.submitter?.formTarget === "_blank";
    if (event.target === form && !event.defaultPrevented && !isPreview) sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
  window.addEventListener("pagehide", onLeave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirtySince && !sending && !sent) save();
  });
  setInterval(look, 400);
  setInterval(beat, HEARTBEAT);
  setTimeout(beat, ARRIVED);
}

if (form && opening) start();
