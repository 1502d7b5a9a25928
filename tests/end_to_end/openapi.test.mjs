// The document is sound, the service keeps to it, and what it gives as an example works. That every other
// answer in these tests is as it says is looked at in support.mjs.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { address, document, faultOf, missing, operations, resolve } from "./document.mjs";
import { pick, random, spoilt, valid } from "./random-input.mjs";
import { build, remove, root, Server, temporaryFolder } from "./support.mjs";

const token = "a token for the tests of the document";
let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  // Nothing is to be fetched: the sources are a port at which nobody answers.
  const env = { TOUCHSTONE_IMPORT_TOKEN: token, TOUCHSTONE_EUROPEPMC_URL: "http://127.0.0.1:9/" };
  server = await Server.start(["--db", db], { env });
});

after(async () => {
  await server.stop();
  remove(folder);
});

// ---- asking ----

/** All items of a list; each page is held to the document. */
async function itemsOf(target) {
  const items = [];
  for (let next = ""; next !== null;) {
    const sign = target.includes("?") ? "&" : "?";
    const more = next === "" ? "" : `&cursor=${encodeURIComponent(next)}`;
    const answer = await server.get(`${target}${sign}limit=500${more}`);
    assert.equal(answer.status, 200, target);
    const page = answer.json();
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

async function getAll(targets) {
  for (const target of targets)
    assert.equal((await server.get(target)).status, 200, target);
}

const post = (target, body) => server.ask(target, { method: "POST",
  headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** A request of an operation with these parameters, by name, and this body. */
function request(one, values, body) {
  const target = one.parameters.filter((parameter) => parameter.in === "path").reduce(
    (at, { name }) => at.replace(`{${name}}`, encodeURIComponent(values[name])), one.template);
  const query = one.parameters.filter(({ in: where, name }) => where === "query" && name in values)
    .map(({ name }) => `${name}=${encodeURIComponent(values[name])}`).join("&");
  const headers = one.operation.security?.length > 0 ? { Authorization: `Bearer ${token}` } : {};
  if (body !== undefined)
    headers["Content-Type"] = "application/json";
  return server.ask(query === "" ? target : `${target}?${query}`, { method: one.method, headers,
    body: body === undefined ? undefined : JSON.stringify(body) });
}

// ---- the document ----

test("the linter of OpenAPI documents finds nothing to mend", async (t) => {
  const linter = await import("@redocly/openapi-core").catch(() => null);
  if (linter === null)
    return t.skip("skipped: node_modules is missing here: run npm ci in tests/end_to_end");
  const rules = {
    // trace and {condition} stand in one place: what is literal wins, as service/http/route.h says
    "no-ambiguous-paths": "off",
  };
  const config = await linter.createConfig({ extends: ["recommended-strict"], rules });
  const found = await linter.lint({ ref: fileURLToPath(address), config });
  assert.deepEqual(found.map((one) => `${one.ruleId} ${one.location[0].pointer}: ${one.message}`), []);
});

test("what is served is the document, and the home links to it", async () => {
  assert.deepEqual((await server.get("/openapi.json")).json(), document);
  assert.match((await server.get("/v1")).headers.link, /<\/openapi\.json>; rel="service-desc"/);
});

/** The strings of a list of names in the C sources, such as verdict_names. */
function namesOf(list) {
  const files = fs.readdirSync(path.join(root, "evidence"), { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".c"))) {
    const source = fs.readFileSync(path.join(root, "evidence", file), "utf8");
    const found = new RegExp(`^const char \\*const ${list}\\[[A-Z_]*\\] = \\{([^}]*)\\}`, "m").exec(source);
    if (found !== null)
      return found[1].match(/"[^"]+"/g).map((name) => JSON.parse(name));
  }
  throw new Error(`no ${list} in evidence/`);
}

const lists = { Verdict: "verdict_names", CertaintyLevel: "certainty_names", Window: "window_names",
  Kind: "kind_names", ComparatorClass: "comparator_class_names", Design: "design_names",
  Favours: "favours_names", Reading: "reading_names", ClaimVerdict: "claim_verdict_names",
  AtomType: "atom_type_names", Stance: "stance_names", Urgency: "urgency_names",
  SafetyLevel: "safety_names", SourceKind: "source_kind_names", StopKind: "stop_kind_names" };

test("the closed lists are those of the program", () => {
  for (const [name, list] of Object.entries(lists))
    assert.deepEqual([...document.components.schemas[name].enum].sort(), namesOf(list).sort(), name);
});

test("a member that the document does not know, or misses, is found", { skip: missing }, async () => {
  const rating = (await itemsOf("/v1/ratings?condition=neck-mtrp"))[0];
  const schema = { $ref: "#/components/schemas/RatingShort" };
  assert.equal(faultOf("RatingShort", schema, rating), null);
  assert.match(faultOf("RatingShort", schema, { ...rating, more: 1 }), /additional properties/);
  assert.match(faultOf("RatingShort", schema, { ...rating, verdict: "cures" }), /equal to one of/);
  const { sentence, ...without } = rating;
  assert.match(faultOf("RatingShort", schema, without), /required property 'sentence'/);
  const whole = (await server.get(`/v1/ratings/${rating.id}`)).json();
  assert.match(faultOf("Rating", { $ref: "#/components/schemas/Rating" }, { ...whole, more: 1 }),
    /unevaluated properties/);
});

// ---- the answers ----

test("all treatments, conditions, outcomes and claims are as the document says", { skip: missing },
  async () => {
    for (const list of ["interventions", "conditions", "outcomes", "claims"]) {
      const items = await itemsOf(`/v1/${list}`);
      await getAll(items.map(({ id }) => `/v1/${list}/${id}`));
    }
  });

test("all ratings in lists and each fifth whole, with its trace, are as the document says",
  { skip: missing }, async () => {
    const items = await itemsOf("/v1/ratings");
    await itemsOf("/v1/ratings?ruleset=classic");
    const some = items.filter((_, i) => i % 5 === 0);
    await getAll(some.flatMap(({ id }) =>
      [`/v1/ratings/${id}`, `/v1/ratings/${id}/trace`, `/v1/ratings/${id}/stability`]));
  });

test("two hundred studies are as the document says", { skip: missing }, async () => {
  const items = await itemsOf("/v1/studies");
  const step = Math.max(1, Math.floor(items.length / 200));
  const some = items.filter((_, i) => i % step === 0);
  assert.ok(some.length >= 200);
  await getAll(some.map(({ id }) => `/v1/studies/${encodeURIComponent(id)}`));
});

test("headlines, comparisons, the map and the rule books are as the document says", { skip: missing },
  async () => {
    const conditions = await itemsOf("/v1/conditions");
    const interventions = await itemsOf("/v1/interventions");
    await getAll(conditions.map(({ id }) => `/v1/compare?condition=${id}`));
    await getAll(interventions.map(({ id }, i) =>
      `/v1/ratings/${id}/${conditions[i % conditions.length].id}`));
    await getAll(["/v1/map", "/v1/map?ruleset=classic"]);
    for (const list of ["stop-rules", "red-flags", "drug-links", "regulatory-actions", "changes"])
      await itemsOf(`/v1/${list}`);
  });

test("sixty questions and twenty texts are answered as the document says", { skip: missing }, async () => {
  const conditions = await itemsOf("/v1/conditions");
  const interventions = await itemsOf("/v1/interventions");
  const asked = interventions.slice(0, 40).map(({ name }, i) =>
    `does ${name} help with ${conditions[i % conditions.length].name}`);
  asked.push(...conditions.slice(0, 12).map(({ plain }) => `what helps ${plain}`), "massage or tens for neck pain",
    "crushing chest pain", "does zorbing help", "headache", "xyzzy", "…", "side effects of opioids", "acupuncture");
  assert.ok(asked.length >= 60);
  await getAll(asked.map((q) => `/v1/check?q=${encodeURIComponent(q)}`));
  for (const { text } of (await itemsOf("/v1/claims")).slice(0, 16))
    assert.equal((await post("/v1/claims", { text })).status, 200);
  for (const text of ["TENS cures all back pain in one session, FDA approved", "Good morning",
    "I lost feeling between my legs after using the massage gun", "Massage may ease neck pain a little"])
    assert.equal((await post("/v1/claims", { text })).status, 200);
});

test("diaries and symptoms are answered as the document says", { skip: missing }, async () => {
  const scores = (...levels) => levels.map((score, i) => ({ day: 7 * i, score }));
  const dated = (...levels) => levels.map((score, i) => ({ day: `2026-10-0${i + 1}`, score }));
  const told = [
    { diary: [] }, { diary: scores(7, 6, 5, 4, 2, 1, 1) }, { diary: scores(6, 6, 6, 6, 6, 7) },
    { diary: scores(3, 5, 7, 9), adverse_events: "bruises" }, { diary: dated(5, 4, 4, 3) },
    { diary: scores("severe", "moderate", "mild", "none"), medicines: ["simvastatin", "tramadol"] },
    { diary: scores(5, 5), symptoms: "crushing chest pain" }, { diary: scores(50, 40, 20), scale: "0-100" },
    { diary: scores(2, 6, 9), scale: { low: 0, high: 10, better: "higher" } },
    { diary: scores(7, 5), changes: [{ day: 7, what: "switched to acupuncture" }], sessions: [0, 7],
      trial: { days: 28, sessions: 4 } },
  ];
  for (const one of told)
    assert.equal((await post("/v1/stop", { intervention: "massage", condition: "neck pain", ...one })).status,
      200, JSON.stringify(one));
  for (const text of ["stiff neck", "worst headache of my life", "can't feel my legs", "no chest pain"])
    assert.equal((await post("/v1/red-flags/check", { text })).status, 200);
});

test("each kind of refusal is as the document says", async () => {
  const json = { "Content-Type": "application/json" };
  const ask = async (status, target, options) =>
    assert.equal((await server.ask(target, options)).status, status, target);
  await ask(400, "/v1/ratings?nothing=1");
  await ask(400, "/v1/stop", { method: "POST", headers: json, body: "{" });
  await ask(401, "/v1/imports");
  await ask(404, "/v1/interventions/massag");
  await ask(404, "/v1/nothing");
  await ask(405, "/v1/ratings", { method: "DELETE" });
  await ask(413, "/v1/claims", { method: "POST", headers: json, body: JSON.stringify({ text: "x".repeat(2 << 20) }) });
  await ask(414, `/v1/check?q=${"x".repeat(9000)}`);
  await ask(415, "/v1/check", { method: "POST", body: "q=1" });
  await ask(431, "/v1", { headers: { "X-Much": "x".repeat(40000) } });
});

// ---- the examples ----

/** The examples of an operation: [name, values of its parameters, body]. */
function examplesOf(one) {
  const bodies = one.operation.requestBody?.content["application/json"].examples ?? {};
  const names = new Set([...Object.keys(bodies),
    ...one.parameters.flatMap((parameter) => Object.keys(parameter.examples ?? {}))]);
  return [...names].map((name) => [name,
    Object.fromEntries(one.parameters.filter(({ examples }) => examples?.[name] !== undefined)
      .map((parameter) => [parameter.name, parameter.examples[name].value])),
    bodies[name]?.value]);
}

function answersOf(one, name) {
  return Object.entries(one.operation.responses).flatMap(([status, response]) =>
    Object.values(resolve(response).content ?? {}).filter(({ examples }) => examples?.[name] !== undefined)
      .map(({ examples }) => ({ status: Number(status), value: examples[name].value })));
}

for (const one of operations)
  for (const [name, values, body] of examplesOf(one))
    test(`the example ${name} of ${one.id} works as the document says`, async () => {
      const schema = one.operation.requestBody?.content["application/json"].schema;
      const answer = await request(one, values, body);
      const [told] = answersOf(one, name);
      assert.equal(answer.status, told?.status ?? ("202" in one.operation.responses ? 202 : 200),
        answer.body.toString().slice(0, 300));
      if (told !== undefined)
        assert.deepEqual(answer.json(), told.value);
      if (missing !== false)
        return;
      if (body !== undefined)
        assert.equal(faultOf(`body of ${one.id}`, schema, body), null);
      for (const parameter of one.parameters)
        if (parameter.name in values && answer.status === 200)
          assert.equal(faultOf(`${one.id} ${parameter.name}`, parameter.schema, values[parameter.name]), null);
    });

// ---- what nobody thought of ----

/** Parameters as an example has them, or made from their schema; most times all of them well formed. */
function madeParameters(one, next) {
  const values = {};
  for (const parameter of one.parameters) {
    const known = Object.values(parameter.examples ?? {}).map(({ value }) => value);
    if (parameter.in !== "path" && !parameter.required && next() < 0.6)
      continue;
    const made = known.length > 0 && next() < 0.7 ? pick(next, known) : valid(next, parameter.schema);
    values[parameter.name] = next() < 0.15 ? String(spoilt(next, made)).replace(/^$/, "-") : made;
  }
  return values;
}

test("three hundred requests made by dice are never our fault, and answered as the document says", async () => {
  const next = random(20261122);
  // Events of an import go on, and an import would be begun; both have tests of their own.
  const asked = operations.filter(({ id }) => id !== "beginImport" && id !== "followImport");
  let good = 0;
  for (let i = 0; i < 300; i++) {
    const one = asked[i % asked.length];
    const schema = one.operation.requestBody?.content["application/json"].schema;
    const made = schema && valid(next, schema);
    const body = made !== undefined && next() < 0.5 ? spoilt(next, made) : made;
    const values = madeParameters(one, next);
    const answer = await request(one, values, body);
    const told = `${one.id} ${JSON.stringify(values)} ${JSON.stringify(body)}: ${answer.body.toString().slice(0, 300)}`;
    assert.ok(answer.status < 500, told);
    if (missing === false && body !== undefined && answer.status === 200)
      assert.equal(faultOf(`body of ${one.id}`, schema, body), null, `taken, though wrong: ${told}`);
    good += answer.status === 200;
  }
  assert.ok(good > 75 && good < 285, `${good} of 300 were answered: the dice are of no use`);
});
