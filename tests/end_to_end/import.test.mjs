// Studies coming in: at the command line, over HTTP, by schedule; and what a retraction does to what
// is served. The services are scripts on this machine (recorded-server.mjs).

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { RecordedServer } from "./recorded-server.mjs";
import { build, remove, run, Server, temporaryFolder, token } from "./support.mjs";

let folder, built, study, authorized;

const record = (pmid, more = {}) => ({
  id: String(pmid), source: "MED", pmid: String(pmid), title: `A made-up report, number ${pmid}`, pubYear: "2015",
  authorList: { author: [{ lastName: "Ay", firstName: "S" }] }, ...more });

const notice = (pmid, type = "Retraction of") => record(99999999, {
  title: "A notice", pubYear: "2026",
  commentCorrectionList: { commentCorrection: [{ id: pmid, source: "MED", type }] } });

/** A service of these pages; each is a list of records, or a list of answers that come before them. */
async function service(t, pages) {
  const total = pages.flat().length;
  const routes = pages.map((records, i) => ({
    match: i === 0 ? "cursorMark=(%2A|[*])(&|\\s)" : `cursorMark=c${i}(&|\\s)`,
    answers: [{ json: { hitCount: total, nextCursorMark: i + 1 < pages.length ? `c${i + 1}` : undefined,
      resultList: { result: records } } }] }));
  return scripted(t, routes);
}

/** Ends with the test, however that ends. */
async function scripted(t, routes) {
  const remote = await RecordedServer.start({ routes });
  t.after(() => remote.stop());
  return remote;
}

function copy(name) {
  const db = path.join(folder, name);
  fs.copyFileSync(built, db);
  return db;
}

async function imported(db, url, args = [], options = {}) {
  const told = await run(["import", "--db", db, "--base-url", url, "--wait", "0.01", "--json", ...args], options);
  assert.equal(told.status, 0, told.err);
  return JSON.parse(told.out).imports[0];
}

before(async () => {
  folder = temporaryFolder();
  built = path.join(folder, "built.db");
  await build(built);
  const made = await token(built, "operator", "import");
  authorized = { authorization: `Bearer ${made.token}`, "content-type": "application/json" };
  // A trial that a verdict stands on alone: its retraction must show.
  const told = await run(["export", "ratings", "--db", built]);
  for (const { id, verdict, pool } of told.out.trim().split("\n").map((line) => JSON.parse(line))) {
    if (study !== undefined || pool.k !== 1 || [null, "unproven", "untested"].includes(verdict))
      continue;
    const whole = JSON.parse((await run(["rate", id, "--db", built, "--json"])).out).rating;
    const used = whole.studies.filter((one) => one.used);
    if (used.length === 1 && used[0].id.startsWith("pmid:"))
      study = { id: used[0].id, pmid: used[0].id.slice(5), question: id, verdict };
  }
});

after(() => remove(folder));

test("an import is reported, and the same words ask for what is new", async (t) => {
  const db = copy("again.db");
  const remote = await service(t, [[record(1), record(2)], [record(3)]]);
  const first = await imported(db, remote.url, ["europepmc", "dry", "needling"]);
  assert.deepEqual(
    [first.query, first.status, first.complete, first.found, first.fetched, first.new, first.merged],
    ["dry needling", "finished", true, 3, 3, 3, 0]);
  assert.equal(first.since, null);
  const second = await imported(db, remote.url, ["europepmc", "dry", "needling"]);
  assert.match(second.since, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual([second.new, second.unchanged], [0, 3]);
  assert.ok(remote.requests.some(({ url }) => decodeURIComponent(url).includes(`UPDATE_DATE:[${second.since}`)));
  const everything = await imported(db, remote.url, ["europepmc", "dry needling", "--since", "ever"]);
  assert.equal(everything.since, null);
  const verified = await run(["verify", "--db", db]);
  assert.equal(verified.status, 0, verified.err);
});

test("a limit ends it, and the next time everything is asked again", async (t) => {
  const db = copy("limit.db");
  const remote = await service(t, [[record(1), record(2)], [record(3)]]);
  const few = await imported(db, remote.url, ["europepmc", "x", "--limit", "2"]);
  assert.deepEqual([few.fetched, few.complete], [2, false]);
  const all = await imported(db, remote.url, ["europepmc", "x"]);
  assert.equal(all.since, null);
  assert.equal(all.fetched, 3);
});

test("a retraction is printed with the verdicts it moves, and no build forgets it", async (t) => {
  const db = copy("retracted.db");
  const remote = await service(t, [[record(1), notice(study.pmid)]]);
  const report = await imported(db, remote.url, ["europepmc", "x"]);
  assert.equal(report.studies_marked, 1);
  const change = report.changes.find(({ question }) => question === study.question);
  assert.equal(change.before.verdict, study.verdict);
  assert.notEqual(change.after.verdict, study.verdict);
  assert.equal(change.cause, "study-retracted");
  assert.deepEqual(change.studies, [study.id]);
  await build(db);
  const rated = await run(["rate", study.question, "--db", db, "--json"]);
  assert.equal(JSON.parse(rated.out).rating.verdict, change.after.verdict);
});

test("a correction marks the study and moves nothing", async (t) => {
  const db = copy("corrected.db");
  const remote = await service(t, [[notice(study.pmid, "Erratum for")]]);
  const report = await imported(db, remote.url, ["europepmc", "x"]);
  assert.equal(report.studies_marked, 1);
  assert.deepEqual(report.changes, []);
});

test("files are read whatever they are called, and what is bad in one keeps none out", async (t) => {
  const db = copy("files.db");
  const ris = path.join(folder, "library.txt");
  const bad = path.join(folder, "bad.ris");
  fs.writeFileSync(ris, ["A", "B"].map((letter) => `TY  - JOUR\nTI  - Needling of muscle ${letter} in adults\n` +
    `AU  - Ay, S\nPY  - 2015\nDO  - 10.5555/${letter}\nER  - \n`).join("\n"));
  fs.writeFileSync(bad, "%PDF-1.7 nothing to be read here");
  const told = await run(["import", "--db", db, "--json", "file", bad, ris]);
  assert.equal(told.status, 1);
  assert.match(told.err, /bad\.ris looks like a PDF/);
  assert.deepEqual(JSON.parse(told.out).imports.map(({ query, new: added }) => [query, added]), [[ris, 2]]);
  const again = await run(["import", "--db", db, "--json", "file", ris]);
  assert.equal(JSON.parse(again.out).imports[0].unchanged, 2);
});

test("wrong words are usage, unknown ones and bad days too", async () => {
  for (const args of [[], ["pubmed"], ["medline", "x"], ["file"], ["pubmed", "x", "--since", "soon"],
    ["pubmed", "x", "--limit", "0"], ["pubmed", "x", "--save", "y"], ["--resume", "seven"],
    ["pubmed", "x", "--every", "1s", "--save", "y"]]) {
    const told = await run(["import", "--db", path.join(folder, "never.db"), ...args]);
    assert.equal(told.status, 2, `${args}: ${told.err}`);
    assert.match(told.err, /usage: touchstone import/);
  }
  assert.ok(!fs.existsSync(path.join(folder, "never.db")));
  assert.match((await run(["import", "medline", "x"])).err, /there are pubmed, .* and file/);
  assert.match((await run(["import", "--format", "doc", "file", "x"])).err, /there are .*\bris\b/);
});

test("what a service refuses is told in its words, and --resume lists it", async (t) => {
  const db = copy("refused.db");
  const remote = await scripted(t, [{ match: ".", answers: [
    { status: 400, json: { errCode: 400, errMsg: "the query cannot be read" } }] }]);
  const told = await run(["import", "--db", db, "--base-url", remote.url, "europepmc", "((("]);
  assert.equal(told.status, 1);
  assert.match(told.err, /the query cannot be read/);
  const listed = await run(["import", "--db", db, "--resume"]);
  assert.match(listed.out, /failed .*\(\(\(/s);
});

test("a backup holds the store as it was, and takes no name that is taken", async (t) => {
  const db = copy("backed.db");
  const to = path.join(folder, "copy.db");
  const told = await run(["backup", to, "--db", db, "--json"]);
  assert.equal(told.status, 0, told.err);
  assert.equal(JSON.parse(told.out).bytes, fs.statSync(to).size);
  assert.equal((await run(["verify", "--db", to])).status, 0);
  const again = await run(["backup", to, "--db", db]);
  assert.equal(again.status, 1);
  assert.match(again.err, /is there already/);
  assert.equal((await run(["backup", to, "--db", db, "--force"])).status, 0);
  assert.deepEqual(fs.readdirSync(folder).filter((name) => name.includes(".part-")), []);
});

test("verify finds a byte that was changed", async (t) => {
  const db = copy("damaged.db");
  const remote = await service(t, [[record(1)]]);
  await imported(db, remote.url, ["europepmc", "x"]);
  const bytes = fs.readFileSync(db);
  let at = bytes.indexOf("A made-up report, number 1");
  assert.ok(at > 0);
  for (; at >= 0; at = bytes.indexOf("A made-up report, number 1"))
    bytes.write("B", at);
  fs.writeFileSync(db, bytes);
  const told = await run(["verify", "--db", db]);
  assert.equal(told.status, 3);
  assert.match(told.err, /not as it was stored/);
});

// ---- in the service ----

async function serving(t, db, url, args = []) {
  const server = await Server.start(["--db", db, ...args],
    { env: { TOUCHSTONE_EUROPEPMC_URL: url } });
  t.after(() => server.stop());
  return server;
}

async function until(look, what) {
  for (let tries = 0; tries < 400; tries++) {
    const found = await look();
    if (found)
      return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`never: ${what}`);
}

test("over HTTP: begun, followed, and a retraction changes what is served", async (t) => {
  const db = copy("served.db");
  const remote = await service(t, [[record(1)], [notice(study.pmid)]]);
  const server = await serving(t, db, remote.url);
  const rating = async () => (await server.get(`/v1/ratings/${study.question}`)).json();
  assert.equal((await rating()).verdict, study.verdict);
  const begun = await server.ask("/v1/imports", { method: "POST", headers: authorized,
    body: JSON.stringify({ source: "europepmc", query: "needling" }) });
  assert.equal(begun.status, 202);
  assert.equal(begun.headers.location, "/v1/imports/1");
  const events = await server.ask("/v1/imports/1/events", { headers: authorized });
  assert.equal(events.headers["content-type"], "text/event-stream");
  assert.match(events.body.toString(), /event: done\nid: 2\ndata: \{"id":1,.*"status":"finished"/);
  await until(async () => (await rating()).verdict !== study.verdict, "the retraction is served");
  const told = [];
  for (let cursor = 0; cursor !== null;) {
    const page = (await server.get(`/v1/changes?limit=500&cursor=${cursor}`)).json();
    told.push(...page.items);
    cursor = page.next;
  }
  assert.equal(told.filter(({ question }) => question === study.question).at(-1).cause, "study-retracted");
  assert.equal((await server.get(`/v1/studies/${study.id}`)).json().retracted, true);
  const found = (await server.get("/v1/studies?status=unscreened&q=made-up")).json();
  assert.equal(found.total, 1);
  assert.equal((await server.get("/v1/imports", authorized)).json().items.length, 1);
  assert.equal((await server.get("/v1/imports")).status, 401);
  assert.equal(await server.stop(), 0);
  assert.equal((await run(["verify", "--db", db])).status, 0);
});

test("a saved search is listed, waits until it is due, and is forgotten", async (t) => {
  const db = copy("scheduled.db");
  const remote = await service(t, [[record(1)]]);
  const saved = await run(["import", "--db", db, "--base-url", remote.url, "--save", "needles", "--every", "1h",
    "europepmc", "needling"]);
  assert.equal(saved.status, 0, saved.err);
  const listed = await run(["import", "--db", db, "--saved", "--json"]);
  assert.equal(JSON.parse(listed.out).searches[0].every_seconds, 3600);
  const inWords = async () => (await run(["import", "--db", db, "--saved"])).out;
  assert.equal(await inWords(), "needles: europepmc needling, every 1 hours\n");
  const server = await serving(t, db, remote.url, ["--schedule"]);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal((await server.get("/v1/imports", authorized)).json().items.length, 1);
  assert.equal(await server.stop(), 0);
  assert.equal((await run(["import", "--db", db, "--forget", "needles"])).status, 0);
  assert.match(await inWords(), /No search is saved/);
  assert.equal((await run(["import", "--db", db, "--forget", "needles"])).status, 1);
});

test("an import under way ends with the service and goes on with the next", async (t) => {
  const db = copy("stopped.db");
  const remote = await scripted(t, [
    { match: "cursorMark=(%2A|[*])(&|\\s)", answers: [{ json: { hitCount: 2, nextCursorMark: "c1",
      resultList: { result: [record(1)] } } }] },
    { match: "cursorMark=c1(&|\\s)", answers: [{ status: 503 }, { status: 503 }, { json: { hitCount: 2,
      resultList: { result: [record(2)] } } }] }]);
  const server = await serving(t, db, remote.url);
  await server.ask("/v1/imports", { method: "POST", headers: authorized,
    body: JSON.stringify({ source: "europepmc", query: "needling" }) });
  const stored = async () => (await server.get("/v1/imports/1", authorized)).json();
  await until(async () => (await stored()).fetched === 1, "the first page");
  assert.equal(await server.stop(), 0);
  const report = await imported(db, remote.url, ["--resume", "1"]);
  assert.deepEqual([report.id, report.status, report.fetched], [1, "finished", 2]);
});
