// What the most that one request may ask for costs (tests/end_to_end/work-cases.mjs): processor time of the
// service, the least of three tries, and the answer's size. Printed as a table for docs/reliability.md.
//
//     node tests/compare/work.mjs

import fs from "node:fs";
import path from "node:path";
import { Server, build, remove, temporaryFolder } from "../end_to_end/support.mjs";
import { cases } from "../end_to_end/work-cases.mjs";

const tries = 3;

function processorMs(pid) {
  return fs.readdirSync(`/proc/${pid}/task`).reduce((sum, thread) =>
    sum + Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6, 0);
}

async function costOf(server, asked) {
  const before = processorMs(server.child.pid);
  const answer = await server.send(asked.path, asked);
  return { ms: processorMs(server.child.pid) - before, bytes: answer.body.length };
}

const folder = temporaryFolder();
const db = path.join(folder, "touchstone.db");
await build(db);
const server = await Server.start(["--db", db, "--threads", "1", "--log", "/dev/null"]);
try {
  console.log("| the most of | processor time | answer |\n|---|---:|---:|");
  for (const { name, most } of cases.filter(({ most }) => most !== undefined)) {
    const costs = [];
    for (let i = 0; i < tries; i++)
      costs.push(await costOf(server, most));
    console.log(`| ${name} | ${Math.min(...costs.map(({ ms }) => ms)).toFixed(1)} ms | ${(costs[0].bytes / 1000).toFixed(0)} kB |`);
  }
} finally {
  await server.stop();
  remove(folder);
}
