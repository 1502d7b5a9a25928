// SLOW_CLIENTS (2000) who are slow in every way, and what twenty others wait meanwhile: without them, with
// them, without them again, SLOW_SECONDS (20) each, in one run. The latencies without are printed beside
// those with; no timing fails it. It fails where an answer of the others is 4xx or 5xx, a connection of theirs
// is reset, or a slow client is answered otherwise than it should.
//
// What the service has of the processors, and how long it waits for them, stands beside it: on a machine that others
// load as well the latter is most of what is waited. SLOW_KINDS (head,body,export,events) names some of the kinds.
//
// As many each: a byte of the head a second; a byte of the body a second; readers of exports who take a
// part a second; readers of an import's events. They are a process of their own, so that the others do not wait for
// them in ours.

import { fork } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Server, build, remove, temporaryFolder, token } from "../end_to_end/support.mjs";
import { askedOf } from "./asked.mjs";
import { Tally, crowd, quantile, residentKb, sleep, withDescriptors } from "./load.mjs";

const slow = Number(process.env.SLOW_CLIENTS ?? 2000);
const seconds = Number(process.env.SLOW_SECONDS ?? 20);
const others = 20;

let faults = 0;

function fault(what) {
  faults++;
  console.log(`FAULT ${what}`);
}

/** A source that never answers, so that an import goes on and its events stay open. */
async function silentSource() {
  const server = http.createServer(() => {});
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => { server.closeAllConnections(); server.close(); } };
}

async function importUnderWay(server, secret) {
  const begun = await server.send("/v1/imports", { method: "POST", body: JSON.stringify({ source: "europepmc", query: "needling" }),
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" } });
  if (begun.status !== 202)
    throw new Error(`no import: ${begun.status} ${begun.body}`);
  return begun.json().id;
}

const tail = "Host: a\r\n\r\n";

/** The four kinds: what is said at first, what is said each second (null: nothing), and which answers are right. */
function kindsOf(events, secret) {
  const body = "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";
  const get = (target, more = "") => `GET ${target} HTTP/1.1\r\n${more}${tail}`;
  return [
    { name: "head", first: "GET /v1 HTTP/1.1\r\nX-Slow: ", then: "x", status: 408 },
    { name: "body", first: body, then: " ", status: 408 },
    { name: "export", first: get("/v1/export/touchstone.db"), then: null, status: 200, slowly: true },
    { name: "events", first: get(`/v1/imports/${events}/events`, `Authorization: Bearer ${secret}\r\n`), then: null, status: 200 },
  ].filter(({ name }) => (process.env.SLOW_KINDS ?? name).split(",").includes(name));
}

class Slow {
  constructor(port, kind, until) {
    this.kind = kind;
    this.socket = net.connect(port, "127.0.0.1", () => this.socket.write(kind.first));
    this.socket.on("error", () => {});
    this.socket.on("data", (bytes) => this.hear(bytes, until));
    this.socket.on("close", () => { this.closed = true; });
  }

  hear(bytes, until) {
    this.bytes = (this.bytes ?? 0) + bytes.length;
    if (this.status === undefined) {
      this.status = Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString("latin1", 0, 20))?.[1]);
      if (this.status !== this.kind.status && !until.over)
        fault(`${this.kind.name}: ${bytes.toString("latin1", 0, 300)}`);
    }
    if (this.kind.slowly)
      this.socket.pause();
  }

  tick() {
    if (this.closed)
      return;
    if (this.kind.then !== null)
      this.socket.write(this.kind.then);
    this.socket.resume();
  }
}

/** Nanoseconds of a processor that the service has had, and that it waited for one. */
function processorNs({ child: { pid } }) {
  const all = fs.readdirSync(`/proc/${pid}/task`).map((thread) =>
    fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ").map(Number));
  return { had: all.reduce((sum, [had]) => sum + had, 0), waited: all.reduce((sum, [, waited]) => sum + waited, 0) };
}

/** Until the service has little to do: what the system itself takes in for slow readers, some megabytes each, is sent
 * to them at once, however slowly they read, and is no slowness yet. */
async function settled(server) {
  for (let tries = 0; tries < 60; tries++) {
    const { had } = processorNs(server);
    await sleep(1000);
    if (processorNs(server).had - had < 5e7)
      return;
  }
}

/** How the others fare for a while. */
async function fare(server, next, name) {
  const spent = processorNs(server);
  const tally = new Tally();
  const until = { over: false };
  const all = crowd(server.url, others, next, tally, until);
  await sleep(seconds * 1000);
  until.over = true;
  await all;
  const { answers, times, faults: some } = tally.take();
  for (const [what, count] of Object.entries(some))
    fault(`${name}: ${count} × ${what}`);
  const now = processorNs(server);
  const percent = (ns) => (ns / seconds / 1e7).toFixed(0);
  const row = { p50: quantile(times, 0.5), p99: quantile(times, 0.99), most: quantile(times, 1) };
  console.log(`${name.padEnd(22)} ${(answers / seconds).toFixed(0).padStart(6)}/s  p50 ${row.p50.toFixed(1)} ms  p99 ${row.p99.toFixed(1)} ms  ` +
    `most ${row.most.toFixed(0)} ms  processor ${percent(now.had - spent.had)} %, waited for ${percent(now.waited - spent.waited)} %  ${(residentKb(server.child.pid) / 1024).toFixed(0)} MB`);
  return row;
}

/** In a process of their own: all of them connect, and are slow until told to stop. Tells how many have come, and
 * what became of them. */
async function beSlow({ url, kinds }) {
  const until = { over: false };
  const port = Number(new URL(url).port);
  const clients = [];
  for (let i = 0; i < slow; i++) {
    clients.push(new Slow(port, kinds[i % kinds.length], until));
    if (i % 50 === 49)
      await sleep(20);
  }
  setInterval(() => clients.forEach((client, i) => {
    client.tick();
    if (client.closed) // cut off: another takes its place
      clients[i] = new Slow(port, client.kind, until);
  }), 1000);
  process.send("there");
  await new Promise((done) => process.once("message", done));
  until.over = true;
  process.send({ faults, kinds: kinds.map(({ name }) => {
    const of = clients.filter(({ kind }) => kind.name === name);
    return `${name}: ${of.filter(({ closed }) => !closed).length} of ${of.length} open, ` +
      `${of.filter(({ status }) => status !== undefined).length} answered`;
  }) }, () => process.exit(0));
}

/** A process with all the slow ones in it, once they are there; `stop` ends it and prints what became of them. */
async function slowClients(server, kinds) {
  const child = fork(fileURLToPath(import.meta.url), ["slow"]);
  const said = () => new Promise((done) => child.once("message", done));
  const there = said();
  child.send({ url: server.url, kinds });
  await there;
  return async () => {
    const told = said();
    child.send("stop");
    const { faults: theirs, kinds: all } = await told;
    faults += theirs;
    all.forEach((line) => console.log(`  ${line}`));
  };
}

async function main(folder) {
  const db = path.join(folder, "touchstone.db");
  await build(db);
  const secret = (await token(db, "anna", "import")).token;
  const source = await silentSource();
  const server = await Server.start(["--db", db, "--log", "/dev/null"], { under: withDescriptors, env: { TOUCHSTONE_EUROPEPMC_URL: source.url } });
  try {
    const kinds = kindsOf(await importUnderWay(server, secret), secret);
    const next = await askedOf(server, 1);
    await fare(server, next, "at first, not counted");
    const before = await fare(server, next, "without the slow");
    const stop = await slowClients(server, kinds);
    const came = performance.now();
    await settled(server);
    console.log(`  what the system takes in for them was sent after ${((performance.now() - came) / 1000).toFixed(0)} s`);
    const during = await fare(server, next, `with ${slow} slow`);
    await stop();
    await settled(server);
    const after = await fare(server, next, "without them again");
    console.log(`p99 with, as a ratio to without: ${(during.p99 / Math.sqrt(before.p99 * after.p99)).toFixed(2)}; p50: ` +
      `${(during.p50 / Math.sqrt(before.p50 * after.p50)).toFixed(2)}`);
  } finally {
    server.signal("SIGTERM");
    await sleep(500);
    server.signal("SIGKILL"); // the import would be waited for
    await server.ended;
    source.stop();
  }
}

if (process.argv[2] === "slow") {
  process.once("message", beSlow);
} else {
  const folder = temporaryFolder();
  try {
    await main(folder);
  } finally {
    remove(folder);
  }
  process.exit(faults === 0 ? 0 : 1);
}
