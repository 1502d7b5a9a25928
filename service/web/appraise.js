// The form of an instrument, written from its data, judged while it is filled in. How an answer
// becomes a judgement stands in the data (asked_if, judged_by) and not here; the service judges again.
import { make } from "./curate.js";

const CLASSES = { yes: "yes", "probably yes": "yes", no: "no", "probably no": "no", "no information": "unknown" };

const holds = (condition, classes) =>
  Object.entries(condition ?? {}).every(([question, allowed]) => allowed.includes(classes[question] ?? "none"));

const isAsked = (question, classes) =>
  question.asked_if.length === 0 || question.asked_if.some((condition) => holds(condition, classes));

/** The questions that are asked, and what the answers come to: null while one is missing. */
export function judge(item, judgements, answers) {
  const classes = {};
  const asked = new Set();
  let complete = true;
  for (const question of item.questions) {
    if (!isAsked(question, classes)) continue;
    asked.add(question.id);
    const own = CLASSES[answers[question.id]];
    if (own) classes[question.id] = own;
    else complete = false;
  }
  if (!complete || item.judged_by.length === 0) return { asked, judgement: null };
  const ranks = item.judged_by.map((part) => judgements.indexOf(part.find((row) => holds(row.when, classes)).judgement));
  return { asked, judgement: judgements[Math.max(...ranks)] };
}

/** The worst of the items, as RoB 2 and ROBINS-I have it; null where the rule is another. */
export function overallOf(form, judged) {
  if (!["rob-2", "robins-i"].includes(form.id)) return null;
  const order = form.id === "rob-2" ? form.judgements : ["low", "moderate", "no information", "serious", "critical"];
  const ranks = form.items.map((item) => order.indexOf(judged[item.id]));
  if (ranks.includes(-1)) return null;
  return order[Math.max(...ranks)];
}

/** Writes the form into `place`; gives {body, refresh}: what is to be sent, and judging anew. */
export function instrumentForm(form, place, tellOverall, before = {}) {
  place.replaceChildren(...form.items.map((item) => fieldset(form, item, before)));
  const refresh = () => {
    const judged = {};
    for (const item of form.items) judged[item.id] = judgeShown(form, item, place);
    const open = form.items.filter((item) => !judged[item.id]).length;
    const overall = overallOf(form, judged);
    tellOverall(overall ? `Overall: ${overall}` : `${open} of ${form.items.length} ${open === 1 ? "part is" : "parts are"} still open. Overall is ${form.overall}.`);
  };
  place.onchange = refresh;
  refresh();
  return { body: () => bodyOf(form, place), refresh };
}

const nameOf = (item) => `/items/${item.id}`;

function fieldset(form, item, before) {
  return make("fieldset", { class: "item", "data-item": item.id },
    make("legend", {}, `${item.id}: ${item.name}`),
    ...item.questions.map((question) => row(`/answers/${question.id}`, `${question.id} ${question.ask}`, question.answers, before[question.id])),
    row(nameOf(item), item.questions.length > 0 ? "Judged otherwise than the answers give" : "Judgement", form.judgements,
      item.questions.length > 0 ? undefined : before[item.id]),
    item.questions.length > 0 ? make("p", { class: "judged-as", role: "status" }) : null);
}

function row(name, words, answers, chosen) {
  const select = make("select", { name, id: `appraisal${name}` }, make("option", { value: "" }, "–"),
    ...answers.map((one) => make("option", { value: one, selected: one === chosen }, one)));
  return make("p", { class: "asked" }, make("label", { for: select.id }, words), " ", select);
}

const valueOf = (place, name) => place.querySelector(`[name="${CSS.escape(name)}"]`).value;

// Shows what is asked, and says what it comes to.
function judgeShown(form, item, place) {
  const own = valueOf(place, nameOf(item));
  if (item.questions.length === 0) return own || null;
  const answers = Object.fromEntries(item.questions.map(({ id }) => [id, valueOf(place, `/answers/${id}`)]));
  const { asked, judgement } = judge(item, form.judgements, answers);
  for (const { id } of item.questions)
    place.querySelector(`[name="${CSS.escape(`/answers/${id}`)}"]`).closest("p").hidden = !asked.has(id);
  const said = place.querySelector(`[data-item="${CSS.escape(item.id)}"] .judged-as`);
  const words = judgement ? `The answers give: ${judgement}.` : "";
  const told = own && own !== judgement ? `${words} You judge it ${own}.`.trim() : words;
  if (said.textContent !== told) said.textContent = told;
  return own || judgement;
}

// Answers that are not asked for are not sent.
function bodyOf(form, place) {
  const body = {};
  for (const item of form.items) {
    for (const { id } of item.questions) {
      const select = place.querySelector(`[name="${CSS.escape(`/answers/${id}`)}"]`);
      if (select.value && !select.closest("p").hidden) (body.answers ??= {})[id] = select.value;
    }
    const own = valueOf(place, nameOf(item));
    if (own) (body.items ??= {})[item.id] = own;
  }
  return body;
}
