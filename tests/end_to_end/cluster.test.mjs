// Three nodes on one PostgreSQL, a primary and a standby that every commit waits for: what happens to
// writes and reads when the standby is gone, and when the primary is killed and the standby promoted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Database, freePort, missing } from "./postgres.mjs";
import { build, Server, token } from "./support.mjs";
import { Load, overridden, override, questions, until } from "./cluster_load.mjs";

const skip = await missing();
const why = { skip };
let primary, standby, nodes, db, secret;

before(async () => {
  if (skip)
    return;
  primary = await Database.primary({ port: await freePort() });
  standby = await primary.standby({ port: await freePort() });
  db = `postgresql://tester@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres`;
  await build(db);
  secret = (await token(db, "anna", "curate,audit")).token;
  nodes = await Promise.all([1, 2, 3].map(() => Server.start(["--db", db])));
});

after(async () => {
  for (const node of nodes ?? [])
    assert.equal(await node.stop(), 0);
  for (const database of [primary, standby])
    database?.stop();
});

/** How long after it was acknowledged at the first node all others serve a change. */
async function seenByAll() {
  const [first, ...others] = nodes;
  const verdict = await overridden(first, questions[0]) === "may-not-work" ? "may-help-a-little" : "may-not-work";
  const answer = await override(first, secret, questions[0], verdict, `seen by all: ${verdict}`);
  assert.equal(answer.status, 200);
  const began = performance.now();
  await until("all nodes serve the change", async () =>
    (await Promise.all(others.map((node) => overridden(node, questions[0])))).every((one) => one === verdict));
  return performance.now() - began;
}

test("a change at one node is served at all, and read anew only there", why, async (t) => {
  const took = [];
  while (took.length < 3)
    took.push(await seenByAll());
  t.diagnostic(`seen at all nodes after ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  assert.ok(!nodes[0].err.includes("was changed by another"), nodes[0].err);
});

test("without the standby no write is acknowledged, reads go on, and nothing is lost when it is back", why, async (t) => {
  await standby.halt();
  const began = performance.now();
  const refused = await override(nodes[1], secret, questions[1], "may-not-work", "without the standby");
  t.diagnostic(`refused after ${(performance.now() - began).toFixed(0)} ms`);
  assert.equal(refused.status, 503);
  /* … or was the second, and waited for one that nobody confirmed. */
  assert.match(refused.json().detail, /did not say whether|was not done/);
  assert.ok(Number(refused.headers["retry-after"]) > 0);
  for (const node of nodes)
    assert.equal((await node.get("/v1/conditions")).status, 200);
  await standby.start();
  await until("writes are taken again", async () =>
    (await override(nodes[1], secret, questions[1], "may-help-a-little", "with the standby")).status === 200);
  await until("all nodes agree", async () =>
    (await Promise.all(nodes.map((node) => overridden(node, questions[1])))).every((one) => one === "may-help-a-little"));
});

test("the primary is killed under writes and reads and the standby promoted: no acknowledged write is lost, no read fails", why, async (t) => {
  const load = new Load(nodes, secret);
  let killed, promoted;
  try {
    await load.runs(4000);
    killed = performance.now();
    primary.kill();
    await load.runs(1000);
    assert.equal((await nodes[0].get("/v1/conditions")).status, 200);
    await standby.promote();
    promoted = performance.now();
    await until("every node takes writes again", () => load.wroteSince(promoted), 30);
  } finally {
    await load.end();
  }
  const again = load.firstWrites(killed);
  t.diagnostic(`${load.acknowledged.length} writes acknowledged, ${load.refused} refused, ${load.reads} reads, ` +
    `the slowest ${load.slowest.toFixed(0)} ms`);
  t.diagnostic(`written again ${again.map((ms) => ms.toFixed(0)).join(", ")} ms after the primary was killed, ` +
    `of which ${(promoted - killed).toFixed(0)} ms until the standby was promoted`);
  assert.deepEqual(load.faults, []);
  assert.deepEqual(await load.lost(nodes[2]), []);
  t.diagnostic(`seen at all nodes after ${(await seenByAll()).toFixed(0)} ms`);
  assert.equal(await standby.sql("SELECT pg_is_in_recovery()"), "f");
});

test("with no database at all a node answers, says that it may be old, and refuses writes in clear words", why, async (t) => {
  const secretive = /127\.0\.0\.1|tester|5432|socket/;
  standby.kill();
  const stale = async (node) => (await node.get("/v1/conditions")).headers["touchstone-stale-since"];
  for (const node of nodes)
    await until("the node says that it may be old", () => stale(node));
  for (const node of nodes) {
    const old = await node.get("/v1/conditions");
    assert.equal(old.status, 200);
    assert.ok(Date.parse(old.headers["touchstone-stale-since"]) <= Date.now());
    const began = performance.now();
    const refused = await override(node, secret, questions[2], "may-not-work", "no database");
    assert.equal(refused.status, 503);
    assert.match(refused.json().detail, /has not answered since/);
    t.diagnostic(`a write refused after ${(performance.now() - began).toFixed(0)} ms`);
    const ready = await node.get("/readyz");
    assert.equal(ready.status, 200);
    assert.equal(ready.json().status, "stale");
    assert.doesNotMatch(ready.body.toString(), secretive);
    const fresh = await node.get("/readyz?fresh=true");
    assert.equal(fresh.status, 503);
    assert.doesNotMatch(fresh.body.toString(), secretive);
  }
  await standby.start();
  for (const node of nodes)
    await until("the node no longer says that it may be old", async () => await stale(node) === undefined);
  t.diagnostic(`seen at all nodes after ${(await seenByAll()).toFixed(0)} ms`);
});
