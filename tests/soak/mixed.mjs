// A busy day: SOAK_CONNECTIONS (1000) who read and post all kinds of things, SOAK_WRITERS (4) curators who
// write, the base read again once a minute. For SOAK_SECONDS (1800). Then the store is verified.
//
// Prints the memory and the counts at intervals. Fails on any answer of 4xx or 5xx, a connection that was
// reset, an acknowledged change that is not there, or memory whose lowest level in the last third of the time is more
// than a fifth above that in the second.

import path from "node:path";
import { Server, build, remove, run, temporaryFolder, token } from "../end_to_end/support.mjs";
import { Writer } from "../end_to_end/writer.mjs";
import { askedOf } from "./asked.mjs";
import { Tally, crowd, quantile, residentKb, sleep, withDescriptors } from "./load.mjs";

const seconds = Number(process.env.SOAK_SECONDS ?? 1800);
const connections = Number(process.env.SOAK_CONNECTIONS ?? 1000);
const curators = Number(process.env.SOAK_WRITERS ?? 4);
const step = Math.max(5, Math.min(60, seconds / 15)); // seconds between two lines
const most_growth = 1.2;

const faults = {};
const all = {};
let answers = 0;

function add(into, from) {
  for (const [key, count] of Object.entries(from))
    into[key] = (into[key] ?? 0) + count;
}

/** A curator: a note every quarter of a second. */
async function curate(writer, until) {
  while (!until.over) {
    const began = performance.now();
    const saved = await writer.write().catch((error) => ({ status: error.code ?? String(error), body: "" }));
    if (saved.status !== 200)
      add(faults, { [`PATCH /v1/studies/${writer.id}: ${saved.status} ${saved.body}`]: 1 });
    await sleep(Math.max(0, 250 - (performance.now() - began)));
  }
}

async function watch(server, tally, until) {
  const levels = [];
  console.log("  seconds  answers/s     2xx  others   p50 ms   p99 ms   RSS MB");
  for (let at = step; at <= seconds + 0.001; at += step) {
    await sleep(step * 1000);
    const { answers: count, statuses, faults: some, times } = tally.take();
    levels.push(residentKb(server.child.pid) / 1024);
    answers += count;
    add(all, statuses);
    add(faults, some);
    console.log([at.toFixed(0).padStart(9), (count / step).toFixed(0).padStart(10), String(statuses["2xx"] ?? 0).padStart(7),
      String(count - (statuses["2xx"] ?? 0)).padStart(7), quantile(times, 0.5).toFixed(0).padStart(8),
      quantile(times, 0.99).toFixed(0).padStart(8), levels.at(-1).toFixed(1).padStart(8)].join(" "));
    if (Math.floor(at / 60) > Math.floor((at - step) / 60))
      server.signal("SIGHUP");
  }
  until.over = true;
  return levels;
}

async function soak(folder) {
  const db = path.join(folder, "touchstone.db");
  await build(db);
  const secret = (await token(db, "anna", "curate")).token;
  const server = await Server.start(["--db", db, "--token-rate", "1000000", "--log", "/dev/null"], { under: withDescriptors });
  const writers = Array.from({ length: curators }, (_, i) => new Writer(server, secret, `ts:made-up-by-hand-${i + 1}`));
  for (const writer of writers)
    await writer.begin();
  const until = { over: false };
  const tally = new Tally();
  const [levels] = await Promise.all([watch(server, tally, until),
    crowd(server.url, connections, await askedOf(server, 1), tally, until), ...writers.map((writer) => curate(writer, until))]);
  add(faults, tally.take().faults);
  for (const writer of writers) {
    const { acknowledged } = writer;
    const kept = await writer.kept();
    if (kept < acknowledged)
      faults[`${writer.id}: ${kept} kept of ${acknowledged} acknowledged`] = 1;
  }
  const status = await server.stop();
  if (status !== 0)
    faults[`the service ended with ${status}: ${server.err.slice(-500)}`] = 1;
  const verified = await run(["verify", "--db", db]);
  if (verified.status !== 0)
    faults[`verify: ${verified.out}${verified.err}`] = 1;
  const third = Math.floor(levels.length / 3);
  const growth = Math.min(...levels.slice(-third)) / Math.min(...levels.slice(third, -third));
  if (growth > most_growth)
    faults[`memory at its lowest grew to ${growth.toFixed(2)} times of what it was`] = 1;
  const written = writers.reduce((sum, writer) => sum + writer.acknowledged + 1, 0);
  console.log(`${seconds} s, ${connections} connections: ${answers} answers (${JSON.stringify(all)}), ` +
    `${written} changes acknowledged and there; at most ${Math.max(...levels).toFixed(0)} MB, at its lowest ${growth.toFixed(2)} times in the last third; ${verified.out.split("\n")[0].replace(/^.*: /, "store ")}`);
}

const folder = temporaryFolder();
try {
  await soak(folder);
} finally {
  remove(folder);
}
for (const [fault, count] of Object.entries(faults).slice(0, 30))
  console.log(`FAULT ${count} × ${fault}`);
process.exit(Object.keys(faults).length === 0 ? 0 : 1);
