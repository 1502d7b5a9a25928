// The base as FHIR R5: every resource there is against HL7's own definitions, the interactions
// against the specification (hl7.org/fhir/R5/http.html, search.html).

import assert from "node:assert/strict";
import crypto from "node:crypto";
import path from "node:path";
import { after, before, test } from "node:test";
import { fhirPackages } from "./fhir-package.mjs";
import { badNumerals, codingProblems, Definitions, Schema, Validator } from "./fhir-validator.mjs";
import { build, remove, Server, temporaryFolder } from "./support.mjs";

const types = ["ArtifactAssessment", "Citation", "Evidence", "EvidenceVariable"];
const origin = "https://example.org/rated";
const needling = "dry-needling.neck-mtrp.nothing.pain-intensity.short";

let folder, server, definitions, why;
const all = new Map(); // "Evidence/q-…" → resource

const idOf = (letter, own) =>
  `${letter}-${crypto.createHash("sha256").update(own).digest("hex").slice(0, 32)}`;

async function get(target, headers) {
  const answer = await server.get(target, headers);
  return { ...answer, resource: answer.body.length > 0 ? answer.json() : null };
}

async function pages(target) {
  const resources = [];
  let answer, bundle;
  for (let next = target; next; next = bundle.link.find((one) => one.relation === "next")?.url.slice(origin.length)) {
    answer = await get(next);
    assert.equal(answer.status, 200, next);
    bundle = answer.resource;
    assert.deepEqual(badNumerals(answer.body.toString()), [], next);
    resources.push(...(bundle.entry ?? []));
  }
  assert.equal(resources.length, bundle.total);
  return resources;
}

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--base-url", `${origin}/`]);
  const found = fhirPackages();
  why = found.why;
  definitions = found.folders && new Definitions(found.folders);
  for (const type of types)
    for (const { fullUrl, resource } of await pages(`/fhir/${type}?_count=500`)) {
      assert.equal(fullUrl, `${origin}/fhir/${type}/${resource.id}`);
      all.set(`${type}/${resource.id}`, resource);
    }
});

after(async () => {
  await server.stop();
  remove(folder);
});

function outcomeOf(answer, status, code) {
  assert.equal(answer.status, status);
  assert.equal(answer.headers["content-type"], "application/fhir+json; charset=utf-8");
  assert.equal(answer.resource.resourceType, "OperationOutcome");
  assert.equal(answer.resource.issue[0].code, code);
  if (definitions)
    assert.deepEqual(new Validator(definitions).check(answer.resource), []);
}

/* ---- validity ---- */

test("every resource is what HL7's StructureDefinitions say it must be", (t) => {
  if (!definitions)
    return t.skip(why);
  const validator = new Validator(definitions);
  for (const [name, resource] of all) {
    assert.deepEqual(validator.check(resource), [], name);
    assert.deepEqual(codingProblems(resource, definitions), [], name);
  }
});

test("every resource is what HL7's JSON schema says it must be", (t) => {
  if (!definitions)
    return t.skip(why);
  const schema = new Schema(definitions.read("openapi/fhir.schema.json"));
  for (const [name, resource] of all)
    assert.deepEqual(schema.check(resource), [], name);
});

test("the checker finds what is wrong", (t) => {
  if (!definitions)
    return t.skip(why);
  const validator = new Validator(definitions);
  const good = all.get(`Evidence/${idOf("q", needling)}`);
  const faults = [
    [{ status: undefined }, /status is missing/], [{ status: "finished" }, /publication-status/],
    [{ invented: 1 }, /no member "invented"/], [{ title: null }, /null/], [{ title: "" }, /empty string/],
    [{ note: [] }, /empty array/], [{ note: { text: "x" } }, /must be an array/],
    [{ date: "yesterday" }, /no dateTime/], [{ id: "with space" }, /is no id/],
    [{ variableDefinition: [{ description: "x" }] }, /variableRole is missing/],
    [{ certainty: [{ rating: { coding: [{ system: "http://hl7.org/fhir/certainty-rating", code: "sure" }] } }] }, /certainty-rating/],
  ];
  for (const [change, expected] of faults) {
    const bad = JSON.parse(JSON.stringify({ ...good, ...change }));
    assert.match(validator.check(bad).join("\n"), expected);
  }
});

test("the CapabilityStatement is valid and promises what is there", async (t) => {
  const { resource } = await get("/fhir/metadata");
  assert.equal(resource.fhirVersion, "5.0.0");
  assert.deepEqual(resource.rest[0].resource.map((one) => one.type), types);
  for (const { type, searchParam } of resource.rest[0].resource)
    for (const { name } of searchParam)
      assert.equal((await get(`/fhir/${type}?_count=0&${name}=`, { Prefer: "handling=strict" })).status, 200, name);
  if (!definitions)
    return t.skip(why);
  assert.deepEqual(new Validator(definitions).check(resource), []);
  assert.deepEqual(new Schema(definitions.read("openapi/fhir.schema.json")).check(resource), []);
});

test("a searchset is a valid Bundle", async (t) => {
  if (!definitions)
    return t.skip(why);
  for (const type of types) {
    const { resource } = await get(`/fhir/${type}?_count=3`);
    assert.deepEqual(new Validator(definitions).check(resource), [], type);
  }
});

test("every reference leads to a resource that is there", () => {
  const references = (value) => value === null || typeof value !== "object" ? []
    : Object.entries(value).flatMap(([key, one]) => key === "reference" ? [one] : references(one));
  for (const [name, resource] of all)
    for (const reference of references(resource))
      if (reference.startsWith("#"))
        assert.ok(resource.contained.some((one) => `#${one.id}` === reference), `${name} → ${reference}`);
      else
        assert.ok(all.has(reference), `${name} → ${reference}`);
});

/* ---- what they say ---- */

test("ids are made of our own as the contract says", async () => {
  const evidence = all.get(`Evidence/${idOf("q", needling)}`);
  assert.equal(evidence.identifier[0].value, needling);
  const { items } = (await server.get("/v1/studies?limit=5")).json();
  for (const study of items)
    assert.equal(all.get(`Citation/${idOf("s", study.id)}`).identifier[0].value, study.id);
});

test("there is one Evidence a rating, one Citation a study, and one variable an entry", async () => {
  const { counts } = (await server.get("/v1")).json();
  const count = (letter) => [...all.keys()].filter((name) => name.split("/")[1].startsWith(`${letter}-`)).length;
  assert.equal(count("q"), counts.ratings);
  assert.equal(count("v"), counts.ratings);
  assert.equal(count("s"), counts.studies);
  assert.equal(count("i"), counts.interventions);
  assert.equal(count("c"), counts.conditions);
  assert.equal(count("o"), counts.outcomes);
});

// The statistic types are THO's: hl7.org/terminology, CodeSystem statistic-type.
const measures = { MD: "0000457", SMD: "0000100", RR: "C93152", OR: "C16932" };

function estimateOf(statistic, code) {
  return statistic.attributeEstimate.find((one) => one.type.coding?.some((coding) => coding.code === code));
}

/** FHIR's decimals have 17 digits after the point. */
function same(actual, expected, what) {
  if (expected === null || actual === undefined)
    return assert.equal(actual ?? null, expected, what);
  return assert.ok(Math.abs(actual - expected) <= 1e-15 + Math.abs(expected) * 1e-15, `${what}: ${actual} ${expected}`);
}

function compareFigure(statistic, rating) {
  const { effect, pool } = rating;
  assert.equal(statistic.statisticType.coding[0].code, measures[effect.measure]);
  same(statistic.quantity.value, effect.estimate, "estimate");
  const interval = estimateOf(statistic, "C53324");
  same(interval.range.low.value, effect.ci[0], "ci");
  same(interval.range.high.value, effect.ci[1], "ci");
  assert.equal(interval.level, 0.95);
  assert.equal(statistic.sampleSize?.numberOfStudies ?? null, pool.k);
  assert.equal(statistic.sampleSize?.numberOfParticipants ?? null, pool.n);
  if (pool.k === 1)
    return;
  same(estimateOf(statistic, "0000420")?.quantity.value, pool.i2, "i2");
  same(estimateOf(statistic, "0000421")?.quantity.value, pool.tau2, "tau2");
  same(estimateOf(statistic, "0000419")?.quantity.value, pool.q, "q");
}

test("every Evidence has the numbers, the words and the certainty of its rating, and no others", async () => {
  let compared = 0;
  for (let next = "/v1/ratings?limit=500"; next;) {
    const page = (await server.get(next)).json();
    for (const rating of page.items) {
      const evidence = all.get(`Evidence/${idOf("q", rating.id)}`);
      assert.equal(evidence.assertion, rating.sentence);
      assert.ok(evidence.certainty[0].rating.coding.every((one) => one.code === rating.certainty.level));
      if (rating.effect === null)
        assert.ok((evidence.statistic ?? []).every((one) => one.quantity === undefined && one.attributeEstimate === undefined));
      else
        compareFigure(evidence.statistic[0], rating);
      compared++;
    }
    next = page.next && `/v1/ratings?limit=500&cursor=${encodeURIComponent(page.next)}`;
  }
  assert.equal(compared, [...all.keys()].filter((name) => name.startsWith("Evidence/")).length);
});

test("the domains of certainty carry the reasons of the rating", async () => {
  const rating = (await server.get(`/v1/ratings/${needling}`)).json();
  const told = rating.rating ?? rating;
  const [overall] = all.get(`Evidence/${idOf("q", needling)}`).certainty;
  assert.deepEqual(overall.subcomponent.map((one) => one.description),
    told.certainty.domains.map((one) => one.reason));
  const codes = { "0": "no-concern", "-1": "serious-concern", "-2": "very-serious-concern" };
  overall.subcomponent.forEach((one, i) => {
    const { id, change } = told.certainty.domains[i];
    if (!["upgrade", "cap"].includes(id) && change <= 0)
      assert.equal(one.rating.coding[0].code, codes[change]);
  });
});

test("a study that was retracted is told as such, and no Evidence is derived from it", () => {
  const retracted = [...all].filter(([name, one]) => name.startsWith("Citation/") &&
    one.citedArtifact.currentState?.[0].coding[0].code === "retracted").map(([name]) => name);
  assert.ok(retracted.length > 0);
  for (const resource of all.values())
    for (const one of resource.relatedArtifact ?? [])
      assert.ok(one.type !== "derived-from" || !retracted.includes(one.resourceReference.reference));
});

test("dates are the base's, never the clock's", async () => {
  const { as_of: asOf } = (await server.get("/v1")).json();
  for (const resource of all.values())
    assert.equal(resource.date, asOf.collected);
});

/* ---- interactions ---- */

test("a read has a weak ETag that is its version, and is not sent again to who has it", async () => {
  const target = `/fhir/Evidence/${idOf("q", needling)}`;
  const answer = await get(target);
  assert.equal(answer.headers["content-type"], "application/fhir+json; charset=utf-8");
  assert.equal(answer.headers.etag, `W/"${answer.resource.meta.versionId}"`);
  assert.ok(answer.headers["last-modified"]);
  assert.equal(answer.headers["access-control-allow-origin"], "*");
  assert.deepEqual(answer.resource, all.get(target.slice("/fhir/".length)));
  const again = await server.get(target, { "If-None-Match": answer.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.headers.etag, answer.headers.etag);
  assert.equal((await server.get(target, { "If-None-Match": 'W/"other"' })).status, 200);
});

test("searches find by id, by identifier with and without system, by address and by title", async () => {
  const id = idOf("q", needling);
  const found = async (query) => (await pages(`/fhir/Evidence?${query}`)).map((one) => one.resource.id);
  assert.deepEqual(await found(`_id=${id}`), [id]);
  assert.deepEqual(await found(`_id=${id},q-0`), [id]);
  assert.deepEqual(await found(`identifier=${needling}`), [id]);
  assert.deepEqual(await found(`identifier=${encodeURIComponent(`${origin}/v1/ratings|${needling}`)}`), [id]);
  assert.deepEqual(await found(`identifier=${encodeURIComponent(`https://elsewhere.example|${needling}`)}`), []);
  assert.deepEqual(await found(`url=${encodeURIComponent(`${origin}/fhir/Evidence/${id}`)}`), [id]);
  assert.deepEqual(await found(`_id=${id}&status=active`), [id]);
  assert.deepEqual(await found(`_id=${id}&status=draft`), []);
  assert.ok((await found("title=DRY%20needling&_count=500")).includes(id));
  assert.ok((await found("title:contains=knots%20in%20the%20neck&_count=500")).includes(id));
  const study = (await pages(`/fhir/Citation?identifier=${encodeURIComponent("https://pubmed.ncbi.nlm.nih.gov|20580303")}`));
  assert.equal(study[0].resource.identifier[0].value, "pmid:20580303");
});

test("dates compare by their prefixes, at the precision they have", async () => {
  const total = async (query) => (await get(`/fhir/Evidence?_count=0&${query}`)).resource.total;
  const everything = await total("");
  const day = all.values().next().value.date;
  const year = Number(day.slice(0, 4));
  for (const query of [`date=${day}`, `date=${year}`, `date=ge${day}`, `date=le${day}`, `date=lt${year + 1}`,
    `date=gt${year - 1}`, `date=ne${year - 1}`, `date=sa${year - 1}`, `date=eb${year + 1}`, `_lastUpdated=ge${year}`])
    assert.equal(await total(query), everything, query);
  for (const query of [`date=gt${day}`, `date=lt${day}`, `date=${year - 1}`, `date=ne${day}`, `_lastUpdated=lt2001-01-01T00:00:00Z`])
    assert.equal(await total(query), 0, query);
  for (const query of ["date=soon", "date=2026-13", "date=2026-02-30", "_lastUpdated=ap2026", "date:missing=true"])
    outcomeOf(await get(`/fhir/Evidence?${query}`), 400, "invalid");
});

test("pages hold what was asked for, and the next link goes on where they end", async () => {
  const first = (await get("/fhir/Citation?_count=2")).resource;
  assert.equal(first.entry.length, 2);
  assert.equal(first.link.find((one) => one.relation === "self").url, `${origin}/fhir/Citation?_count=2`);
  const next = first.link.find((one) => one.relation === "next").url;
  const second = (await get(next.slice(origin.length))).resource;
  assert.equal(second.entry.length, 2);
  assert.notDeepEqual(second.entry[0], first.entry[1]);
  assert.equal((await get("/fhir/Citation?_count=0")).resource.entry, undefined);
  assert.equal((await get("/fhir/Citation?_count=100000")).resource.entry.length, 500);
  outcomeOf(await get("/fhir/Citation?_count=-1"), 400, "invalid");
  outcomeOf(await get("/fhir/Citation?_cursor=s-1"), 400, "invalid");
});

test("unknown parameters are passed over, unless the client wants them refused", async () => {
  const { resource } = await get("/fhir/Evidence?_count=1&colour=blue");
  assert.equal(resource.link[0].url, `${origin}/fhir/Evidence?_count=1`);
  outcomeOf(await get("/fhir/Evidence?colour=blue", { Prefer: "handling=strict" }), 400, "invalid");
  assert.equal((await get("/fhir/Evidence?colour=blue&_count=1", { Prefer: "handling=lenient" })).status, 200);
  outcomeOf(await get("/fhir/Evidence?identifier:above=x"), 400, "invalid");
});

test("a search by POST is the search by GET", async () => {
  const asked = await server.ask("/fhir/Evidence/_search", { method: "POST", body: `identifier=${needling}&_count=1`,
    headers: { "Content-Type": "application/x-www-form-urlencoded" } });
  assert.equal(asked.status, 200);
  assert.deepEqual(asked.json(), (await get(`/fhir/Evidence?identifier=${needling}&_count=1`)).resource);
  const refused = await server.ask("/fhir/Evidence/_search", { method: "POST", body: "{}",
    headers: { "Content-Type": "application/json" } });
  outcomeOf({ ...refused, resource: refused.json() }, 415, "not-supported");
});

test("every refusal is an OperationOutcome", async () => {
  outcomeOf(await get("/fhir/Evidence/q-00000000000000000000000000000000"), 404, "not-found");
  outcomeOf(await get("/fhir/Patient/1"), 404, "not-found");
  outcomeOf(await get("/fhir/Patient"), 404, "not-found");
  outcomeOf(await get("/fhir"), 404, "not-found");
  outcomeOf(await get("/fhir/a/b/c/d", { Accept: "text/html" }), 404, "not-found");
  outcomeOf(await get("/fhir/Evidence?_id=%zz"), 400, "invalid");
  for (const method of ["PUT", "DELETE", "POST", "PATCH"]) {
    const answer = await server.ask("/fhir/Evidence", { method, body: "{}" });
    outcomeOf({ ...answer, resource: answer.json() }, 405, "not-supported");
    assert.match(answer.headers.allow, /GET/);
  }
});

test("JSON in all its names is answered, XML and other releases are refused", async () => {
  const target = `/fhir/Evidence/${idOf("q", needling)}`;
  for (const accept of ["application/fhir+json", "application/json", "*/*", "text/html, */*;q=0.1",
    "application/fhir+json; fhirVersion=5.0"])
    assert.equal((await get(target, { Accept: accept })).headers["content-type"], "application/fhir+json; charset=utf-8");
  for (const format of ["json", "application/json", "application/fhir%2Bjson", "application/fhir+json", "text/json"])
    assert.equal((await get(`${target}?_format=${format}`, { Accept: "application/fhir+xml" })).status, 200, format);
  outcomeOf(await get(target, { Accept: "application/fhir+xml" }), 406, "not-supported");
  outcomeOf(await get(`${target}?_format=xml`), 406, "not-supported");
  outcomeOf(await get(target, { Accept: "application/fhir+json; fhirVersion=4.0" }), 406, "not-supported");
});
