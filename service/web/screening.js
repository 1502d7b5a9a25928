// The queue, one publication at a time. Every key has a button; the focus stays on what is shown.
import { ask, at, make, newKey, quiet, said, tell } from "./curate.js";

const by = (id) => document.getElementById(id);
const card = by("card");
const state = { items: [], place: 0, cursor: null, total: 0, done: [], busy: false };

for (const [id, act] of Object.entries({ include, exclude: openReasons, undo: takeBack, before: () => move(-1), after: () => move(1) }))
  by(id).addEventListener("click", act);
by("keep-open").addEventListener("click", closeReasons);
by("leave-out").addEventListener("click", () => leaveOut(by("reason").value));
by("reason").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); leaveOut(by("reason").value); }
});
for (const button of document.querySelectorAll("[data-reason]"))
  button.addEventListener("click", () => leaveOut(button.dataset.reason));
document.addEventListener("keydown", onKey);
load();

async function load() {
  try {
    await fetchMore();
    show();
  } catch (error) {
    tell(error);
  }
}

async function fetchMore() {
  const { json } = await ask("GET", `/v1/screening?limit=50${state.cursor ? `&cursor=${state.cursor}` : ""}`);
  const known = new Set(state.items.map((one) => one.publication.id));
  state.items.push(...json.items.filter((one) => !known.has(one.publication.id)));
  state.cursor = json.next;
  state.total = json.total;
}

// ---- what is shown ----

const labelOf = (item) => item.publication.label;

function whoOf({ authors, authors_complete: complete, year, journal, participants, design }) {
  const names = authors.slice(0, 3).map((one) => one.family ?? one.group).filter(Boolean);
  const more = authors.length > 3 || !complete ? " and others" : "";
  return [names.length ? names.join(", ") + more : null, year, journal, design,
    participants ? `${participants} people, as a program read it` : null].filter(Boolean).join(" · ");
}

function show(focus = false) {
  const item = state.items[state.place];
  card.hidden = by("queue").hidden = !item;
  by("empty").hidden = Boolean(item);
  by("undo").disabled = state.done.length === 0;
  closeReasons(false);
  if (!item) {
    if (focus) document.querySelector("h1").focus();
    return;
  }
  by("place").textContent = `${state.place + 1} of ${state.total}`;
  by("title").replaceChildren(item.publication.url
    ? make("a", { href: item.publication.url, rel: "noreferrer" }, item.publication.title ?? item.publication.id)
    : item.publication.title ?? item.publication.id);
  by("who").textContent = whoOf(item.publication);
  by("why").textContent = `Why it stands here: ${item.why}`;
  by("abstract").textContent = item.abstract ?? "No abstract came with it.";
  by("intervention").value = item.about.intervention?.id ?? "";
  by("condition").value = item.about.condition?.id ?? "";
  wrong("condition", "");
  showQueue();
  if (focus) {
    by("title").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
}

function showQueue() {
  const from = Math.max(0, state.place - 2);
  document.querySelector(".queue").replaceChildren(...state.items.slice(from, from + 8).map((item, i) =>
    make("li", { value: from + i + 1 }, make("button", {
      type: "button", class: "link", "aria-current": from + i === state.place ? "true" : null,
      onclick: () => { state.place = from + i; show(true); },
    }, item.publication.title ?? item.publication.id))));
}

function move(step) {
  const next = state.place + step;
  if (next < 0 || next >= state.items.length) return said(step < 0 ? "This is the first." : "This is the last.");
  state.place = next;
  show(true);
  said(`${next + 1} of ${state.total}: ${labelOf(state.items[next])}`);
}

// ---- deciding ----

async function decide(body, words) {
  const item = state.items[state.place];
  if (!item || state.busy) return;
  state.busy = true;
  card.setAttribute("aria-busy", "true");
  try {
    await ask("PATCH", at("/v1/screening/", item.publication.id), { body, key: newKey() });
    state.items.splice(state.place, 1);
    state.total--;
    state.done.push({ item, place: state.place });
    if (state.items.length - state.place < 5 && state.cursor) await refill();
    state.place = Math.max(0, Math.min(state.place, state.items.length - 1));
    show(true);
    const next = state.items[state.place];
    said(`${words}: ${labelOf(item)}. ${next ? `Next: ${labelOf(next)}, ${state.total} left.` : "Nothing is left."}`);
  } catch (error) {
    tell(error);
  } finally {
    state.busy = false;
    card.removeAttribute("aria-busy");
  }
}

// What was decided is out of the queue, so what comes next begins earlier: read from the start.
async function refill() {
  state.cursor = null;
  await fetchMore();
}

function include() {
  const condition = by("condition").value;
  if (!condition) {
    wrong("condition", "Say which complaint its people had.");
    by("condition").focus();
    return;
  }
  decide({ decision: "included", condition, ...(by("intervention").value && { intervention: by("intervention").value }) }, "Included");
}

function leaveOut(reason) {
  if (!reason.trim()) {
    wrong("reason", "Say why it is left out.");
    by("reason").focus();
    return;
  }
  decide({ decision: "excluded", reason: reason.trim() }, "Left out");
}

async function takeBack() {
  const last = state.done.at(-1);
  if (!last || state.busy) return;
  state.busy = true;
  try {
    await ask("PATCH", at("/v1/screening/", last.item.publication.id),
      { body: { decision: "unscreened", reason: "taken back" }, key: newKey() });
    state.done.pop();
    state.items.splice(last.place, 0, last.item);
    state.total++;
    state.place = last.place;
    show(true);
    said(`Taken back: ${labelOf(last.item)} waits again.`);
  } catch (error) {
    tell(error);
  } finally {
    state.busy = false;
  }
}

function wrong(id, words) {
  const field = by(id);
  by(`${id}-wrong`)?.remove();
  field.toggleAttribute("aria-invalid", false);
  field.removeAttribute("aria-describedby");
  if (!words) return;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${id}-wrong`);
  field.after(make("span", { class: "wrong", id: `${id}-wrong`, role: "alert" }, words));
}

// ---- reasons ----

function openReasons() {
  by("why-not").hidden = false;
  by("reason").value = "";
  wrong("reason", "");
  document.querySelector("[data-reason]").focus();
  quiet();
}

function closeReasons(back = true) {
  const was = by("why-not").hidden;
  by("why-not").hidden = true;
  if (!was && back !== false) by("exclude").focus();
}

// ---- keys ----

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || !by("single").checked) return;
  if (event.key === "Escape" && !by("why-not").hidden) return closeReasons();
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  const number = Number(event.key);
  if (!by("why-not").hidden && number >= 1) {
    const button = document.querySelectorAll("[data-reason]")[number - 1];
    if (button) { event.preventDefault(); leaveOut(button.dataset.reason); }
    return;
  }
  const act = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    i: include, e: openReasons, u: takeBack, "?": () => by("keys").toggleAttribute("open") }[event.key];
  if (!act || (card.hidden && !["u", "?"].includes(event.key))) return;
  event.preventDefault();
  act();
}
