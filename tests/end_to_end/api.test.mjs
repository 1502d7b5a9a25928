// What the API answers over HTTP, compared with the contract.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Server, build, remove, run, temporaryFolder } from "./support.mjs";

let folder, db, server;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--log", path.join(folder, "access.log")]);
});

after(async () => {
  if (server)
    await server.stop();
  remove(folder);
});

const pair = "/v1/ratings/dry-needling/neck-mtrp";
const ratingFields = ["id", "question", "verdict", "rule", "sentence", "certainty", "effect", "pool",
  "directions", "studies", "safety", "against", "stability", "as_of", "links"];

function has(object, fields, where) {
  for (const field of fields)
    assert.ok(field in object, `${where} has no ${field}`);
}

function isRating(rating) {
  has(rating, ratingFields, "a rating");
  has(rating.question, ["intervention", "condition", "comparator", "outcome", "window"], "question");
  has(rating.question.intervention, ["id", "name", "kind"], "intervention");
  has(rating.certainty, ["level", "start", "domains"], "certainty");
  for (const domain of rating.certainty.domains)
    has(domain, ["id", "change", "rule", "reason"], "domain");
  if (rating.effect !== null)
    has(rating.effect, ["measure", "scale", "estimate", "ci", "mid", "favours", "magnitude", "benefit",
      "p_any_benefit", "p_important_benefit", "p_important_harm", "of_100"], "effect");
  has(rating.pool, ["basis", "method", "k", "n", "tau2", "i2", "q", "prediction"], "pool");
  has(rating.directions, ["better", "neither", "worse", "unclear"], "directions");
  for (const study of rating.studies)
    has(study, ["id", "label", "estimate", "ci", "weight", "risk", "used", "why_not"], "study");
  has(rating.safety, ["level", "harms"], "safety");
  has(rating.against, ["sham", "nothing"], "against");
  has(rating.as_of, ["searched", "base", "ruleset"], "as_of");
}

function isProblem(answer, status, words) {
  assert.equal(answer.status, status);
  assert.equal(answer.headers["content-type"], "application/problem+json");
  const problem = answer.json();
  has(problem, ["type", "title", "status", "detail"], "a problem");
  assert.equal(problem.status, status);
  assert.match(JSON.stringify(problem), words);
  return problem;
}

async function ok(target) {
  const answer = await server.get(target);
  assert.equal(answer.status, 200, `${target}: ${answer.body}`);
  return answer.json();
}

async function everyPage(target, limit) {
  const items = [];
  let next = `${target}${target.includes("?") ? "&" : "?"}limit=${limit}`;
  while (next) {
    const answer = await server.get(next);
    assert.equal(answer.status, 200);
    const page = answer.json();
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link ?? "");
    assert.equal(link === null, page.next === null, "Link and next agree");
    next = link ? link[1] : null;
  }
  return items;
}

// ---- what there is ----

test("the home tells counts, dates and links", async () => {
  const home = await ok("/v1");
  const studies = fs.readdirSync(new URL("../../evidence/data/studies", import.meta.url));
  assert.equal(home.counts.studies, studies.length);
  has(home.as_of, ["searched", "base", "ruleset"], "as_of");
  has(home.links, ["check", "suggest", "ratings", "headline", "interventions", "conditions",
    "outcomes", "studies"], "links");
});

test("health and readiness are told and not kept", async () => {
  for (const target of ["/healthz", "/readyz"]) {
    const answer = await server.get(target);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["cache-control"], "no-store");
  }
});

test("a page stands at /", async () => {
  const answer = await server.get("/");
  assert.equal(answer.status, 200);
  assert.match(answer.headers["content-type"], /^text\/html/);
});

// ---- lists ----

for (const list of ["/v1/interventions", "/v1/conditions", "/v1/outcomes", "/v1/places", "/v1/ratings",
  "/v1/ratings?sort=participants", "/v1/ratings?sort=certainty&outcome=pain-intensity",
  "/v1/ratings?sort=year&comparator=active", "/v1/studies", "/v1/studies?q=needling"])
  test(`${list} page by page gives each item once`, async () => {
    const many = await everyPage(list, 37);
    const at_once = await everyPage(list, 500);
    const ids = many.map((item) => item.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids, at_once.map((item) => item.id));
    assert.ok(ids.length > 0);
  });

test("without a limit a list has fifty items", async () => {
  assert.equal((await ok("/v1/ratings")).items.length, 50);
});

test("the filters of ratings leave what they name", async () => {
  const filter = { intervention: "dry-needling", condition: "neck-mtrp", outcome: "pain-intensity",
    comparator: "nothing", window: "short", verdict: "may-work", certainty: "low" };
  const { items } = await ok(`/v1/ratings?${new URLSearchParams(filter)}`);
  assert.deepEqual(items.map((item) => item.id),
    ["dry-needling.neck-mtrp.nothing.pain-intensity.short"]);
  const active = await everyPage("/v1/ratings?comparator=active", 500);
  assert.ok(active.every((item) => item.question.comparator.class === "active"));
  const massage = await everyPage("/v1/ratings?comparator=active:massage", 500);
  assert.ok(massage.length > 0 && massage.length < active.length);
  assert.ok(massage.every((item) => item.question.comparator.id === "active:massage"));
});

test("sorted by participants, the largest known number comes first", async () => {
  const items = await everyPage("/v1/ratings?sort=participants", 500);
  const people = items.map((item) => item.pool.n ?? -1).filter((n) => n !== 0);
  assert.deepEqual(people, [...people].sort((a, b) => b - a));
});

test("interventions are found by kind and by words", async () => {
  const devices = await everyPage("/v1/interventions?kind=device", 500);
  assert.ok(devices.length > 0 && devices.every((item) => item.kind === "device"));
  const found = await ok("/v1/interventions?q=massage+gun");
  assert.ok(found.items.some((item) => item.id === "massage-gun"));
});

// ---- one ----

test("a rating has every field of the contract, and so has its trace", async () => {
  const id = "dry-needling.neck-mtrp.nothing.pain-intensity.short";
  const rating = await ok(`/v1/ratings/${id}`);
  isRating(rating);
  assert.equal(rating.id, id);
  const trace = await ok(rating.links.trace);
  assert.ok(trace.steps.length > 0);
  for (const step of trace.steps)
    has(step, ["rule", "text", "numbers", "inputs", "outputs", "source"], "a step");
});

test("every rating of the base has every field of the contract", async () => {
  const items = await everyPage("/v1/ratings", 500);
  for (let i = 0; i < items.length; i += 7)
    isRating(await ok(`/v1/ratings/${items[i].id}`));
});

test("a headline carries its rating and every question behind it", async () => {
  const headline = await ok(pair);
  isRating(headline.headline);
  assert.equal(headline.intervention.id, "dry-needling");
  assert.equal(headline.condition.id, "neck-mtrp");
  const listed = await everyPage("/v1/ratings?intervention=dry-needling&condition=neck-mtrp", 500);
  assert.deepEqual(headline.questions.map((one) => one.id), listed.map((one) => one.id));
});

test("every pair of known names has a headline, untested ones too", async () => {
  const interventions = await everyPage("/v1/interventions", 500);
  const conditions = await everyPage("/v1/conditions", 500);
  const verdicts = new Set();
  for (let i = 0; i < interventions.length; i += 4)
    for (const condition of conditions) {
      const headline = await ok(`/v1/ratings/${interventions[i].id}/${condition.id}`);
      isRating(headline.headline);
      verdicts.add(headline.headline.verdict);
      if (headline.headline.verdict === "untested")
        assert.equal(headline.headline.studies.length, 0);
    }
  assert.ok(verdicts.has("untested") && verdicts.has("unproven"));
});

test("an intervention has the fields of the contract", async () => {
  const one = await ok("/v1/interventions/dry-needling");
  has(one, ["id", "name", "kind", "aliases", "summary", "claims", "safe_use", "harms",
    "regulatory_actions", "stop_rules", "ratings"], "an intervention");
  assert.deepEqual(one.harms, one.safety.harms);
});

test("a study has the fields of the contract, under each of its ids", async () => {
  const { items } = await ok("/v1/studies?q=sarrafzadeh&limit=1");
  const any = items[0] ?? (await ok("/v1/studies?limit=1")).items[0];
  const study = await ok(`/v1/studies/${any.id}`);
  has(study, ["id", "pmid", "doi", "pmcid", "registrations", "title", "authors", "year", "journal",
    "abstract", "publication_types", "design", "design_by", "participants", "condition", "retracted",
    "notices", "status", "appraisals", "results", "feeds", "sources"], "a study");
  for (const source of study.sources)
    has(source, ["source", "url", "retrieved"], "a source");
  for (const id of study.feeds)
    isRating(await ok(`/v1/ratings/${id}`));
});

test("a study is found by pmid, doi and alias, raw, encoded and in upper case", async () => {
  const known = [];
  for (const name of fs.readdirSync(new URL("../../evidence/data/studies/", import.meta.url))) {
    const file = new URL(`../../evidence/data/studies/${name}`, import.meta.url);
    known.push(JSON.parse(fs.readFileSync(file, "utf8")));
  }
  const both = known.find((study) => study.pmid && study.doi && study.id.startsWith("pmid:"));
  const only = known.find((study) => study.id.startsWith("doi:") && /[a-z]/.test(study.doi ?? ""));
  const aliased = known.filter((study) => (study.aliases ?? []).length > 0).slice(0, 20);
  const asked = [[both.id, both.id], [`doi:${both.doi}`, both.id],
    [`DOI:${both.doi.toUpperCase()}`, both.id], [only.id, only.id],
    [only.id.toUpperCase(), only.id],
    ...aliased.flatMap((study) => study.aliases.map((alias) => [alias, study.id]))];
  for (const [name, id] of asked) {
    const raw = encodeURI(name).replace(/[?#]/g, encodeURIComponent);
    assert.equal((await ok(`/v1/studies/${raw}`)).id, id);
    assert.equal((await ok(`/v1/studies/${encodeURIComponent(name)}`)).id, id);
  }
});

test("studies are searched by words, whatever people type", async () => {
  const found = await ok("/v1/studies?q=dry+needling");
  assert.ok(found.total > 0 && found.items.length > 0);
  for (const text of ['"', "AND OR NOT", "*", "a:b", "(", "'; DROP TABLE study; --", "🦴", "%_"])
    await ok(`/v1/studies?q=${encodeURIComponent(text)}`);
});

test("numbers are written with the fewest digits that read back", async () => {
  const text = (await server.get(pair)).body.toString("utf8");
  const outside = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const numbers = outside.match(/-?\d[\d.eE+-]*/g);
  assert.ok(numbers.length > 10);
  for (const number of numbers) {
    const fewest = String(Number(number)).replace(/\D/g, "").replace(/^0+/, "");
    assert.ok(number.replace(/[eE].*$/, "").replace(/\D/g, "").replace(/^0+/, "").length
      <= Math.max(1, fewest.length), number);
  }
});

// ---- refusals ----

test("an unknown name is 404 and told with the nearest", async () => {
  const asked = {
    "/v1/interventions/dry-needlin": "dry-needling",
    "/v1/conditions/nek-pain": "neck-pain",
    "/v1/outcomes/pain-intensty": "pain-intensity",
    "/v1/ratings/masage/neck-pain": "massage",
    "/v1/ratings/massage/neck-pian": "neck-pain",
    "/v1/ratings/dry-needlin.neck-mtrp.sham.pain-intensity.short": "dry-needling",
    "/v1/ratings/dry-needling.neck-mtr.sham.pain-intensity.short": "neck-mtrp",
    "/v1/ratings/dry-needling.neck-mtrp.nothing.pain-intensity.shrt":
      "dry-needling.neck-mtrp.nothing.pain-intensity.short",
  };
  for (const [target, nearest] of Object.entries(asked))
    assert.ok(isProblem(await server.get(target), 404, /./).nearest.includes(nearest), target);
  isProblem(await server.get("/v1/studies/pmid:0"), 404, /pmid:0/);
  isProblem(await server.get("/v1/nothing-here"), 404, /nothing-here/);
});

test("an unknown parameter is 400 and named", async () => {
  for (const target of ["/v1", "/v1/interventions", "/v1/interventions/dry-needling",
    "/v1/conditions", "/v1/conditions/neck-pain", "/v1/outcomes", "/v1/outcomes/pain-intensity",
    "/v1/places", "/v1/places/chest", "/v1/ratings", pair, "/v1/check?q=a", "/v1/suggest?q=a", "/v1/studies",
    "/v1/studies/pmid:27582622"]) {
    const answer = await server.get(`${target}${target.includes("?") ? "&" : "?"}flavour=1`);
    const problem = isProblem(answer, 400, /flavour/);
    assert.equal(problem.errors[0].pointer, "?flavour");
  }
});

test("a value that cannot be is 400 and says what can", async () => {
  const asked = { limit: ["0", "501", "x", "-1", "1.5"], cursor: ["nowhere"], window: ["soon"],
    verdict: ["great"], certainty: ["total"], sort: ["taste"], intervention: ["masage"],
    comparator: ["placebo", "active:nobody"], ruleset: ["antique"], condition: ["nek-pain"],
    outcome: ["joy"] };
  for (const [name, values] of Object.entries(asked))
    for (const value of values) {
      const answer = await server.get(`/v1/ratings?${name}=${value}`);
      const problem = isProblem(answer, 400, new RegExp(name));
      assert.equal(problem.errors[0].pointer, `?${name}`);
    }
  isProblem(await server.get("/v1/ratings?limit=5&limit=6"), 400, /limit/);
  isProblem(await server.get("/v1/studies?cursor=x"), 400, /cursor/);
  isProblem(await server.get("/v1/interventions?kind=magic"), 400, /device/);
  isProblem(await server.get("/v1/suggest?q=a&limit=51"), 400, /limit/);
});

test("only the present edition is kept, and an earlier one is refused with its date", async () => {
  const { as_of } = await ok("/v1");
  for (const target of ["/v1/ratings?limit=1", pair,
    "/v1/ratings/dry-needling.neck-mtrp.nothing.pain-intensity.short"]) {
    const join = target.includes("?") ? "&" : "?";
    for (const edition of [as_of.base, "2099-01-01"])
      assert.equal((await server.get(`${target}${join}as_of=${edition}`)).status, 200);
    isProblem(await server.get(`${target}${join}as_of=2001-01-01`), 404, /earliest/);
    assert.equal((await server.get(`${target}${join}ruleset=default`)).status, 200);
    isProblem(await server.get(`${target}${join}ruleset=other`), 400, /ruleset/);
  }
});

test("a path under another method is 405 and says which", async () => {
  const answer = await server.ask(pair, { method: "DELETE" });
  isProblem(answer, 405, /DELETE/);
  assert.equal(answer.headers.allow, "GET, HEAD, OPTIONS");
  const check = await server.ask("/v1/check", { method: "PUT", body: "{}" });
  assert.match(check.headers.allow, /GET.*POST/);
});

// ---- questions ----

const question = "does dry needling help neck knots";

test("a plain question is understood and answered", async () => {
  const check = await ok(`/v1/check?q=${question.replaceAll(" ", "+")}`);
  has(check, ["query", "understood", "not_understood", "answer", "ranked", "ask", "alternatives",
    "safety", "red_flags"], "check");
  assert.deepEqual([check.understood.intervention.id, check.understood.condition.id],
    ["dry-needling", "neck-mtrp"]);
  isRating(check.answer);
  assert.deepEqual(check.answer, (await ok(pair)).headline);
});

test("a question in the body gets the same answer and is kept nowhere", async () => {
  const post = await server.ask("/v1/check", { method: "POST", body: JSON.stringify({ q: question }),
    headers: { "Content-Type": "application/json" } });
  assert.equal(post.status, 200);
  assert.equal(post.headers["cache-control"], "no-store");
  assert.deepEqual(post.json(), await ok(`/v1/check?q=${encodeURIComponent(question)}`));
});

test("a body that is no question is refused with the place of the fault", async () => {
  const send = (body, type = "application/json") => server.ask("/v1/check",
    { method: "POST", body, headers: { "Content-Type": type } });
  isProblem(await send("q=a", "application/x-www-form-urlencoded"), 415, /application\/json/);
  isProblem(await send(""), 400, /./);
  isProblem(await send("{"), 400, /./);
  isProblem(await send("[]"), 400, /./);
  isProblem(await send('{"q": 1}'), 400, /\/q/);
  isProblem(await send('{"q": ""}'), 400, /\/q/);
  isProblem(await send('{"q": "a", "w": 1}'), 400, /\/w/);
  isProblem(await send(Buffer.from('{"q": "\xff"}', "latin1")), 400, /./);
  isProblem(await send(`{"q": "${"a".repeat(2 << 20)}"}`), 413, /./);
});

test("empty and unreadable questions are refused, long ones are cut and say so", async () => {
  isProblem(await server.get("/v1/check"), 400, /\?q/);
  isProblem(await server.get("/v1/check?q=++"), 400, /\?q/);
  isProblem(await server.get("/v1/check?q=%ff"), 400, /./);
  isProblem(await server.get("/v1/check?q=%zz"), 400, /./);
  isProblem(await server.get("/v1/check?q=a%00b"), 400, /./);
  assert.equal((await server.get(`/v1/check?q=${"a".repeat(9000)}`)).status, 414);
  const long = await ok(`/v1/check?q=massage+for+neck+pain+${"very+".repeat(300)}`);
  assert.equal(long.cut, true);
  assert.equal(long.understood.intervention.id, "massage");
});

test("what is not here is said, with the nearest names", async () => {
  const check = await ok("/v1/check?q=does+frobnication+help+neck+pain");
  assert.equal(check.answer, null);
  assert.equal(check.unknown_treatment.phrase, "frobnication");
  assert.ok(check.not_understood.includes("frobnication"));
});

test("a condition alone is answered with what is rated for it, best first", async () => {
  const check = await ok("/v1/check?q=neck+knots");
  assert.equal(check.answer, null);
  assert.ok(check.ranked.length > 5);
  assert.ok(check.ranked.every((one) => one.condition.id === "neck-mtrp"));
});

test("a treatment alone is answered for a complaint, not for people without one", async () => {
  const check = await ok("/v1/check?q=massage+gun");
  assert.equal(check.understood.condition_chosen, true);
  assert.notEqual(check.understood.condition.id, "healthy-adults");
});

test("a headache gets a question back", async () => {
  const check = await ok("/v1/check?q=headache");
  assert.match(check.ask, /tension/);
});

test("completion forgives misspellings", async () => {
  const ids = async (text) => (await ok(`/v1/suggest?q=${text}`)).items.map((item) => item.id);
  assert.ok((await ids("dry+nee")).includes("dry-needling"));
  assert.ok((await ids("acupunct")).includes("acupuncture"));
  assert.ok((await ids("acupnct")).includes("acupuncture"));
  assert.equal((await ok("/v1/suggest?q=a&limit=3")).items.length, 3);
  assert.deepEqual(await ids(""), []);
  isProblem(await server.get("/v1/suggest"), 400, /\?q/);
});

// ---- HTTP ----

test("every reading answer has validators and honours them", async () => {
  for (const target of ["/v1", "/v1/interventions", "/v1/interventions/dry-needling",
    "/v1/conditions", "/v1/conditions/neck-pain", "/v1/outcomes", "/v1/outcomes/pain-intensity",
    "/v1/places", "/v1/places/chest", "/v1/ratings", pair, "/v1/ratings/dry-needling.neck-mtrp.nothing.pain-intensity.short/trace",
    "/v1/check?q=massage", "/v1/suggest?q=mas", "/v1/studies", "/v1/studies/pmid:27582622"]) {
    const first = await server.get(target);
    assert.equal(first.status, 200, target);
    assert.match(first.headers.etag, /^"([0-9a-f]{64}\.)?[0-9a-f]{32}"$/); // a study's has its version in front
    assert.ok(Date.parse(first.headers["last-modified"]) <= Date.now(), target);
    assert.ok(first.headers["cache-control"]);
    const again = await server.get(target, { "If-None-Match": `"x", W/${first.headers.etag}` });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    assert.equal(again.headers.etag, first.headers.etag);
    assert.equal((await server.get(target, { "If-None-Match": '"x"' })).status, 200);
    const since = { "If-Modified-Since": first.headers["last-modified"] };
    assert.equal((await server.get(target, since)).status, 304);
  }
});

test("gzip on request, and the same bytes after inflation", async () => {
  for (const target of [pair, "/v1/ratings?limit=500", "/v1/studies?limit=500"]) {
    const plain = await server.get(target);
    const packed = await server.get(target, { "Accept-Encoding": "gzip" });
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.equal(packed.headers["content-encoding"], "gzip");
    assert.equal(packed.headers.vary, "Accept-Encoding");
    assert.ok(packed.body.length < plain.body.length / 2);
    assert.ok(gunzipSync(packed.body).equals(plain.body));
    const refused = await server.get(target, { "Accept-Encoding": "gzip;q=0" });
    assert.ok(refused.body.equals(plain.body));
  }
});

test("HEAD has the headers of GET and no body", async () => {
  const get = await server.get(pair);
  const head = await server.ask(pair, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  for (const name of ["content-length", "content-type", "etag", "last-modified", "cache-control"])
    assert.equal(head.headers[name], get.headers[name], name);
});

test("OPTIONS and CORS open reading to pages of others", async () => {
  const options = await server.ask("/v1/check", { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.match(options.headers["access-control-allow-methods"], /GET.*POST/);
  assert.equal((await server.get(pair)).headers["access-control-allow-origin"], "*");
  assert.equal((await server.get("/v1/nothing")).headers["access-control-allow-origin"], "*");
});

test("the same question gets the same bytes", async () => {
  const one = await server.get(pair);
  const other = await Server.start(["--db", db, "--threads", "1"]);
  try {
    assert.ok((await other.get(pair)).body.equals(one.body));
  } finally {
    await other.stop();
  }
});

// ---- the log ----

test("the access log holds no question, in address or body", async () => {
  const told = "zanzibar";
  await server.get(`/v1/check?q=${told}`);
  await server.ask("/v1/check", { method: "POST", body: `{"q": "${told}"}`,
    headers: { "Content-Type": "application/json" } });
  await server.get(`/v1/studies?q=${told}`);
  const log = fs.readFileSync(path.join(folder, "access.log"), "utf8");
  assert.ok(!log.includes(told));
  const lines = log.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.ok(lines.some((line) => line.path === "/v1/check" && line.status === 200));
});

test("the access log holds queries, but no bodies, where that was asked for", async () => {
  const log = path.join(folder, "queries.log");
  const asked = await Server.start(["--db", db, "--log", log, "--log-queries"]);
  await asked.get("/v1/check?q=zanzibar");
  await asked.ask("/v1/check", { method: "POST", body: '{"q": "madagascar"}',
    headers: { "Content-Type": "application/json" } });
  await asked.stop();
  assert.match(fs.readFileSync(log, "utf8"), /zanzibar/);
  assert.doesNotMatch(fs.readFileSync(log, "utf8"), /madagascar/);
});

// ---- the command line says the same ----

test("--json of check and rate is what the API answers", async () => {
  const said = async (...args) => {
    const told = await run([...args, "--db", db, "--json"]);
    assert.equal(told.status, 0, told.err);
    return JSON.parse(told.out);
  };
  const id = "dry-needling.neck-mtrp.nothing.pain-intensity.short";
  assert.deepEqual(await said("check", question),
    await ok(`/v1/check?q=${encodeURIComponent(question)}`));
  assert.deepEqual(await said("rate", "dry-needling"), await ok("/v1/interventions/dry-needling"));
  assert.deepEqual(await said("rate", "dry-needling", "neck-mtrp"), await ok(pair));
  const { rating, trace } = await said("rate", id);
  assert.deepEqual(rating, await ok(`/v1/ratings/${id}`));
  assert.deepEqual(trace, (await ok(`/v1/ratings/${id}/trace`)).steps);
});
