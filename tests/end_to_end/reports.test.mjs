// "This figure is wrong": kept with nothing of who said it, limited, listed, closed, in no public copy.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, run, Server, temporaryFolder, token } from "./support.mjs";

let folder, db;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
});

after(() => remove(folder));

async function serving(use, file = db) {
  const server = await Server.start(["--db", file]);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const report = (server, body, headers = {}) => server.ask("/v1/reports", { method: "POST",
  headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });
const form = (server, fields, headers = {}) => server.ask("/report", { method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
  body: new URLSearchParams(fields).toString() });

async function listed(...options) {
  const told = await run(["reports", "--json", "--db", db, ...options]);
  assert.equal(told.status, 0, told.err);
  return JSON.parse(told.out).items;
}

test("a report is a task with a number, and nothing of its sender is kept", async () => {
  await serving(async (server) => {
    const taken = await report(server, { about: "/t/massage", text: "n was 44" },
      { "User-Agent": "Zaphodphone", Referer: "http://zaphod.example/" });
    assert.equal(taken.status, 202);
    assert.equal(taken.headers["cache-control"], "no-store");
    assert.equal(taken.headers["access-control-allow-origin"], undefined);
    const [task] = await listed();
    assert.equal(task.id, taken.json().id);
    assert.deepEqual({ ...task, id: 0, at: "" }, { id: 0, at: "", kind: "report", about: "/t/massage",
      text: "n was 44", status: "open", outcome: null });
    const copy = path.join(folder, "copy.db");
    let answer;
    do answer = await server.get("/v1/export/touchstone.db");
    while (answer.headers["content-length"] === undefined);
    fs.writeFileSync(copy, answer.body);
    const told = await run(["reports", "--json", "--db", copy]);
    assert.deepEqual(JSON.parse(told.out).items, []);
  });
  for (const name of fs.readdirSync(folder))
    for (const secret of ["Zaphodphone", "zaphod.example", "127.0.0.1"])
      assert.ok(!fs.readFileSync(path.join(folder, name)).includes(secret), `${secret} in ${name}`);
});

test("what is missing or too long is told by its name", async () => {
  await serving(async (server) => {
    for (const [body, pointer] of [[{ about: "a" }, "/text"], [{ text: "a" }, "/about"],
      [{ about: " ", text: "a" }, "/about"], [{ about: "a", text: "x".repeat(4001) }, "/text"],
      [{ about: "a", text: "b", mail: "c" }, "/mail"]]) {
      const refused = await report(server, body);
      assert.equal(refused.status, 400);
      assert.ok(refused.json().errors.some((one) => one.pointer === pointer), JSON.stringify(body));
    }
    assert.equal((await report(server, { about: "ä".repeat(500), text: "ü".repeat(4000) })).status, 202);
  });
});

test("more than ten at once are told when to come again", async () => {
  await serving(async (server) => {
    const before = (await listed()).length;
    for (let i = 0; i < 10; i++)
      assert.equal((await report(server, { about: "a", text: "b" })).status, 202);
    const refused = await report(server, { about: "a", text: "b" });
    assert.equal(refused.status, 429);
    const wait = Number(refused.headers["retry-after"]);
    assert.ok(wait > 0 && wait <= 60, `${wait}`);
    assert.equal(refused.json().type, "/problems/too-many-requests");
    const page = await form(server, { about: "/t/tens", text: "my words" });
    assert.equal(page.status, 429);
    assert.match(page.body.toString(), /my words<\/textarea>/);
    assert.equal((await listed()).length, before + 10);
  });
});

test("a store that may only be read refuses, and says so", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "read-only.db");
  fs.copyFileSync(db, file);
  await serving(async (server) => {
    fs.rmSync(file); // as good as read only to root, whom no mode stops
    fs.mkdirSync(file);
    for (const answer of [await report(server, { about: "a", text: "b" }), await form(server, { about: "a", text: "b" })]) {
      assert.equal(answer.status, 503);
      assert.match(answer.body.toString(), /not kept/);
    }
    const refused = await report(server, { about: "a", text: "b" });
    assert.equal(refused.json().type, "/problems/unavailable");
    assert.ok(Number(refused.headers["retry-after"]) > 0);
    assert.ok(!refused.body.toString().includes(folder), "where the store lies is nobody's business");
  }, file);
  remove(folder);
});

test("a form from another site is refused, one from here is taken", async () => {
  await serving(async (server) => {
    const fields = { about: "/t/tens", text: "The figure is off" };
    for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" },
      { Origin: "https://elsewhere.example" }])
      assert.equal((await form(server, fields, headers)).status, 403, JSON.stringify(headers));
    for (const headers of [{ "Sec-Fetch-Site": "same-origin", Origin: "null" }, { Origin: server.url }, {}]) {
      const thanks = await form(server, fields, headers);
      assert.equal(thanks.status, 200, JSON.stringify(headers));
      assert.match(thanks.body.toString(), /number <strong>\d+<\/strong>/);
      assert.match(thanks.body.toString(), /href="\/t\/tens"/);
    }
    const elsewhere = await form(server, { ...fields, about: "//elsewhere.example/" });
    assert.doesNotMatch(elsewhere.body.toString(), /href="\/\/elsewhere/);
  });
});

test("feedback on a card is a task that names what the card was about, without the comment", async () => {
  await serving(async (server) => {
    const target = "/cds-services/touchstone-patient-view";
    const post = (at, body) => server.ask(at, { method: "POST",
      headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const problems = { resourceType: "Bundle", type: "searchset", entry: [{ resource: {
      resourceType: "Condition", clinicalStatus: { coding: [{ code: "active" }] }, code: { text: "Neck pain" } } }] };
    const { cards } = (await post(target, { hook: "patient-view", hookInstance: "1",
      context: { userId: "Practitioner/1", patientId: "1" }, prefetch: { conditions: problems } })).json();
    assert.equal(cards.length, 1);
    const when = { outcomeTimestamp: "2026-11-22T10:00:00Z" };
    const answer = await post(`${target}/feedback`, { feedback: [
      { card: cards[0].uuid, outcome: "overridden", ...when,
        overrideReason: { reason: { code: "expert-contradicts" }, userComment: "Mrs Zaphod fears needles" } },
      { card: "4e0a3a1e-3283-4575-ab82-028d55fe2719", outcome: "overridden", ...when },
      { card: "zaphod", outcome: "accepted", acceptedSuggestions: [{ id: "zaphod" }], ...when }] });
    assert.equal(answer.status, 200);
    const tasks = (await listed()).slice(-3);
    assert.ok(tasks.every(({ kind }) => kind === "cds-feedback"));
    assert.equal(tasks[0].about, "/c/neck-pain");
    assert.match(tasks[0].text, /overridden: An expert contradicts it/);
    assert.match(tasks[0].text, /a comment came with it and was not kept/);
    assert.match(tasks[1].about, /4e0a3a1e/);
    assert.ok(!JSON.stringify(tasks).toLowerCase().includes("zaphod"));
  });
});

test("who looks after the base closes a report with what came of it", async () => {
  const [first] = await listed();
  const inWords = async (...options) => (await run(["reports", "--db", db, ...options])).out;
  const open = await inWords();
  assert.ok(open.includes(`${first.id} ${first.about}`) && open.includes(first.text), open.slice(0, 200));
  const closed = await run(["reports", "--close", String(first.id), "--outcome", "mended", "--db", db]);
  assert.equal(closed.status, 0, closed.err);
  assert.ok(!(await listed()).some(({ id }) => id === first.id));
  assert.equal((await listed("--done"))[0].outcome, "mended");
  assert.match(await inWords("--done"), /Closed: mended/);
  assert.equal((await run(["reports", "--close", String(first.id), "--outcome", "again", "--db", db])).status, 1);
  assert.equal((await run(["reports", "--close", "x", "--outcome", "y", "--db", db])).status, 2);
});

test("a curator closes a report with what came of it, and everybody can read that and no more", async () => {
  const curator = (await token(db, "anna", "curate")).token;
  await serving(async (server) => {
    const as = (method, target, body) => server.ask(target, { method, body: body && JSON.stringify(body),
      headers: { "Content-Type": "application/json", authorization: `Bearer ${curator}` } });
    const { id } = (await report(server, { about: "/t/massage/neck-pain?q=mine", text: "44, not 40" })).json();
    const other = (await report(server, { about: "what I told my doctor", text: "a secret" })).json();
    const outcome = "Mended: it was 44.";
    assert.equal((await server.get("/v1/reports")).status, 401);
    const task = (await as("GET", "/v1/reports?limit=100")).json().items.find((one) => one.id === id);
    assert.deepEqual([task.text, task.about, task.status], ["44, not 40", "/t/massage/neck-pain?q=mine", "open"]);
    const mute = await as("PATCH", `/v1/reports/${id}`, { status: "closed", outcome: " " });
    assert.deepEqual(mute.json().errors.map((error) => error.pointer), ["/outcome"]);
    assert.equal((await as("PATCH", `/v1/reports/${id}`, { status: "open", outcome })).status, 400);
    assert.equal((await as("PATCH", `/v1/reports/${id}?preview=true`, { status: "closed", outcome })).json().status, "closed");
    assert.equal((await server.get(`/v1/reports/${id}`)).json().status, "open");
    assert.equal((await as("PATCH", `/v1/reports/${id}`, { status: "closed", outcome })).status, 200);
    assert.equal((await as("PATCH", `/v1/reports/${id}`, { status: "closed", outcome })).status, 409);
    const told = (await server.get(`/v1/reports/${id}`)).json();
    assert.deepEqual(told, { id, at: task.at, kind: "report", about: "/t/massage/neck-pain", status: "closed", outcome });
    assert.equal((await server.get(`/v1/reports/${other.id}`)).json().about, null);
    for (const missing of ["999999", "x", "0"])
      assert.equal((await server.get(`/v1/reports/${missing}`)).status, 404);
    const closed = (await as("GET", "/v1/reports?status=closed&limit=100")).json().items;
    assert.ok(closed.some((one) => one.id === id && one.outcome === outcome));
  });
});
