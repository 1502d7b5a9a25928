// One study with all that can be entered of it. What is sent carries the version that was read, so
// that nobody's change is lost; what a result would do is asked before it is saved.
import { instrumentForm } from "./appraise.js";
import { Refusal, ask, at, busy, clearErrors, confirmWith, fill, make, newKey, read, said, showErrors, tell } from "./curate.js";

const WAIT_MS = 350;
const by = (id) => document.getElementById(id);
const work = by("work");
const id = work?.dataset.id;
const own = () => at("/v1/studies/", id);
const state = { study: null, version: null, editing: { result: null, harm: null } };

if (work) start();
else find();

async function start() {
  try {
    await load();
    work.hidden = false;
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
    prepareStudy();
    prepareList("result", "results");
    prepareList("harm", "harms");
    prepareResult();
    prepareNotice();
    prepareMerge();
    await prepareAppraisal();
    await Promise.all([showDuplicates(), showHistory()]);
  } catch (error) {
    tell(error);
  }
}

async function load() {
  const { json, etag } = await ask("GET", own());
  take(json, etag);
  await fillStudy();
}

// A publication that is no study yet has no version to keep to.
function take(study, etag) {
  state.study = study;
  state.version = study.status === "curated" ? etag : null;
  show();
}

// ---- what is shown ----

function show() {
  const { study } = state;
  document.querySelector("h1").textContent = study.title ?? study.id;
  document.title = `${study.label} – curation – Touchstone`;
  showFacts(study);
  showItems("appraisals", study.appraisals, appraisalWords, () => []);
  showItems("results", study.results, resultWords, (one, i) => [editButton("result", i), dropButton("results", i)]);
  showItems("harms", study.harms, (one) => `${nameOf(one.intervention)}: ${one.event} (${one.severity})${one.rate ? `, ${one.rate}` : ""}`,
    (one, i) => [editButton("harm", i), dropButton("harms", i)]);
  showItems("notices", study.notices, (one) => [one.type, one.date, one.source, one.doi].filter(Boolean).join(", "), () => []);
  by("part-appraisals").hidden = by("part-results").hidden = by("part-harms").hidden = by("part-notices").hidden = !canEnter(study);
}

const canEnter = (study) => ["curated", "included"].includes(study.status);

function showFacts(study) {
  const facts = {
    Id: make("a", { href: at("/study/", study.id) }, study.id),
    Source: study.url ? make("a", { href: study.url, rel: "noreferrer" }, study.url) : null,
    Authors: study.authors.map((one) => one.family ?? one.group).filter(Boolean).join(", "),
    Year: study.year,
    Where: study.journal,
    Stands: standing(study),
    "Speaks to": study.feeds.length > 0 ? make("ul", {}, ...study.feeds.map((question) => make("li", {}, question, " ",
      make("a", { href: `/curate/override?question=${encodeURIComponent(question)}` }, "override", make("span", { class: "unseen" }, ` ${question}`))))) : null,
    Abstract: study.abstract,
  };
  by("facts").replaceChildren(...Object.entries(facts).filter(([, value]) => value)
    .map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

function standing({ status, retracted }) {
  if (retracted) return "Retracted: it counts for nothing";
  if (status === "curated") return "A study of the base";
  if (status === "included") return "Included; it becomes a study of the base with the first thing that is saved";
  return make("span", {}, `Not included (${status}). `, make("a", { href: "/curate/screening" }, "Screen it first"));
}

const appraisalWords = (one) => [one.instrument, one.overall ?? one.overall_by_items, one.score !== null && one.score !== undefined ? `${one.score} of ${one.out_of}` : null,
  `by ${one.rated_by}`].filter(Boolean).join(", ");

function resultWords(one) {
  const figures = one.measure ? `${one.measure} ${one.estimate}${one.ci ? ` (${one.ci.join(" to ")})` : ""}`
    : one.arms?.length ? one.arms.map((arm) => `${arm.mean ?? arm.change_mean ?? arm.median ?? arm.events ?? "–"} of ${arm.n ?? "?"}`).join(" against ")
    : "no figure";
  return `${nameOf(one.intervention)} against ${one.comparator}: ${one.outcome}, ${one.window}: ${figures}${one.ignored ? ` (not counted: ${one.ignored})` : ""}`;
}

const nameOf = (slug) => by("result/intervention").querySelector(`[value="${CSS.escape(slug)}"]`)?.textContent ?? slug;

function showItems(list, items, words, buttons) {
  by(list).replaceChildren(...(items ?? []).map((one, i) => make("li", {}, make("span", {}, words(one)), " ", ...buttons(one, i))));
}

function editButton(form, i) {
  return make("button", { type: "button", class: "second small", onclick: () => edit(form, i) }, "Change", make("span", { class: "unseen" }, ` ${form} ${i + 1}`));
}

function dropButton(list, i) {
  const button = make("button", { type: "button", class: "second small" }, "Take out", make("span", { class: "unseen" }, ` ${i + 1} of ${list}`));
  button.addEventListener("click", () => confirmWith(button, {
    words: "It is taken out of the study; the history keeps it.",
    label: "Take it out",
    act: async (reason) => save("DELETE", `${own()}/${list}/${i}${reason ? `?reason=${encodeURIComponent(reason)}` : ""}`, undefined, "Taken out"),
  }));
  return button;
}

// ---- saving ----

// Keeps the version that the answer gives; tells which verdicts moved.
async function save(method, path, body, words, key = newKey()) {
  const { json, etag } = await ask(method, path, { body, version: state.version, key });
  take(json.study, etag);
  const moved = json.ratings.filter((one) => one.moved).length;
  said(`${words}. ${moved === 0 ? "No verdict moved." : moved === 1 ? "One rating moved." : `${moved} ratings moved.`}`);
  await showHistory();
  return json;
}

function onSubmit(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    busy(form, act);
  });
}

async function fillStudy() {
  const { study } = state;
  const condition = study.condition ?? (canEnter(study) && study.status === "included" ? await draftCondition() : null);
  fill(by("study"), { ...study, condition });
}

// What the screening said stands in the study that would come of it.
async function draftCondition() {
  try {
    const { json } = await ask("PATCH", `${own()}?preview=true`, { body: {} });
    return json.study.condition;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function prepareStudy() {
  const form = by("study");
  onSubmit(form, async () => {
    const body = read(form, { nulls: true });
    if (body.reason === null) delete body.reason;
    await save("PATCH", own(), body, "Saved");
    form.elements["/reason"].value = "";
  });
}

function edit(name, i) {
  const form = by(name);
  state.editing[name] = i;
  fill(form, state.study[`${name}s`][i]);
  form.querySelector("h3").textContent = `Change ${name} ${i + 1}`;
  form.dispatchEvent(new CustomEvent("filled"));
  form.querySelector("h3").focus();
}

function prepareList(name, list) {
  const form = by(name);
  const title = form.querySelector("h3").textContent;
  let key = newKey();
  form.addEventListener("reset", () => {
    state.editing[name] = null;
    form.querySelector("h3").textContent = title;
    clearErrors(form);
    setTimeout(() => form.dispatchEvent(new CustomEvent("filled")));
  });
  form.addEventListener("input", () => { key = newKey(); });
  onSubmit(form, async () => {
    const i = state.editing[name];
    await (i === null ? save("POST", `${own()}/${list}`, bodyOf(name), "Saved", key)
      : save("PATCH", `${own()}/${list}/${i}`, bodyOf(name), "Saved", key));
    form.reset();
    form.querySelector("h3").focus();
  });
}

// What is changed keeps what the form has no field for; what is emptied goes.
function bodyOf(name) {
  const i = state.editing[name];
  const body = read(by(name), { nulls: i !== null });
  if (body.reason === null) delete body.reason;
  if (name !== "result") return body;
  const before = i === null ? null : state.study.results[i];
  tidyResult(body, before);
  return body;
}

function tidyResult(body, before) {
  const byArm = mode() === "arms";
  if (byArm && body.arms)
    body.arms = body.arms.map((arm, i) => ({ ...before?.arms?.[i], ...arm }));
  if (byArm && body.arms?.every((arm) => arm.n === null || arm.n === undefined)) body.arms = before ? null : undefined;
  for (const part of ["ci", "scale"])
    if (body[part] && Object.values(body[part]).every((one) => one === null)) body[part] = before ? null : undefined;
  for (const [key, value] of Object.entries(body)) if (value === undefined) delete body[key];
}

// ---- results ----

const mode = () => by("result").elements.mode.value;

function prepareResult() {
  const form = by("result");
  const against = by("against");
  const comparator = form.elements["/comparator"];
  const follow = () => {
    by("active").hidden = against.value !== "active";
    comparator.value = against.value !== "active" ? against.value
      : by("other").value.includes(":") || !by("other").value ? "active:other" : `active:${by("other").value}`;
  };
  const showMode = () => {
    const arms = mode() === "arms";
    by("by-arm").hidden = !arms;
    for (const one of by("by-arm").querySelectorAll("fieldset")) one.disabled = !arms;
    by("as-published").hidden = by("as-published").disabled = arms;
  };
  form.addEventListener("reset", () => { comparator.value = ""; }); // hidden fields are not reset by themselves
  form.addEventListener("filled", () => {
    const [kind, other] = comparator.value.split(":");
    against.value = kind;
    by("other").value = kind === "active" && other !== "other" ? other : "active:other";
    for (const [i, role] of ["intervention", "comparator"].entries()) form.elements[`/arms/${i}/role`].value = role;
    if (state.editing.result !== null)
      form.elements.mode.value = state.study.results[state.editing.result].measure ? "published" : "arms";
    follow();
    showMode();
    foreseeSoon();
  });
  form.addEventListener("change", () => { follow(); showMode(); });
  form.addEventListener("input", () => { follow(); foreseeSoon(); });
  form.addEventListener("change", foreseeSoon);
  follow();
  showMode();
}

let timer = 0;
let running = null;

function foreseeSoon() {
  clearTimeout(timer);
  running?.abort();
  timer = setTimeout(foresee, WAIT_MS);
}

// Enough to be worth asking: until then every field would be wrong.
function isWorthAsking(body) {
  const named = ["intervention", "comparator", "outcome", "better", "window"].every((key) => body[key]);
  return named && (typeof body.estimate === "number" || body.arms?.length > 0 || Boolean(body.favours));
}

async function foresee() {
  const form = by("result");
  const i = state.editing.result;
  const { reason, ...body } = bodyOf("result");
  if (!isWorthAsking(body)) return tellConsequence(null);
  running = new AbortController();
  try {
    const { json } = await ask(i === null ? "POST" : "PATCH", `${own()}/results${i === null ? "" : `/${i}`}?preview=true`,
      { body, signal: running.signal });
    clearErrors(form);
    tellConsequence(json);
  } catch (error) {
    if (!(error instanceof Refusal)) return;
    showErrors(form, error, { focus: false });
    tellConsequence(null, "What would follow can be told once the figures can be read.");
  }
}

function tellConsequence(json, words = "Fill in the result: what it would do to the verdicts stands here before anything is saved.") {
  if (!json) return by("consequence").replaceChildren(make("p", { class: "note" }, words));
  const moved = json.ratings.filter((one) => one.moved);
  const still = json.ratings.length - moved.length;
  by("consequence").replaceChildren(
    make("p", {}, moved.length === 0 ? "No verdict would move." : moved.length === 1 ? "One rating would move:" : `${moved.length} ratings would move:`),
    ...moved.map(ratingMove),
    still > 0 && moved.length > 0 ? make("p", { class: "note" }, `${still} more that this study speaks to would stay as ${still === 1 ? "it is" : "they are"}.`) : "",
    ...json.oddities.map((one) => make("p", { class: "odd" }, make("strong", {}, "Odd: "), one.detail)));
}

function ratingMove({ question, before, after }) {
  return make("div", { class: "move" },
    make("h4", {}, question),
    make("dl", {}, ...[["Now", before], ["Then", after]].map(([name, rating]) => make("div", {},
      make("dt", {}, name),
      make("dd", {}, rating ? make("strong", {}, `${rating.badge} (${rating.certainty.level} certainty)`) : "No rating",
        rating ? make("span", {}, ` ${rating.sentence}`) : "")))));
}

// ---- appraisals ----

async function prepareAppraisal() {
  const { json: { items: forms } } = await ask("GET", "/v1/instruments");
  const form = by("appraisal");
  const instrument = by("instrument");
  let shown = null;
  instrument.replaceChildren(...forms.map((one) => make("option", { value: one.id }, one.name)));
  const draw = () => {
    const chosen = forms.find((one) => one.id === instrument.value);
    by("instrument-for").textContent = `It judges ${chosen.for}.`;
    const mine = state.study.appraisals.find((one) => one.instrument === chosen.instrument && one.rated_by?.startsWith("curator:"));
    shown = instrumentForm(chosen, by("items"), (words) => {
      if (by("overall").textContent !== words) by("overall").textContent = words;
    }, mine?.items ?? {});
  };
  instrument.addEventListener("change", draw);
  draw();
  onSubmit(form, async () => {
    const reason = form.elements["/reason"].value.trim();
    const saved = await save("PUT", `${own()}/appraisals/${instrument.value}`, { ...shown.body(), ...(reason && { reason }) }, "Appraisal saved");
    form.elements["/reason"].value = "";
    return saved;
  });
}

// ---- notices ----

function prepareNotice() {
  const form = by("notice");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const body = read(form);
    const counts = body.type === "retraction" ? "From then on the study counts for nothing, in every verdict." : "It stands with the study from then on.";
    confirmWith(form.querySelector(".buttons"), {
      words: `${body.type ?? "The notice"} is entered by hand. ${counts}`,
      label: "Enter it",
      reason: false,
      act: () => busy(form, async () => {
        try {
          await save("POST", `${own()}/notices`, body, "Notice saved");
          form.reset();
        } finally {
          by("sure")?.remove();
        }
      }),
    });
  });
}

// ---- duplicates ----

async function showDuplicates() {
  const place = by("duplicates");
  let kin;
  try {
    kin = (await ask("GET", at("/v1/duplicates/", id))).json;
  } catch (error) {
    if (error.status !== 404) throw error;
    return place.replaceChildren(make("p", {}, "No import brought it in: there are no records to compare."));
  }
  const possible = kin.possible.map((other) => make("li", {},
    make("a", { href: at("/study/", other) }, other), " ",
    pairButton("They are one …", other, "Both records become one publication.", "Make them one", (reason) =>
      ask("POST", "/v1/merges", { body: { into: kin.study, from: other, reason } })), " ",
    pairButton("They are two …", other, "They are not offered as one again.", "They are two", (reason) =>
      ask("POST", "/v1/duplicates", { body: { one: kin.study, other, reason } }))));
  const merges = kin.merges.filter((one) => one.from !== null).map((one) => make("li", {}, `${one.from} was joined by ${one.who}${one.reason ? `: ${one.reason}` : ""} `,
    pairButton("Part them …", one.from, "They become two publications again.", "Part them", (reason) =>
      ask("DELETE", `/v1/merges/${one.id}${reason ? `?reason=${encodeURIComponent(reason)}` : ""}`))));
  place.replaceChildren(possible.length + merges.length === 0 ? make("p", {}, "Nothing here looks like the same publication.") : "",
    make("ul", {}, ...possible, ...merges));
}

function pairButton(words, other, what, label, act) {
  const button = make("button", { type: "button", class: "second small" }, words, make("span", { class: "unseen" }, ` ${other}`));
  button.addEventListener("click", () => confirmWith(button, { words: what, label, act: async (reason) => {
    await act(reason);
    await load();
    await Promise.all([showDuplicates(), showHistory()]);
    said(`Done: ${label.toLowerCase()}, ${other}.`);
    document.querySelector("#part-duplicates h3").focus();
  } }));
  return button;
}

function prepareMerge() {
  const form = by("merge");
  onSubmit(form, async () => {
    await ask("POST", "/v1/merges", { body: { into: state.study.id, ...read(form) } });
    form.reset();
    await load();
    await Promise.all([showDuplicates(), showHistory()]);
    said("They are one now.");
  });
}

// ---- history ----

async function showHistory() {
  const place = by("history");
  if (!place) return;
  const { json } = await ask("GET", `/v1/audit?limit=30&record=${encodeURIComponent(state.study.id)}`);
  place.replaceChildren(...json.items.map(historyRow));
}

const undone = (row) => (row.undone_by ? ` (taken back by row ${row.undone_by})` : "");

function historyRow(row) {
  const words = `${row.at.slice(0, 16).replace("T", " ")} ${row.actor}: ${row.action}${row.undoes ? ` of row ${row.undoes}` : ""}${row.reason ? ` – ${row.reason}` : ""}${undone(row)} `;
  const can = !row.undone_by && ["study", "publication"].includes(row.kind) && ["add", "change", "remove", "undo", "screen", "merge"].includes(row.action);
  return make("li", { value: row.id }, words, can ? undoButton(row) : "");
}

function undoButton(row) {
  const button = make("button", { type: "button", class: "second small" }, "Take back", make("span", { class: "unseen" }, ` row ${row.id}, ${row.action}`));
  button.addEventListener("click", () => confirmWith(button, {
    words: "It is taken back by a new row; nothing is erased.",
    label: "Take it back",
    act: async (reason) => {
      const { json } = await ask("POST", `/v1/audit/${row.id}/undo`, { body: reason ? { reason } : {}, key: newKey() });
      await load();
      await showHistory();
      said(`Row ${row.id} is taken back. ${json.changes.length === 0 ? "No verdict moved." : `${json.changes.length} verdicts moved.`}`);
      document.querySelector("#part-history h2").setAttribute("tabindex", "-1");
      document.querySelector("#part-history h2").focus();
    },
  }));
  return button;
}

// ---- finding one ----

async function find() {
  const text = by("text").value.trim();
  try {
    const searches = text === "" ? [ask("GET", "/v1/screening?status=included&limit=50")]
      : [ask("GET", `/v1/studies?limit=20&q=${encodeURIComponent(text)}`), ask("GET", `/v1/screening?status=included&limit=20&q=${encodeURIComponent(text)}`)];
    const answers = await Promise.all(searches);
    const found = answers.flatMap(({ json }) => json.items.map((one) => one.publication ?? one));
    if (text !== "") by("found-title").textContent = `Found for “${text}”`;
    by("found").replaceChildren(...found.map((one) => make("li", {},
      make("a", { href: `/curate/study?id=${encodeURIComponent(one.id)}` }, one.title ?? one.id), ` ${one.label}`)));
    if (found.length === 0) by("found").replaceChildren(make("li", {}, text === "" ? "Nothing waits." : "Nothing was found."));
  } catch (error) {
    tell(error);
  }
}
