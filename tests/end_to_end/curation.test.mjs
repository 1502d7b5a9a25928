// Curators over HTTP: from an import to a verdict that moved, and back; two at once, many at once,
// and a service that is killed while they write. The trials are made up and stay in this store.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, run, Server, temporaryFolder } from "./support.mjs";

const trial = "doi:10.9999/made-up.1";
const other = "doi:10.9999/made-up.2";
const question = "dry-needling.neck-mtrp.sham.pain-intensity.short";
const records = `TY  - JOUR
AU  - Mustermann, Erika
TI  - Dry needling for myofascial neck pain: a randomized controlled trial of 240 patients
JO  - Journal of Things Made Up
PY  - 2026
DO  - 10.9999/made-up.1
AB  - 240 patients were randomized to dry needling or sham needling.
ER  - 
TY  - JOUR
AU  - Beispiel, Max
TI  - Foam rolling for delayed onset muscle soreness: a randomised trial
JO  - Journal of Things Made Up
PY  - 2025
DO  - 10.9999/made-up.2
ER  - 
TY  - JOUR
AU  - Exemple, Anne
TI  - A letter to the editor
PY  - 2025
DO  - 10.9999/made-up.3
ER  - 
`;
const result = { intervention: "dry-needling", comparator: "sham", outcome: "pain-intensity",
  scale: { name: "NRS", low: 0, high: 10 }, better: "lower", window: "short", days: 28,
  arms: [{ role: "intervention", n: 120, mean: 3.1, sd: 2.1 },
    { role: "comparator", n: 120, mean: 4.9, sd: 2.2 }] };
const answers = { 1.1: "Y", 1.2: "PY", 1.3: "N", 2.1: "N", 2.2: "Y", 2.3: "N", 2.6: "Y", 3.1: "Y",
  4.1: "N", 4.2: "N", 4.3: "N", 5.1: "Y", 5.2: "N", 5.3: "N" };

let folder, fresh;

before(async () => {
  folder = temporaryFolder();
  fresh = path.join(folder, "fresh.db");
  await build(fresh);
  const file = path.join(folder, "trials.ris");
  fs.writeFileSync(file, records);
  const told = await run(["import", "--db", fresh, "file", file]);
  assert.equal(told.status, 0, told.err);
});

after(() => remove(folder));

async function token(db, name, scope = "curate,audit") {
  const told = await run(["token", "add", "--db", db, "--name", name, "--scope", scope, "--json"]);
  assert.equal(told.status, 0, told.err);
  return JSON.parse(told.out).token;
}

/** A store of the test's own, a server on it and somebody with a token. */
async function curating(use) {
  const db = path.join(fs.mkdtempSync(path.join(folder, "store-")), "touchstone.db");
  fs.copyFileSync(fresh, db);
  const anna = await token(db, "anna");
  const server = await Server.start(["--db", db]);
  try {
    await use({ db, server, write: writer(server, anna) });
  } finally {
    await server.stop();
  }
}

const writer = (server, secret) => (method, target, body, headers = {}) =>
  server.ask(target, { method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers } });

const include = (write, id = trial) => write("PATCH", `/v1/screening/${id}`,
  { decision: "included", intervention: "dry-needling", condition: "neck-mtrp", reason: "a trial of it" });

async function verdict(server) {
  return (await server.get(`/v1/ratings/${question}`)).json().verdict;
}

async function sound(db) {
  const told = await run(["verify", "--db", db]);
  assert.equal(told.status, 0, told.out + told.err);
}

test("what could move a verdict most is to be screened first, and says why", () =>
  curating(async ({ write }) => {
    const { items, total } = (await write("GET", "/v1/screening")).json();
    assert.equal(total, 3);
    assert.deepEqual(items.map((item) => item.publication.id).slice(0, 2), [trial, other]);
    assert.equal(items[0].about.intervention.id, "dry-needling");
    assert.match(items[0].why, /240 people.*dry needling/i);
    assert.ok(items[0].weight > items[1].weight && items[1].weight > items[2].weight);
    assert.match(items[2].why, /no treatment/);
    assert.match(items[0].abstract, /sham needling/);
  }));

test("a decision says what it has to say, and is kept with who made it", () =>
  curating(async ({ write }) => {
    const mute = await write("PATCH", `/v1/screening/${trial}`, { decision: "excluded" });
    assert.equal(mute.status, 400);
    assert.deepEqual(mute.json().errors.map((error) => error.pointer), ["/reason"]);
    const lost = await write("PATCH", `/v1/screening/${trial}`, { decision: "included", condition: "neck" });
    assert.match(lost.json().errors[0].detail, /no condition "neck"/);
    assert.equal((await write("PATCH", "/v1/screening/pmid:1", { decision: "included",
      condition: "neck-mtrp" })).status, 404);
    assert.equal((await include(write)).status, 200);
    const [row] = (await write("GET", "/v1/audit?limit=1")).json().items;
    assert.deepEqual([row.actor, row.action, row.record, row.reason], ["anna", "screen", trial, "a trial of it"]);
    const left = (await write("GET", "/v1/screening?status=included")).json();
    assert.deepEqual(left.items.map((item) => item.publication.id), [trial]);
  }));

test("a preview of any write says what would be and leaves all as it was", () =>
  curating(async ({ server, write }) => {
    const foreseen = await write("PATCH", `/v1/screening/${trial}?preview=true`, { decision: "included", condition: "neck-mtrp" });
    assert.deepEqual([foreseen.status, foreseen.json().decision], [200, "included"]);
    assert.equal((await write("POST", "/v1/merges?preview=true", { into: trial, from: other, reason: "same people" })).status, 200);
    assert.equal((await write("GET", "/v1/screening")).json().total, 3);
    const at = `/v1/ratings/${question}/override`;
    const beside = await write("PUT", `${at}?preview=true`, { verdict: "may-help-a-little", reason: "in press" });
    assert.equal(beside.json().override.verdict, "may-help-a-little");
    assert.equal((await server.get(`/v1/ratings/${question}`)).json().override, null);
    assert.equal((await write("GET", "/v1/audit?actor=anna")).json().items.length, 0);
  }));

test("from an included record to a verdict that moved, foreseen before and undone after", () =>
  curating(async ({ db, server, write }) => {
    const study = `/v1/studies/${trial}`;
    assert.equal((await write("PUT", `${study}/appraisals/rob-2`, { answers })).status, 409); // not screened
    await include(write);
    const appraised = await write("PUT", `${study}/appraisals/rob-2`, { answers });
    assert.equal(appraised.status, 201);
    const [appraisal] = appraised.json().study.appraisals;
    assert.equal(appraisal.overall_by_items, "low");
    assert.equal(appraisal.items.D2, "low");
    assert.equal(appraisal.rated_by, "curator:anna");
    const version = { "if-match": appraised.headers.etag };

    const before = await verdict(server);
    const foreseen = (await write("POST", `${study}/results?preview=true`, result, version)).json();
    assert.equal(await verdict(server), before);
    const moved = foreseen.ratings.find((rating) => rating.question === question);
    assert.equal(moved.moved, true);
    assert.equal(moved.before.verdict, before);

    const saved = await write("POST", `${study}/results`, result, version);
    assert.equal(saved.status, 200);
    assert.equal(await verdict(server), moved.after.verdict);
    const change = saved.json().changes.find((one) => one.question === question);
    assert.deepEqual(change.studies, [trial]);
    assert.equal(change.by, "anna");
    const fed = (await server.get("/v1/changes?since=2026-01-01&limit=500")).json();
    let page = fed, last = fed.items.at(-1);
    while (page.next !== null) {
      page = (await server.get(`/v1/changes?since=2026-01-01&limit=500&cursor=${page.next}`)).json();
      last = page.items.at(-1) ?? last;
    }
    assert.equal(last.question, change.question);

    const then = (await server.get(`/v1/ratings/${question}`)).body;
    await new Promise((done) => setTimeout(done, 1100)); // editions are told apart by the second
    const at = new Date(Date.now() - 1000).toISOString().replace(/\.\d+/, "");
    const undone = await write("POST", `/v1/audit/${saved.json().audit}/undo`, { reason: "made up" });
    assert.equal(undone.status, 200);
    assert.equal(await verdict(server), before);
    assert.equal((await write("POST", `/v1/audit/${saved.json().audit}/undo`, {})).status, 409);
    assert.deepEqual((await server.get(`/v1/ratings/${question}?as_of=${at}`)).body, then);
    assert.equal((await server.get(`/v1/ratings/${question}?as_of=2019-01-01`)).status, 404);
    const rows = (await write("GET", `/v1/audit?record=${trial}`)).json().items;
    assert.deepEqual(rows.map((row) => row.action), ["undo", "change", "add", "screen"]);
    assert.equal(rows[1].undone_by, rows[0].id);
    await sound(db);
  }));

test("an export of what a curator entered is the file that a build takes in again", () =>
  curating(async ({ db, server, write }) => {
    await include(write);
    await write("POST", `/v1/studies/${trial}/results`, result);
    const out = path.join(folder, "exported");
    assert.equal((await run(["export", "data", "--db", db, out])).status, 0);
    const again = path.join(folder, "again.db");
    await build(again, out);
    const built = await run(["export", "ratings", "--db", again]);
    const kept = await run(["export", "ratings", "--db", db]);
    assert.equal(kept.status, 0);
    assert.equal(built.out, kept.out);
    assert.match(await verdict(server), /./);
  }));

test("figures that cannot be are refused with their place, nothing is kept", () =>
  curating(async ({ db, server, write }) => {
    await include(write);
    const wrong = structuredClone(result);
    wrong.arms[0].sd = 0;
    const refused = await write("POST", `/v1/studies/${trial}/results`, wrong);
    assert.equal(refused.status, 400);
    assert.ok(refused.json().errors.some((error) => error.pointer.startsWith("/arms/0")), refused.body.toString());
    const unknown = await write("POST", `/v1/studies/${trial}/results`, { ...result, outcome: "bliss" });
    assert.deepEqual(unknown.json().errors.map((error) => error.pointer), ["/outcome"]);
    assert.equal((await write("GET", `/v1/audit?record=${trial}`)).json().items.length, 1);
    const other = await write("PUT", `/v1/studies/${trial}/appraisals/rob-2`,
      { answers: { ...answers, 9.9: "Y", 1.1: "perhaps" } });
    assert.deepEqual(other.json().errors.map((error) => error.pointer).slice(0, 2).sort(),
      ["/answers/1.1", "/answers/9.9"]);
    assert.match(await verdict(server), /./);
    await sound(db);
  }));

test("who judges otherwise than the instrument says why", () =>
  curating(async ({ write }) => {
    await include(write);
    const study = `/v1/studies/${trial}/appraisals/rob-2`;
    assert.equal((await write("PUT", study, { answers, items: { D2: "high" } })).status, 400);
    const reasoned = await write("PUT", study, { answers, items: { D2: "high" }, reason: "half crossed over" });
    assert.equal(reasoned.status, 201);
    assert.equal(reasoned.json().study.appraisals[0].overall_by_items, "high");
  }));

test("whoever changes what another has changed is told so", () =>
  curating(async ({ db, server, write }) => {
    const ben = writer(server, await token(db, "ben"));
    await include(write);
    const first = await write("POST", `/v1/studies/${trial}/results`, result);
    const read = (await server.get(`/v1/studies/${trial}`)).headers.etag;
    assert.equal((await ben("PATCH", `/v1/studies/${trial}`, { note: "no version" })).status, 428);
    assert.equal((await ben("PATCH", `/v1/studies/${trial}`, { note: "Ben's" }, { "if-match": read })).status, 200);
    const late = await write("PATCH", `/v1/studies/${trial}`, { note: "Anna's" }, { "if-match": first.headers.etag });
    assert.equal(late.status, 412);
    assert.equal((await server.get(`/v1/studies/${trial}`)).json().note, "Ben's");
  }));

test("a request that comes twice under one key is done once", () =>
  curating(async ({ write }) => {
    await include(write);
    const once = { "idempotency-key": "a-key" };
    const first = await write("POST", `/v1/studies/${trial}/results`, result, once);
    const again = await write("POST", `/v1/studies/${trial}/results`, result, once);
    assert.deepEqual(again.body, first.body);
    assert.equal(again.status, first.status);
    assert.equal(again.headers.etag, first.headers.etag);
    assert.equal(again.headers["idempotency-replayed"], "true");
    const another = await write("POST", `/v1/studies/${trial}/results`, { ...result, days: 29 }, once);
    assert.equal(another.status, 409);
    assert.equal((await write("GET", `/v1/audit?record=${trial}`)).json().items.length, 2);
  }));

test("a study that is retracted by hand counts for nothing at once", () =>
  curating(async ({ server, write }) => {
    const before = await verdict(server);
    await include(write);
    const saved = await write("POST", `/v1/studies/${trial}/results`, result);
    assert.notEqual(await verdict(server), before);
    const told = await write("POST", `/v1/studies/${trial}/notices`,
      { type: "retraction", doi: "10.9999/notice", date: "2026-11-01", source: "the journal" },
      { "if-match": saved.headers.etag });
    assert.equal(told.status, 200);
    assert.equal(told.json().study.retracted, true);
    assert.equal(await verdict(server), before);
  }));

test("an override stands beside the verdict with its reason, and goes again", () =>
  curating(async ({ server, write }) => {
    const at = `/v1/ratings/${question}/override`;
    const before = await verdict(server);
    assert.equal((await write("PUT", at, { verdict: "works" })).status, 400); // no reason
    assert.equal((await write("PUT", at, { verdict: "better", reason: "so" })).status, 400); // not of a sham
    assert.equal((await write("PUT", at, { verdict: "may-help-a-little", reason: "two trials in press" })).status, 200);
    const told = (await server.get(`/v1/ratings/${question}`)).json();
    assert.equal(told.verdict, before);
    assert.deepEqual([told.override.verdict, told.override.by], ["may-help-a-little", "anna"]);
    assert.equal((await write("DELETE", `${at}?reason=they+are+out`)).status, 200);
    assert.equal((await server.get(`/v1/ratings/${question}`)).json().override, null);
    assert.equal((await write("DELETE", at)).status, 200);
  }));

test("two records become one publication by a person's word, and two again", () =>
  curating(async ({ db, write }) => {
    assert.equal((await write("POST", "/v1/merges", { into: trial, from: other })).status, 400); // no reason
    const merged = await write("POST", "/v1/merges", { into: trial, from: other, reason: "same people" });
    assert.equal(merged.status, 200);
    const kin = (await write("GET", `/v1/duplicates/${other}`)).json();
    assert.equal(kin.study, trial);
    assert.equal((await write("GET", "/v1/screening")).json().total, 2);
    assert.equal((await write("DELETE", `/v1/merges/${kin.merges[0].id}`)).status, 204);
    assert.equal((await write("GET", `/v1/duplicates/${other}`)).json().study, other);
    assert.equal((await write("POST", "/v1/duplicates", { one: trial, other, reason: "other people" })).status, 200);
    await sound(db);
  }));

test("a whole study can be entered, mended and taken out", () =>
  curating(async ({ server, write }) => {
    const id = "ts:made-up-by-hand";
    const whole = { id, title: "[A trial made up]", authors: [{ family: "Nobody" }], year: 2026, design: "rct",
      condition: "neck-mtrp", results: [result],
      sources: [{ url: "https://example.org/trial", where: "table 2" }] };
    const added = await write("PUT", `/v1/studies/${id}`, whole);
    assert.equal(added.status, 201, added.body.toString());
    assert.equal((await write("PUT", `/v1/studies/ts:another`, whole)).status, 422);
    const mended = await write("PATCH", `/v1/studies/${id}/results/0`, { days: 30, time: null },
      { "if-match": added.headers.etag });
    assert.equal(mended.json().study.results[0].days, 30);
    assert.equal((await write("DELETE", `/v1/studies/${id}`, undefined, { "if-match": added.headers.etag })).status, 412);
    assert.equal((await write("DELETE", `/v1/studies/${id}?reason=made+up`, undefined,
      { "if-match": mended.headers.etag })).status, 200);
    assert.equal((await server.get(`/v1/studies/${id}`)).status, 404);
  }));

test("eight who write at once lose nothing, and readers are answered meanwhile", { timeout: 120000 }, () =>
  curating(async ({ db, server, write }) => {
    await include(write);
    await write("POST", `/v1/studies/${trial}/results`, result);
    let reading = true;
    const reader = (async () => {
      let reads = 0;
      for (; reading; reads++)
        assert.equal((await server.get(`/v1/ratings/${question}`)).status, 200);
      return reads;
    })();
    const names = [...Array(8).keys()].map((i) => `writer-${i}`);
    const tokens = await Promise.all(names.map((name) => token(db, name)));
    const retried = await Promise.all(tokens.map(async (secret, i) => {
      const own = writer(server, secret);
      for (let tries = 1; ; tries++) {
        const study = await server.get(`/v1/studies/${trial}`);
        const harm = { intervention: "dry-needling", event: `event of ${names[i]}`, severity: "minor" };
        const saved = await own("POST", `/v1/studies/${trial}/harms`, harm, { "if-match": study.headers.etag });
        if (saved.status === 200)
          return tries;
        assert.equal(saved.status, 412, saved.body.toString());
      }
    }));
    reading = false;
    assert.ok(await reader > 0);
    assert.ok(retried.some((tries) => tries > 1));
    const harms = (await server.get(`/v1/studies/${trial}`)).json().harms.map((harm) => harm.event);
    assert.deepEqual([...harms].sort(), names.map((name) => `event of ${name}`).sort());
    await sound(db);
  }));

test("what was acknowledged is there after the service was killed", { timeout: 120000 }, async () => {
  const db = path.join(folder, "killed.db");
  fs.copyFileSync(fresh, db);
  const secret = await token(db, "anna");
  const notes = [];
  let server = await Server.start(["--db", db]);
  await include(writer(server, secret));
  let version = (await writer(server, secret)("POST", `/v1/studies/${trial}/results`, result)).headers.etag;
  for (let round = 0; round < 5; round++) {
    const write = writer(server, secret);
    let killed;
    try {
      for (;;) {
        const note = `note ${notes.length}`;
        const saved = await write("PATCH", `/v1/studies/${trial}`, { note }, { "if-match": version });
        assert.equal(saved.status, 200, saved.body.toString());
        version = saved.headers.etag;
        notes.push(note);
        killed ??= setTimeout(() => server.signal("SIGKILL"), 130 * round); // in the middle of some write
      }
    } catch (error) {
      assert.ok(["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code), String(error));
    }
    clearTimeout(killed);
    await server.ended;
    server = await Server.start(["--db", db]);
    const study = (await server.get(`/v1/studies/${trial}`));
    const kept = Number(study.json().note?.slice("note ".length) ?? -1);
    assert.ok(kept >= notes.length - 1, `${study.json().note} after ${notes.length} were acknowledged`);
    version = study.headers.etag;
  }
  assert.ok(notes.length >= 5);
  await server.stop();
  await sound(db);
});
