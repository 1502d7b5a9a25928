// CDS Hooks 2.0 as an EHR speaks it: discovery, order-select, patient-view, feedback. The shapes are
// those of the specification (cds-hooks.hl7.org/2.0); the requests are made after its examples.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, run, Server, temporaryFolder } from "./support.mjs";

const origin = "https://example.org/rated";
const hookInstance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
const orderSelect = "/cds-services/touchstone-order-select";
const patientView = "/cds-services/touchstone-patient-view";

let folder, db, server;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--base-url", `${origin}/`, "--log-queries"]);
});

after(async () => {
  await server.stop();
  remove(folder);
});

/* ---- what an EHR sends ---- */

const concept = (...names) => ({
  coding: names.map((display, i) => ({ system: "http://snomed.info/sct", code: String(1000 + i), display })),
  text: names[0],
});
const problem = (name, more = {}) => ({
  resourceType: "Condition", id: name.replace(/\W/g, ""), subject: { reference: "Patient/1288992" },
  clinicalStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-clinical", code: "active" }] },
  code: concept(name), ...more,
});
const searchset = (...resources) => ({ resourceType: "Bundle", type: "searchset", total: resources.length,
  entry: resources.map((resource) => ({ fullUrl: `https://ehr.example/${resource.id}`, resource })) });
const problems = (...names) => searchset(...names.map((name) => problem(name)));
const therapy = (name, more = {}) => ({ resourceType: "ServiceRequest", id: "order-1", status: "draft", intent: "order",
  subject: { reference: "Patient/1288992" }, code: concept(name), ...more });
const medicine = (name, more = {}) => ({ resourceType: "MedicationRequest", id: "order-1", status: "draft", intent: "order",
  subject: { reference: "Patient/1288992" }, medicationCodeableConcept: concept(name), ...more });

function call(hook, context, prefetch) {
  return { hook, hookInstance, fhirServer: "https://ehr.example/fhir",
    context: { userId: "PractitionerRole/123", patientId: "1288992", encounterId: "89284", ...context },
    ...(prefetch === undefined ? {} : { prefetch }) };
}

async function post(target, body, headers = { "Content-Type": "application/json" }) {
  const answer = await server.ask(target, { method: "POST", headers,
    body: typeof body === "string" ? body : JSON.stringify(body) });
  return { ...answer, json: () => JSON.parse(answer.body.toString()) };
}

async function order(resource, conditions, more = {}) {
  const answer = await post(orderSelect, call("order-select", {
    selections: [`${resource.resourceType}/${resource.id}`],
    draftOrders: { resourceType: "Bundle", entry: [{ resource }] }, ...more }, { conditions }));
  assert.equal(answer.status, 200, answer.body.toString());
  return checked(answer.json());
}

async function view(conditions) {
  const answer = await post(patientView, call("patient-view", {}, { conditions }));
  assert.equal(answer.status, 200, answer.body.toString());
  return checked(answer.json());
}

/* ---- what the specification says of an answer ---- */

const known = {
  answer: ["cards", "systemActions"],
  card: ["uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links"],
  source: ["label", "url", "icon", "topic"],
  suggestion: ["label", "uuid", "isRecommended", "actions"],
  link: ["label", "url", "type", "appContext", "autolaunchable"],
  coding: ["system", "code", "display", "version"],
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function only(value, names) {
  for (const name of Object.keys(value))
    assert.ok(names.includes(name), name);
}

/** Null, "", [] and {} are forbidden, but for `cards` itself. */
function nothingEmpty(value, at) {
  assert.notEqual(value, null, at);
  assert.notEqual(value, "", at);
  if (typeof value !== "object")
    return;
  assert.ok(Object.keys(value).length > 0 || at === ".cards", `${at} is empty`);
  for (const [key, one] of Object.entries(value))
    nothingEmpty(one, `${at}.${key}`);
}

function checkCard(card) {
  only(card, known.card);
  assert.match(card.uuid, uuid);
  assert.ok([...card.summary].length < 140, card.summary);
  assert.ok(["info", "warning", "critical"].includes(card.indicator));
  only(card.source, known.source);
  assert.equal(card.source.label, "Touchstone");
  assert.equal(card.source.url, `${origin}/`);
  only(card.source.topic, known.coding);
  for (const link of card.links) {
    only(link, known.link);
    assert.equal(link.type, "absolute");
    assert.ok(link.url.startsWith(`${origin}/`));
  }
  for (const reason of card.overrideReasons ?? [])
    assert.ok(reason.display && reason.code && reason.system);
  assert.equal(card.suggestions !== undefined, card.selectionBehavior !== undefined);
  for (const suggestion of card.suggestions ?? []) {
    only(suggestion, known.suggestion);
    assert.ok(suggestion.label);
    assert.match(suggestion.uuid, uuid);
    assert.equal(suggestion.actions, undefined, "no order is made up");
  }
}

function checked(answer) {
  only(answer, known.answer);
  nothingEmpty(answer, "");
  answer.cards.forEach(checkCard);
  return answer.cards;
}

/* ---- discovery ---- */

test("discovery lists the services with their hooks and prefetch", async () => {
  const answer = await server.get("/cds-services");
  const { services } = answer.json();
  assert.deepEqual(services.map((one) => one.hook), ["order-select", "patient-view"]);
  for (const service of services) {
    only(service, ["hook", "title", "description", "id", "prefetch", "usageRequirements"]);
    assert.match(service.id, /^[A-Za-z0-9._~-]+$/);
    assert.deepEqual(service.prefetch,
      { conditions: "Condition?patient={{context.patientId}}&clinical-status=active" });
    nothingEmpty(service, "");
  }
});

test("a browser of any origin may call, with a token if it likes", async () => {
  for (const target of ["/cds-services", orderSelect, `${orderSelect}/feedback`]) {
    const answer = await server.ask(target, { method: "OPTIONS", headers: { Origin: "https://ehr.example",
      "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type" } });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers["access-control-allow-origin"], "*");
    assert.match(answer.headers["access-control-allow-headers"], /authorization/i);
    assert.match(answer.headers["access-control-allow-methods"], target === "/cds-services" ? /GET/ : /POST/);
  }
});

/* ---- orders ---- */

test("a card tells the verdict, how sure it is, how safe, and when the base was made", async () => {
  const [card] = await order(therapy("Acupuncture"), problems("Cervicalgia"));
  const { headline } = (await server.get("/v1/ratings/acupuncture/neck-pain")).json();
  assert.ok(card.summary.includes(headline.badge), card.summary);
  assert.ok(card.summary.includes(`${headline.certainty.level.replace("-", " ")} certainty`));
  assert.ok(card.detail.startsWith(headline.sentence));
  assert.ok(card.detail.includes(headline.safety.sentence));
  assert.ok(card.detail.includes(headline.as_of.base));
  assert.equal(card.source.topic.code, "acupuncture");
});

test("when to stop is told from the book of stop rules, without those that are superseded", async () => {
  const { items } = (await server.get("/v1/stop-rules?limit=500")).json();
  const rule = (id) => items.find((one) => one.id === id).rule;
  const [headache] = await order(therapy("Acupuncture"), problems("Tension-type headache"));
  assert.ok(headache.detail.includes(rule("acupuncture-tension-headache-course")));
  const [back] = await order(therapy("Acupuncture"), problems("Low back pain"));
  assert.ok(!back.detail.includes(rule("acupuncture-back-pain-course")));
});

test("medicines are found by generic name and brand, whatever the strength", async () => {
  for (const name of ["Ibuprofen 400 MG Oral Tablet", "Advil", "Naproxen 500 MG Oral Tablet [Naprosyn]"]) {
    const [card] = await order(medicine(name), problems("Acute low back pain"));
    assert.equal(card?.source.topic.code, "oral-nsaids", name);
  }
  const [card] = await order(medicine("Acetaminophen 500 MG Oral Tablet"), problems("Acute low back pain"));
  assert.equal(card.source.topic.code, "paracetamol");
  assert.equal(card.indicator, "warning");
});

test("a medicine given another way is not taken for the one that is swallowed", async () => {
  for (const name of ["Diclofenac Sodium 0.01 MG/MG Topical Gel", "Diclofenac 0.1 % ophthalmic solution",
    "Ketorolac 30 MG/ML Injection", "Indomethacin 50 MG rectal suppository"])
    for (const card of await order(medicine(name), problems("Acute low back pain", "Musculoskeletal pain")))
      assert.notEqual(card.source.topic.code, "oral-nsaids", name);
  const routed = medicine("Diclofenac", { dosageInstruction: [{ route: { text: "Topical" } }] });
  for (const card of await order(routed, problems("Acute low back pain")))
    assert.notEqual(card.source.topic.code, "oral-nsaids");
});

test("several medicines in one, misspelt ones and unknown ones say nothing", async () => {
  for (const name of ["Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG Oral Tablet", "Ibuprofin", "Atorvastatin 20 MG",
    "Prednisone 10 MG Oral Tablet", "Amoxicillin 120 MG/ML / clavulanate potassium 8.58 MG/ML Oral Suspension"])
    assert.deepEqual(await order(medicine(name), problems("Acute low back pain", "Chronic low back pain")), [], name);
});

test("a medicine for much besides pain needs a reason of its own", async () => {
  const plain = medicine("Duloxetine 30 MG Oral Capsule");
  assert.deepEqual(await order(plain, problems("Chronic low back pain")), []);
  const [card] = await order({ ...plain, reasonCode: [concept("Chronic low back pain")] }, problems());
  assert.equal(card.source.topic.code, "duloxetine");
});

test("an order for something else than the complaint is left alone", async () => {
  const migraine = therapy("Acupuncture", { reasonCode: [concept("Hay fever")] });
  assert.deepEqual(await order(migraine, problems("Cervicalgia")), []);
});

test("pictures, tests and names that mean something else on an order form say nothing", async () => {
  for (const name of ["Ultrasound neck", "Ultrasound", "US neck", "Exercise stress test", "MRI of cervical spine", "Traction",
    "CBD stent", "Laser", "EMS"])
    assert.deepEqual(await order(therapy(name), problems("Cervicalgia", "Low back pain")), [], name);
  const imaging = therapy("Therapeutic ultrasound", { category: [{ coding: [{ code: "363679005", display: "Imaging" }] }] });
  assert.deepEqual(await order(imaging, problems("Low back pain")), []);
  assert.deepEqual(await order(therapy("Massage", { doNotPerform: true }), problems("Neck pain")), []);
});

test("only the selected orders are looked at", async () => {
  const other = { ...therapy("Massage"), id: "order-2" };
  const cards = await order(therapy("Acupuncture"), problems("Neck pain"), { draftOrders: { resourceType: "Bundle",
    entry: [{ resource: therapy("Acupuncture") }, { resource: other }] } });
  assert.deepEqual(cards.map((card) => card.source.topic.code), ["acupuncture"]);
});

test("orders of R4 and R5 mean the same", async () => {
  const five = { resourceType: "ServiceRequest", id: "order-1", code: { concept: concept("Acupuncture") },
    reason: [{ concept: concept("Neck pain") }] };
  assert.deepEqual(await order(five, problems()),
    await order(therapy("Acupuncture", { reasonCode: [concept("Neck pain")] }), problems()));
  const device = { resourceType: "DeviceRequest", id: "order-1", codeCodeableConcept: concept("TENS unit") };
  assert.equal((await order(device, problems("Chronic low back pain")))[0].source.topic.code, "tens");
  const drug = { resourceType: "MedicationRequest", id: "order-1", medication: { concept: concept("Ibuprofen 400 MG Oral Tablet") } };
  assert.equal((await order(drug, problems("Acute low back pain")))[0].source.topic.code, "oral-nsaids");
  const contained = { resourceType: "MedicationRequest", id: "order-1", medicationReference: { reference: "#m" },
    contained: [{ resourceType: "Medication", id: "m", code: concept("Ibuprofen 400 MG Oral Tablet") }] };
  assert.equal((await order(contained, problems("Acute low back pain")))[0].source.topic.code, "oral-nsaids");
});

test("what the base records as not to be done is critical, and suggests nothing", async () => {
  const [card] = await order(therapy("TENS"), problems("Cardiac pacemaker", "Chronic low back pain"));
  assert.equal(card.indicator, "critical");
  assert.match(card.summary, /pacemaker/);
  assert.match(card.detail, /Do not use TENS with a pacemaker/);
  assert.equal(card.suggestions, undefined);
  const [without] = await order(therapy("TENS"), problems("Chronic low back pain"));
  assert.notEqual(without.indicator, "critical");
  const [alone] = await order(therapy("TENS"), problems("Cardiac pacemaker"));
  assert.equal(alone.indicator, "critical");
});

test("problems that are over, or were refuted, count for nothing", async () => {
  const over = (code) => searchset(problem("Cervicalgia", { clinicalStatus: { coding: [{ code }] } }));
  for (const code of ["resolved", "inactive", "remission"])
    assert.deepEqual(await order(therapy("Acupuncture"), over(code)), [], code);
  const refuted = searchset(problem("Cervicalgia", { verificationStatus: { coding: [{ code: "refuted" }] } }));
  assert.deepEqual(await order(therapy("Acupuncture"), refuted), []);
});

test("what is suggested is rated better for the same complaint", async () => {
  const [card] = await order(therapy("Massage therapy"), problems("Neck pain"));
  const { items } = (await server.get("/v1/compare?condition=neck-pain")).json();
  const better = items.slice(0, items.findIndex((one) => one.headline.intervention.id === "massage")).map((one) => one.headline.intervention.name);
  assert.ok(card.suggestions.length > 0);
  for (const { label } of card.suggestions)
    assert.ok(better.some((name) => label.includes(name)), label);
  const best = (await order(therapy("Exercise"), problems("Neck pain")))[0];
  assert.equal(best.suggestions, undefined);
});

test("the same advice has the same uuid, and another has another", async () => {
  const [one] = await order(therapy("Acupuncture"), problems("Neck pain"));
  const [same] = await order(therapy("Acupuncture"), problems("Cervicalgia", "Hay fever"));
  const [other] = await order(therapy("Massage"), problems("Neck pain"));
  assert.equal(one.uuid, same.uuid);
  assert.notEqual(one.uuid, other.uuid);
});

test("nothing to say is an empty list of cards", async () => {
  const answer = await post(orderSelect, call("order-select", { selections: ["NutritionOrder/1"],
    draftOrders: { resourceType: "Bundle", entry: [{ resource: { resourceType: "NutritionOrder", id: "1" } }] } }));
  assert.equal(answer.status, 200);
  assert.equal(answer.body.toString(), '{"cards":[]}');
});

/* ---- a record is opened ---- */

test("an opened record tells what helps the complaints that are understood", async () => {
  const [card] = await view(problems("Neck pain (finding)"));
  assert.equal(card.source.topic.code, "neck-pain");
  assert.equal(card.indicator, "info");
  const { items } = (await server.get("/v1/compare?condition=neck-pain")).json();
  const names = items.map((one) => one.headline.intervention.name);
  for (const line of card.detail.split("\n").filter((one) => one.startsWith("- ")))
    assert.ok(names.includes(/^- \*\*(.*):\*\*/.exec(line)[1]), line);
});

test("problems that are not wholly understood say nothing", async () => {
  for (const name of ["Neck pain due to metastatic cancer", "No neck pain", "Family history of fibromyalgia", "Headache",
    "Chest pain", "Fear of back pain", "Type 2 diabetes mellitus"])
    assert.deepEqual(await view(problems(name)), [], name);
  assert.deepEqual(await view(null), []);
  assert.deepEqual(await view(searchset()), []);
});

/* ---- refusals ---- */

function refused(answer, status) {
  assert.equal(answer.status, status, answer.body.toString());
  assert.equal(answer.headers["content-type"], "application/fhir+json; charset=utf-8");
  assert.equal(answer.json().resourceType, "OperationOutcome");
}

test("prefetch that is needed and missing is 412", async () => {
  const selected = { selections: ["ServiceRequest/order-1"],
    draftOrders: { resourceType: "Bundle", entry: [{ resource: therapy("Acupuncture") }] } };
  refused(await post(orderSelect, call("order-select", selected)), 412);
  refused(await post(orderSelect, call("order-select", selected, {})), 412);
  refused(await post(patientView, call("patient-view", {})), 412);
  refused(await post(patientView, call("patient-view", {}, { conditions: { resourceType: "OperationOutcome", issue: [] } })), 412);
});

test("what is no call is 400, and says where", async () => {
  refused(await post(orderSelect, "{"), 400);
  refused(await post(orderSelect, "[]"), 400);
  refused(await post(orderSelect, "{}"), 400);
  refused(await post(orderSelect, call("patient-view", {}, { conditions: null })), 400);
  const bad = await post(orderSelect, call("order-select", { selections: "x" }, { conditions: null }));
  refused(bad, 400);
  assert.match(bad.json().issue.map((one) => one.diagnostics).join(), /selections/);
  refused(await post("/cds-services/nothing", "{}"), 404);
  refused(await server.get(orderSelect), 405);
  refused(await post(orderSelect, "hook=1", { "Content-Type": "text/plain" }), 415);
});

/* ---- feedback ---- */

test("feedback as the specification has it is accepted, and nothing else", async () => {
  const target = `${orderSelect}/feedback`;
  const base = { card: "4e0a3a1e-3283-4575-ab82-028d55fe2719", outcomeTimestamp: "2021-12-11T10:05:31Z" };
  const good = [
    { ...base, outcome: "accepted", acceptedSuggestions: [{ id: "e56e1945-20b3-4393-8503-a1a20fd73152" }] },
    { ...base, outcome: "overridden" },
    { ...base, outcome: "overridden", overrideReason: { reason: { code: "expert-contradicts", system: "http://x" }, userComment: "no" } },
    { ...base, outcome: "overridden", overrideReason: { userComment: "no" } },
  ];
  assert.equal((await post(target, { feedback: good })).status, 200);
  const bad = [
    { ...base, outcome: "accepted" }, { ...base, outcome: "ignored" }, { ...base }, { outcome: "overridden" },
    { ...base, outcome: "overridden", outcomeTimestamp: "yesterday" },
    { ...base, outcome: "accepted", acceptedSuggestions: [{}] },
    { ...base, outcome: "overridden", overrideReason: { reason: {} } },
  ];
  for (const one of bad)
    refused(await post(target, { feedback: [one] }), 400);
  refused(await post(target, {}), 400);
});

/* ---- privacy ---- */

test("nothing of a patient is told back, logged or stored", async () => {
  const secret = "Zaphodbeeblebroxitis";
  const body = call("order-select", { patientId: secret, userId: `Practitioner/${secret}`,
    selections: ["ServiceRequest/order-1"],
    draftOrders: { resourceType: "Bundle", entry: [{ resource: therapy("Acupuncture", { note: [{ text: secret }] }) }] } },
  { conditions: problems("Neck pain", secret) });
  const answer = await post(orderSelect, body);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.ok(!answer.body.toString().includes(secret));
  await post(orderSelect, JSON.stringify({ ...body, hook: secret }));
  await post(`${orderSelect}/feedback`, { feedback: [{ card: secret, outcome: "overridden",
    outcomeTimestamp: "2021-12-11T10:05:31Z", overrideReason: { userComment: secret } }] });
  assert.ok(!server.err.includes(secret));
  const told = await run(["export", "data", path.join(folder, "exported"), "--db", db]);
  assert.equal(told.status, 0, told.err);
  assert.ok(!told.out.includes(secret));
  const store = fs.readdirSync(folder).filter((name) => name.startsWith("touchstone.db"));
  for (const name of store)
    assert.ok(!fs.readFileSync(path.join(folder, name)).includes(secret), name);
});
