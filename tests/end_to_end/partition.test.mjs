// A network that falls apart: machines of network namespaces on one bridge, of which any can be taken off
// it. Nobody is told then: what is sent is not answered. Needs root.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { Database, missing } from "./postgres.mjs";
import { data, remove, run, Server, temporaryFolder } from "./support.mjs";
import { Load, overridden, override, questions, until } from "./cluster_load.mjs";

const ip = (...args) => execFileSync("ip", args, { stdio: ["ignore", "pipe", "pipe"] });
const names = ["primary", "standby", "one", "two"];
const space = (name) => `ts${process.pid}-${name}`;
const within = (name) => ["ip", "netns", "exec", space(name)];
const address = (name) => `10.77.0.${names.indexOf(name) + 1}`;

/** Why namespaces cannot be had; false where they can. */
function unable() {
  if (process.getuid() !== 0)
    return "network namespaces need root";
  try {
    ip("netns", "add", space("try"));
    ip("netns", "del", space("try"));
    return false;
  } catch {
    return "there are no network namespaces here (Debian: iproute2, and the right to make them)";
  }
}

function makeNetwork() {
  ip("netns", "add", space("hub"));
  ip("-n", space("hub"), "link", "add", "bridge", "type", "bridge");
  ip("-n", space("hub"), "link", "set", "bridge", "up");
  for (const name of names) {
    ip("netns", "add", space(name));
    ip("-n", space("hub"), "link", "add", name, "type", "veth", "peer", "name", "eth", "netns", space(name));
    ip("-n", space("hub"), "link", "set", name, "master", "bridge", "up");
    ip("-n", space(name), "addr", "add", `${address(name)}/24`, "dev", "eth");
    ip("-n", space(name), "link", "set", "eth", "up");
    ip("-n", space(name), "link", "set", "lo", "up");
  }
}

const cut = (name) => ip("-n", space("hub"), "link", "set", name, "nomaster");
const join = (name) => ip("-n", space("hub"), "link", "set", name, "master", "bridge");

const skip = await missing() || unable();
const why = { skip };
const db = `postgresql://tester@${address("primary")},${address("standby")}/postgres`;
let folder, primary, standby, nodes, secret;

async function touchstone(...args) {
  const told = await run(args, { under: within("one") });
  assert.equal(told.status, 0, told.err);
  return told.out;
}

const node = (name) => Server.start(["--db", db, "--listen", `unix:${path.join(folder, name)}`], { under: within(name) });

before(async () => {
  if (skip)
    return;
  folder = temporaryFolder();
  fs.chmodSync(folder, 0o755);
  makeNetwork();
  primary = await Database.primary({ host: address("primary"), port: 5432, under: within("primary") });
  standby = await primary.standby({ host: address("standby"), port: 5432, under: within("standby") });
  await touchstone("build", "--data", data, "--db", db);
  secret = JSON.parse(await touchstone("token", "--db", db, "add", "--name", "anna", "--scope", "curate,audit", "--json")).token;
  nodes = await Promise.all([node("one"), node("two")]);
});

after(async () => {
  if (skip)
    return;
  for (const one of nodes ?? [])
    assert.equal(await one.stop(), 0);
  for (const database of [primary, standby])
    database?.stop();
  for (const name of [...names, "hub"])
    ip("netns", "del", space(name));
  remove(folder);
});

const stale = async (one) => (await one.get("/v1/conditions")).headers["touchstone-stale-since"];

/** Asks a node for things until `holds`: how long that was, and the slowest answer; all must be 200. */
async function askedUntil(one, what, holds, seconds = 30) {
  const began = performance.now();
  let slowest = 0;
  await until(what, async () => {
    for (const target of ["/v1/check?q=does+dry+needling+help+neck+knots", "/?q=dry+needling+for+neck+knots"]) {
      const asked = performance.now();
      assert.equal((await one.get(target)).status, 200);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    return holds();
  }, seconds);
  return `after ${(performance.now() - began).toFixed(0)} ms, the slowest answer meanwhile ${slowest.toFixed(0)} ms`;
}

test("a node cut from the database answers, says that it may be old, refuses writes and catches up by itself", why, async (t) => {
  const [one, two] = nodes;
  cut("one");
  t.diagnostic(`it says that it may be old ${await askedUntil(one, "the node says so", () => stale(one))}`);
  const began = performance.now();
  const refused = await override(one, secret, questions[0], "may-not-work", "cut");
  assert.equal(refused.status, 503);
  assert.match(refused.json().detail, /has not answered since/);
  t.diagnostic(`a write there is refused after ${(performance.now() - began).toFixed(0)} ms`);
  assert.equal((await override(two, secret, questions[0], "may-help-a-little", "beside")).status, 200);
  assert.notEqual(await overridden(one, questions[0]), "may-help-a-little");
  join("one");
  t.diagnostic(`joined again, it has what the other wrote ${await askedUntil(one, "it is in step", async () =>
    await overridden(one, questions[0]) === "may-help-a-little" && await stale(one) === undefined)}`);
});

test("while the primary is cut from its standby no write is acknowledged, and reads go on", why, async (t) => {
  const [one, two] = nodes;
  cut("standby");
  for (const asked of [one, two]) {
    const began = performance.now();
    const refused = await override(asked, secret, questions[1], "may-not-work", "cut from the standby");
    t.diagnostic(`refused after ${(performance.now() - began).toFixed(0)} ms: ${refused.json().detail}`);
    assert.equal(refused.status, 503);
    assert.equal((await asked.get("/v1/conditions")).status, 200);
  }
  join("standby");
  t.diagnostic(`joined again, writes are taken ${await askedUntil(one, "a write is acknowledged", async () =>
    (await override(one, secret, questions[1], "may-help-a-little", "joined")).status === 200)}`);
  await until("both nodes have it", async () => await overridden(two, questions[1]) === "may-help-a-little");
});

test("the primary is cut from all and the standby promoted: no acknowledged write is lost, no read fails", why, async (t) => {
  const load = new Load(nodes, secret);
  let lost, promoted;
  try {
    await load.runs(3000);
    lost = performance.now();
    cut("primary");
    await load.runs(1000);
    await standby.promote();
    promoted = performance.now();
    await until("every node takes writes again", () => load.wroteSince(promoted), 60);
  } finally {
    await load.end();
  }
  primary.kill(); // who promotes a standby sees to it that the old primary does not come back
  join("primary");
  t.diagnostic(`${load.acknowledged.length} writes acknowledged, ${load.refused} refused, ${load.reads} reads, ` +
    `the slowest ${load.slowest.toFixed(0)} ms`);
  t.diagnostic(`written again ${load.firstWrites(lost).map((ms) => ms.toFixed(0)).join(", ")} ms after the primary was cut off, ` +
    `of which ${(promoted - lost).toFixed(0)} ms until the standby was promoted`);
  assert.deepEqual(load.faults, []);
  assert.deepEqual(await load.lost(nodes[1]), []);
});
