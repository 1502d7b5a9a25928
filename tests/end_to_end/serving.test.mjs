// Starting, reloading and ending; what happens to whom the store or the port is not as it should be.

import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, data, remove, run, temporaryFolder } from "./support.mjs";

let folder, store;

before(async () => {
  folder = temporaryFolder();
  store = path.join(folder, "touchstone.db");
  await build(store);
});

after(() => remove(folder));

// A copy of the curated files with one of them changed.
function changedData(name, file, change) {
  const copy = path.join(folder, name);
  fs.cpSync(data, copy, { recursive: true });
  const at = path.join(copy, file);
  const value = JSON.parse(fs.readFileSync(at, "utf8"));
  change(value);
  fs.writeFileSync(at, `${JSON.stringify(value, null, 2)}\n`);
  return copy;
}

test("a rebuild and SIGHUP change the answers of a running server", async () => {
  const db = path.join(folder, "reload.db");
  await build(db);
  const server = await Server.start(["--db", db]);
  try {
    const target = "/v1/interventions/dry-needling";
    const before = await server.get(target);
    const changed = changedData("changed", "interventions/dry-needling.json", (one) => {
      one.summary = "A summary that was changed.";
    });
    await build(db, changed);
    assert.ok((await server.get(target)).body.equals(before.body), "nothing changes before SIGHUP");
    server.signal("SIGHUP");
    await server.says("reloaded");
    const after = await server.get(target, { "If-None-Match": before.headers.etag });
    assert.equal(after.status, 200);
    assert.equal(after.json().summary, "A summary that was changed.");
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("a reload that fails keeps the old answers, and a later one that is good takes", async () => {
  const db = path.join(folder, "failing.db");
  fs.copyFileSync(store, db);
  const server = await Server.start(["--db", db]);
  try {
    const target = "/v1/ratings/dry-needling/neck-mtrp";
    const before = await server.get(target);
    fs.renameSync(db, `${db}.away`);
    fs.writeFileSync(db, "this is no store\n");
    server.signal("SIGHUP");
    await server.says("not reloaded");
    assert.ok((await server.get(target)).body.equals(before.body));
    fs.renameSync(`${db}.away`, db);
    server.signal("SIGHUP");
    await server.says(`reloaded ${db}`);
    assert.ok((await server.get(target)).body.equals(before.body));
    assert.equal((await server.get("/v1/studies?q=needling")).status, 200);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("after another file took the store's place, searches are made in the new one", async () => {
  const db = path.join(folder, "exchanged.db");
  const other = path.join(folder, "other.db");
  await build(db);
  const server = await Server.start(["--db", db, "--threads", "1"]);
  try {
    const found = async () => (await server.get("/v1/studies?q=zanzibar")).json().total;
    assert.equal(await found(), 0);
    const file = fs.readdirSync(path.join(data, "studies"))[0];
    await build(other, changedData("exchanged", `studies/${file}`, (study) => {
      study.title = `${study.title} zanzibar`;
    }));
    fs.renameSync(other, db);
    server.signal("SIGHUP");
    await server.says("reloaded");
    assert.equal(await found(), 1);
  } finally {
    await server.stop();
  }
});

test("without its store the server goes on with what it knows, and searches fail with 503", async () => {
  const db = path.join(folder, "gone.db");
  fs.copyFileSync(store, db);
  const server = await Server.start(["--db", db]);
  try {
    fs.rmSync(db);
    assert.equal((await server.get("/v1/ratings/dry-needling/neck-mtrp")).status, 200);
    const search = await server.get("/v1/studies?q=needling");
    assert.equal(search.status, 503);
    assert.doesNotMatch(search.body.toString(), /gone\.db/, "paths are for operators");
  } finally {
    await server.stop();
  }
});

for (const signal of ["SIGTERM", "SIGINT"])
  test(`${signal} ends the server with status 0, also in the moment it starts`, async () => {
    const server = await Server.start(["--db", store]);
    server.signal(signal);
    assert.equal(await server.ended, 0);
  });

test("an answer under way is finished before the server ends", async () => {
  const server = await Server.start(["--db", store, "--threads", "1"]);
  const { port } = new URL(server.url);
  const socket = net.connect(Number(port), "127.0.0.1");
  await new Promise((done) => socket.once("connect", done));
  const whole = new Promise((done) => {
    let text = "";
    socket.on("data", (bytes) => { text += bytes; });
    socket.on("close", () => done(text));
    socket.on("error", () => done(text));
  });
  socket.write("POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    + "Content-Length: 15\r\n\r\n");
  await server.get("/healthz"); // the head has been read: one thread takes things in order
  server.signal("SIGTERM");
  await new Promise((done) => setTimeout(done, 100));
  socket.write('{"q":"massage"}');
  assert.match(await whole, /^HTTP\/1\.1 200 /);
  assert.equal(await server.ended, 0);
});

test("--json tells where the server listens as JSON", async () => {
  const busy = await Server.start(["--db", store]);
  try {
    const { port } = new URL(busy.url);
    const told = await run(["serve", "--db", store, "--listen", `127.0.0.1:${port}`, "--json"]);
    assert.equal(told.status, 4, "a port in use");
    assert.equal(told.out, "");
    assert.match(told.err, new RegExp(`127\\.0\\.0\\.1:${port}.*in use`));
  } finally {
    await busy.stop();
  }
});

test("what cannot be served is said, with the right exit status", async () => {
  const cases = [
    [["--listen", "nonsense"], 2, /no address/],
    [["--listen", "127.0.0.1:99999"], 2, /65535/],
    [["--threads", "many"], 2, /--threads/],
    [["--db", path.join(folder, "none.db")], 3, /none\.db.*build/],
    [["--log", path.join(folder, "no", "such", "log")], 1, /such/],
    [["surplus"], 2, /surplus/],
  ];
  for (const [args, status, words] of cases) {
    const told = await run(["serve", "--db", store, "--listen", "127.0.0.1:0", ...args]);
    assert.equal(told.status, status, `${args}: ${told.err}`);
    assert.match(told.err, words);
    assert.equal(told.out, "");
  }
});

test("options come from the environment, and the command line wins", async () => {
  const none = path.join(folder, "none.db");
  const twins = { TOUCHSTONE_DB: none, TOUCHSTONE_LISTEN: "nonsense", TOUCHSTONE_THREADS: "1" };
  assert.equal((await run(["serve"], { env: twins })).status, 3);
  assert.equal((await run(["serve", "--db", store], { env: twins })).status, 2);
  assert.equal((await run(["serve"], { env: { ...twins, TOUCHSTONE_THREADS: "x" } })).status, 2);
});
