// The API's page: "Try it" builds a form for an operation from the same document that the page is
// written from, sends it to this host alone, and shows what came back.
const MOST_SHOWN = 200_000; // bytes of an answer; exports and streams may have no end

let document_; // fetched when first needed

for (const place of document.querySelectorAll("[data-op]")) {
  const button = element("button", { type: "button", textContent: "Try it" });
  place.append(element("p", {}, button));
  button.addEventListener("click", () => open(place, button));
}
reveal();
addEventListener("hashchange", reveal);

// What an address names is unfolded, in browsers too that do not do so by themselves.
function reveal() {
  const folded = document.getElementById(location.hash.slice(1))?.closest("details");
  if (!folded || folded.open) return;
  folded.open = true;
  folded.scrollIntoView();
}

async function open(place, button) {
  button.disabled = true;
  try {
    document_ ??= await (await fetch("/openapi.json")).json();
    const form = formOf(operationOf(place.dataset.op));
    button.parentElement.replaceWith(form);
    form.querySelector("input, select, textarea, button").focus();
  } catch {
    button.disabled = false;
    button.textContent = "The document could not be fetched. Try again";
  }
}

// ---- the document ----

function operationOf(id) {
  for (const [path, methods] of Object.entries(document_.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation.operationId === id) return { id, path, method: method.toUpperCase(), ...operation };
  throw new Error(id);
}

const follow = (value) =>
  value?.$ref ? value.$ref.slice(2).split("/").reduce((at, key) => at[key], document_) : value;

const bodyOf = (operation) => operation.requestBody?.content["application/json"];

// ---- the form ----

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function formOf(operation) {
  const form = element("form", { className: "try", noValidate: true });
  const parameters = (operation.parameters ?? []).map(follow);
  const shown = parameters.map(({ examples }) => Object.keys(examples ?? {})[0]).find((key) => key);
  for (const parameter of parameters) form.append(fieldOf(operation, parameter, shown));
  if (bodyOf(operation)) form.append(...bodyFieldsOf(operation));
  if (operation.security?.length)
    form.append(labelled(`${operation.id}-token`, "Operator's token (it is not kept)",
      element("input", { type: "password", name: "token", autocomplete: "off" })));
  form.append(
    element("p", {}, element("button", { type: "submit", textContent: "Send" })),
    element("p", { className: "status" }), element("div", { className: "came" }));
  form.querySelector(".status").setAttribute("role", "status");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, operation, parameters);
  });
  return form;
}

function labelled(id, words, field) {
  field.id = id;
  return element("p", {}, element("label", { htmlFor: id, textContent: words }), field);
}

// What is needed is filled in from the example; of the rest the example is a hint.
function fieldOf(operation, parameter, shown) {
  const { name, required, examples = {} } = parameter;
  const schema = follow(parameter.schema);
  const example = String((examples[shown] ?? Object.values(examples)[0])?.value ?? "");
  const field = schema.enum
    ? element("select", {}, ...["", ...schema.enum].map((one) => element("option", { value: one, textContent: one || "any" })))
    : element("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: required ? "" : example });
  if (required) field.value = example;
  field.name = name;
  return labelled(`${operation.id}-${name}`, required ? `${name} (needed)` : name, field);
}

function bodyFieldsOf(operation) {
  const examples = Object.entries(bodyOf(operation).examples ?? {});
  const written = (one) => JSON.stringify(one.value, null, 2);
  const box = element("textarea", { name: "body", rows: 8, spellcheck: false, value: examples.length ? written(examples[0][1]) : "{}" });
  const fields = [labelled(`${operation.id}-body`, "Body (JSON)", box)];
  if (examples.length > 1) {
    const choice = element("select", {}, ...examples.map(([name]) => element("option", { textContent: name })));
    choice.addEventListener("change", () => (box.value = written(examples[choice.selectedIndex][1])));
    fields.unshift(labelled(`${operation.id}-example`, "Example", choice));
  }
  return fields;
}

// ---- sending ----

// The address, from the form; null where something needed is missing, which is told.
function targetOf(form, operation, parameters) {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: where, required } of parameters) {
    const field = form.elements[name];
    const value = field.value.trim();
    const missing = required && value === "";
    field.setAttribute("aria-invalid", missing);
    if (missing) {
      tell(form, `${name} is needed.`);
      field.focus();
      return null;
    }
    if (where === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(name, value);
  }
  const url = new URL(path + (query.size ? `?${query}` : ""), location.origin);
  return url.origin === location.origin ? url : null;
}

function requestOf(form, operation) {
  const headers = {};
  const token = form.elements.token?.value;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (form.elements.body) headers["Content-Type"] = "application/json";
  return { method: operation.method, headers, body: form.elements.body?.value, cache: "no-store",
    credentials: "omit", mode: "same-origin", redirect: "error" };
}

async function send(form, operation, parameters) {
  const url = targetOf(form, operation, parameters);
  if (!url) return;
  const button = form.querySelector("[type=submit]");
  const stop = new AbortController();
  const came = form.querySelector(".came");
  came.replaceChildren();
  tell(form, "Sent …");
  button.disabled = true;
  try {
    const begun = performance.now();
    const reply = await fetch(url, { ...requestOf(form, operation), signal: stop.signal });
    const { bytes, cut } = await read(reply, stop);
    const size = bytes.length < 1000 ? `${bytes.length} bytes` : `${(bytes.length / 1000).toFixed(1)} kB`;
    tell(form, `${reply.status} ${reply.statusText}, ${Math.round(performance.now() - begun)} ms, ${size}${cut ? " (cut here)" : ""}`);
    came.append(...shown(url, operation, reply, bytes));
  } catch {
    tell(form, "No answer came. Is the service still there?");
  } finally {
    button.disabled = false;
  }
}

async function read(reply, stop) {
  const reader = reply.body?.getReader();
  const parts = [];
  let length = 0;
  for (let next; reader && length < MOST_SHOWN && !(next = await reader.read()).done;) {
    parts.push(next.value);
    length += next.value.length;
  }
  const cut = length >= MOST_SHOWN;
  if (cut) stop.abort();
  return { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), cut };
}

// ---- what came back ----

function shown(url, operation, reply, bytes) {
  const type = reply.headers.get("content-type") ?? "";
  const text = new TextDecoder().decode(bytes);
  const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const parts = [
    element("p", {}, element("code", { textContent: `${operation.method} ${url.pathname}${url.search}` })),
    element("details", {}, element("summary", { textContent: "Headers" }), box(headers, "Headers")),
  ];
  if (type.startsWith("image/svg")) {
    const source = `data:image/svg+xml,${encodeURIComponent(text)}`;
    parts.push(element("img", { src: source, alt: "The picture that came back; its words stand below." }));
  }
  parts.push(/octet-stream|sqlite/.test(type) ? element("p", { textContent: "No text: save it with curl -O." }) : box(pretty(text, type), "Body"));
  return parts;
}

function pretty(text, type) {
  try {
    return /json/.test(type) && !/ndjson/.test(type) ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch {
    return text; // cut
  }
}

function box(text, words) {
  const pre = element("pre", { tabIndex: 0, textContent: text });
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", words);
  return pre;
}

function tell(form, words) {
  form.querySelector(".status").textContent = words;
}
