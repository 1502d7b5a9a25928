// What the pages of curators share: asking the API as who is signed in, telling what was done and
// what is wrong at its field, and forms whose fields are named by the JSON pointer of what they hold.

const csrf = document.querySelector("meta[name=csrf-token]")?.content ?? "";

// What the API refused: its status, its sentence, and what is wrong where.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `refused with status ${status}`);
    this.status = status;
    this.errors = problem?.errors ?? [];
  }
}

/** Asks; gives {json, etag, status}. Throws Refusal; leads to the form to sign in where nobody is. */
export async function ask(method, path, { body, version, key, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version) headers["If-Match"] = version;
  if (key) headers["Idempotency-Key"] = key;
  let reply;
  try {
    reply = await fetch(path, { method, headers, signal, cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, { detail: "The service could not be reached. Nothing typed is lost: try again." });
  }
  const text = await reply.text();
  const json = text === "" ? null : JSON.parse(text);
  if (reply.status === 401) location.reload(); // gives the form to sign in, which leads back here
  if (!reply.ok) throw new Refusal(reply.status, json);
  return { json, etag: reply.headers.get("ETag"), status: reply.status };
}

/** A key for one thing that is done: sent again, it is done once. */
export const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16)).join("");

/** The address of an id under `start`: slashes stay. */
export const at = (start, id) => start + id.split("/").map(encodeURIComponent).join("/");

/** An element: make("p", {class: "note", onclick}, "words", other). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Says what was done, to eyes and ears. */
export function said(words) {
  const place = document.querySelector("#said");
  place.textContent = "";
  place.textContent = words;
  quiet();
}

export function quiet() {
  const place = document.querySelector("#trouble");
  place.hidden = true;
  place.replaceChildren();
}

/** Tells what was refused. Somebody else's change offers to read anew. */
export function tell(error, place = document.querySelector("#trouble")) {
  if (error.name === "AbortError") return;
  const words = [make("p", {}, error.status === 412
    ? "Somebody changed this meanwhile, so nothing was saved. Read it anew, then write again."
    : error.message)];
  if (error.status === 412)
    words.push(make("p", { class: "buttons" }, make("button", { type: "button", onclick: () => location.reload() }, "Read it anew")));
  place.replaceChildren(...words);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

// ---- forms ----

const fieldsOf = (form) => [...form.elements].filter((one) => one.name?.startsWith("/") && !one.disabled);
const partsOf = (pointer) => pointer.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function valueOf(field) {
  const text = field.value.trim();
  if (field.type === "checkbox") return field.checked ? true : null;
  if (field.type === "radio" && !field.checked) return undefined;
  if (text === "") return null;
  if (field.dataset.number === undefined) return text;
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : text; // the API says what is wrong with it
}

export function put(target, pointer, value) {
  const parts = partsOf(pointer);
  const last = parts.pop();
  let place = target;
  parts.forEach((part, i) => {
    const next = i + 1 < parts.length ? parts[i + 1] : last;
    place[part] ??= /^\d+$/.test(next) ? [] : {};
    place = place[part];
  });
  place[last] = value;
}

export function get(source, pointer) {
  return partsOf(pointer).reduce((place, part) => place?.[part], source);
}

/** What the form holds, as JSON. Empty fields are left out, or null where `nulls`. */
export function read(form, { nulls = false } = {}) {
  const body = {};
  for (const field of fieldsOf(form)) {
    const value = valueOf(field);
    if (value === undefined || (value === null && !nulls)) continue;
    put(body, field.name, value);
  }
  return body;
}

export function fill(form, json) {
  for (const field of [...form.elements].filter((one) => one.name?.startsWith("/"))) {
    const value = get(json, field.name);
    if (field.type === "checkbox") field.checked = value === true;
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value ?? "";
  }
}

/** Puts what is wrong at its fields, the rest above the form; `focus`: and goes to the first. */
export function showErrors(form, error, { focus = true } = {}) {
  clearErrors(form);
  const rest = [];
  let first = null;
  for (const { pointer, detail } of error.errors) {
    const field = fieldFor(form, pointer);
    if (!field) rest.push(`${pointer}: ${detail}`);
    else {
      mark(form, field, detail);
      first ??= field;
    }
  }
  if (error.errors.length === 0) rest.push(error.message);
  if (rest.length > 0)
    form.prepend(make("div", { class: "trouble wrong", role: "alert" }, ...rest.map((words) => make("p", {}, words))));
  if (focus) first?.focus();
}

// The field itself, else the first beneath it, else the nearest above.
function fieldFor(form, pointer) {
  if (pointer === "") return undefined;
  const fields = fieldsOf(form);
  const seen = fields.filter((one) => one.type !== "hidden");
  const found = seen.find((one) => one.name === pointer) ?? seen.find((one) => one.name.startsWith(`${pointer}/`)) ??
    fields.find((one) => one.name === pointer)?.closest("p")?.querySelector("select"); // filled in by a choice
  return found ?? fieldFor(form, pointer.slice(0, pointer.lastIndexOf("/")));
}

function mark(form, field, detail) {
  const id = `wrong-${form.id}-${field.name.replaceAll("/", "-")}`;
  const there = form.querySelector(`#${CSS.escape(id)}`);
  if (there) {
    there.append(`; ${detail}`);
    return;
  }
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
  (field.closest("p, li, fieldset") ?? field.parentElement).append(make("span", { class: "wrong", id }, detail));
}

export function clearErrors(form) {
  for (const one of form.querySelectorAll(".wrong")) one.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    one.removeAttribute("aria-describedby");
  }
}

/** Runs `act` once at a time, with what is pressed marked as busy; refusals go to the form. */
export async function busy(form, act) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 412 || error.status === 0) tell(error);
    else showErrors(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** A question in the page before something is done that others see: a form that opens after `where`. */
export function confirmWith(where, { words, label, act, reason = true }) {
  document.querySelector("#sure")?.remove();
  const field = make("input", { class: "whole", id: "sure-reason", name: "/reason", maxlength: "1000" });
  const form = make("form", { id: "sure", class: "told sure" },
    make("p", {}, words),
    reason ? make("p", {}, make("label", { for: "sure-reason" }, "Why?"), make("br"), field) : null,
    make("p", { class: "buttons" },
      make("button", { type: "submit" }, label),
      make("button", { type: "button", class: "second", onclick: () => { form.remove(); where.focus(); } }, "No")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form, () => act(field.value.trim() || undefined));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { form.remove(); where.focus(); }
  });
  where.after(form);
  (reason ? field : form.querySelector("button")).focus();
}
