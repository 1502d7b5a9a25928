// How fast a node writes and searches on PostgreSQL, beside one on a file, in turn within one run:
// node tests/bench/nodes.mjs. Needs a PostgreSQL on this machine (a server of its own is started).

import path from "node:path";
import { Database, freePort, missing } from "../end_to_end/postgres.mjs";
import { build, remove, run, Server, temporaryFolder, token } from "../end_to_end/support.mjs";
import { override, questions } from "../end_to_end/cluster_load.mjs";

const why = await missing();
if (why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

const ROUNDS = 5, SEARCHES = 60, WRITES = 6;
const words = ["massage", "dry needling", "neck pain random", "foam roll", "laser", "kinesio tap"];
const folder = temporaryFolder();
const database = await Database.primary({ port: await freePort() });
const places = [path.join(folder, "touchstone.db"), `postgresql://tester@127.0.0.1:${database.port}/postgres`];

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  const builds = [];
  const nodes = [];
  for (const db of places) {
    builds.push([await timed(() => build(db))]);
    nodes.push({ server: await Server.start(["--db", db]), secret: (await token(db, "anna", "curate")).token });
  }
  const copied = await timed(async () => {
    const empty = `${places[1]}?options=-csearch_path%3Dcopied`;
    await database.sql("CREATE SCHEMA copied");
    const told = await run(["copy", "--from", places[0], "--to", empty]);
    if (told.status !== 0)
      throw new Error(told.err);
  });
  const searches = [[], []], writes = [[], []];
  for (let round = 0; round < ROUNDS; round++)
    for (const [at, { server, secret }] of nodes.entries()) {
      searches[at].push(await timed(async () => {
        for (let i = 0; i < SEARCHES; i++)
          await server.get(`/v1/studies?q=${encodeURIComponent(words[i % words.length])}`);
      }) / SEARCHES);
      writes[at].push(await timed(async () => {
        for (let i = 0; i < WRITES; i++) {
          const answer = await override(server, secret, questions[0], i % 2 ? "may-not-work" : "may-help-a-little", `bench ${round} ${i}`);
          if (answer.status !== 200)
            throw new Error(`${answer.status} ${answer.body}`);
        }
      }) / WRITES);
    }
  const tell = (what, [file, postgres]) => console.log(
    `${what}: file ${middle(file).toFixed(1)} ms, PostgreSQL ${middle(postgres).toFixed(1)} ms, ` +
    `ratio ${(middle(postgres) / middle(file)).toFixed(2)}`);
  tell("first build", builds);
  console.log(`copy of the file into PostgreSQL: ${copied.toFixed(0)} ms`);
  tell("a search over HTTP", searches);
  tell("a write over HTTP", writes);
  for (const { server } of nodes)
    await server.stop();
} finally {
  database.stop();
  remove(folder);
}
