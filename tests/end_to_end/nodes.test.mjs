// Two nodes on one store: what is changed at one is served at the other, and what a node does when the
// store goes away. Here the store is a file; tests/end_to_end/cluster.test.mjs does the same on PostgreSQL.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, Server, temporaryFolder, token } from "./support.mjs";

const question = "dry-needling.neck-mtrp.sham.pain-intensity.short";
let folder, db, secret;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  secret = (await token(db, "anna", "curate")).token;
});

after(() => remove(folder));

const override = (server, verdict) => server.ask(`/v1/ratings/${question}/override`, {
  method: "PUT", body: JSON.stringify({ verdict, reason: "in press" }),
  headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" } });

/** What a node says the question's verdict is overridden by; "none" where it is not. */
const overridden = async (server) =>
  (await server.get(`/v1/ratings/${question}`)).json().override?.verdict ?? "none";

async function until(what, holds) {
  for (let tries = 0; tries < 500; tries++) {
    if (await holds())
      return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`not so after 10 s: ${what}`);
}

test("a change at one node is served at the other, and read anew only there", async () => {
  const nodes = [await Server.start(["--db", db]), await Server.start(["--db", db])];
  try {
    assert.equal((await override(nodes[0], "may-help-a-little")).status, 200);
    await until("the other node has it", async () => await overridden(nodes[1]) === "may-help-a-little");
    await nodes[1].says("was changed by another");
    assert.equal((await override(nodes[1], "may-not-work")).status, 200);
    await until("and back", async () => await overridden(nodes[0]) === "may-not-work");
    await nodes[0].says("was changed by another");
    for (const node of nodes)
      assert.equal(node.err.split("was changed by another").length - 1, 1, node.err);
  } finally {
    for (const node of nodes)
      assert.equal(await node.stop(), 0);
  }
});

test("a node whose store is gone answers, says since when, and is in step again by itself", async () => {
  const server = await Server.start(["--db", db]);
  try {
    assert.equal((await server.get("/v1/conditions")).headers["touchstone-stale-since"], undefined);
    fs.renameSync(db, `${db}.away`);
    await server.says("the base as it was is served on");
    const old = await server.get("/v1/conditions");
    assert.equal(old.status, 200);
    assert.ok(Math.abs(Date.parse(old.headers["touchstone-stale-since"]) - Date.now()) < 3600e3);
    assert.equal(old.headers["cache-control"], "no-store");
    const ready = (await server.get("/readyz")).json();
    assert.equal(ready.status, "stale");
    assert.equal(Date.parse(ready.stale_since), Date.parse(old.headers["touchstone-stale-since"]));
    assert.equal((await server.get("/readyz?fresh=true")).status, 503);
    fs.renameSync(`${db}.away`, db);
    await server.says("the store can be read again");
    assert.equal((await server.get("/v1/conditions")).headers["touchstone-stale-since"], undefined);
    assert.equal((await server.get("/readyz")).json().status, "ready");
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("what others change is not looked for where nobody wants it", async () => {
  const nodes = [await Server.start(["--db", db]), await Server.start(["--db", db, "--poll", "0"])];
  try {
    const before = await overridden(nodes[1]);
    const other = before === "may-not-work" ? "may-help-a-little" : "may-not-work";
    assert.equal((await override(nodes[0], other)).status, 200);
    await new Promise((done) => setTimeout(done, 1500)); // what would be seen within a second
    assert.equal(await overridden(nodes[1]), before);
    assert.ok(!nodes[1].err.includes("was changed by another"));
  } finally {
    for (const node of nodes)
      assert.equal(await node.stop(), 0);
  }
});
