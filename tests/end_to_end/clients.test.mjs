// The programs in docs/clients do what their first lines say, where what they need is installed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, root, Server, temporaryFolder } from "./support.mjs";

const clients = path.join(root, "docs/clients");
let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db]);
});

after(async () => {
  await server.stop();
  remove(folder);
});

function execute(command, ...args) {
  return new Promise((done) => {
    execFile(command, args, { timeout: 60000, maxBuffer: 16 << 20 }, (error, out, err) =>
      done({ status: error === null ? 0 : error.code, out, err }));
  });
}

/** What is missing of these commands, to skip by; false where all are there. */
async function without(...commands) {
  for (const [command, ...args] of commands)
    if ((await execute(command, ...args)).status !== 0)
      return `skipped: ${command} ${args.join(" ")} does not run here`;
  return false;
}

const headline = async (pair) => (await server.get(`/v1/ratings/${pair}`)).json().headline;

test("the client in Python tells the headline, its certainty and its figure",
  { skip: await without(["python3", "--version"]) }, async () => {
    const { badge, certainty, sentence, effect } = await headline("dry-needling/neck-mtrp");
    const file = path.join(clients, "headline.py");
    const told = await execute("python3", file, server.url, "dry-needling", "neck-mtrp");
    assert.equal(told.status, 0, told.err);
    assert.ok(told.out.startsWith(`${badge} (${certainty.level} certainty)\n${sentence}\n`), told.out);
    assert.ok(told.out.includes(`${effect.measure} ${effect.estimate} (${effect.ci[0]} to`), told.out);
    const refused = await execute("python3", file, server.url, "dry-needlin", "neck-mtrp");
    assert.equal(refused.status, 1);
    assert.match(refused.err, /there is no intervention "dry-needlin".*nearest: dry-needling/);
    const untested = await execute("python3", file, server.url, "cervical-pillow", "plantar-heel-pain");
    assert.match(untested.out, /^No study found/);
  });

test("the client in JavaScript tells a warning first, and asks back", async () => {
  const ask = (...words) =>
    execute(process.execPath, path.join(clients, "check.mjs"), server.url, ...words);
  const { sentence } = (await server.get("/v1/check?q=does+massage+help+neck+pain")).json();
  assert.equal((await ask("does", "massage", "help", "neck", "pain")).out, `${sentence}\n`);
  const { warning } = (await server.get("/v1/check?q=crushing+chest+pain")).json();
  const danger = await ask("crushing", "chest", "pain");
  assert.ok(danger.out.startsWith(`${warning}\n`), danger.out);
  assert.match((await ask("what", "helps", "migraine")).out, /^- .*certainty\)$/m);
  assert.equal((await ask()).status, 1);
});

test("the client in the shell follows the pages to the last one",
  { skip: await without(["curl", "--version"]) }, async () => {
    const told = await execute("sh", path.join(clients, "ratings.sh"), server.url, "neck-pain");
    assert.equal(told.status, 0, told.err);
    const all = (await server.get("/v1/ratings?condition=neck-pain&limit=500")).json().items;
    assert.ok(all.length > 20, "more than a page of the client");
    const ids = told.out.trimEnd().split("\n").map((line) => /"id":"([^"]+)"/.exec(line)[1]);
    assert.deepEqual(ids, all.map(({ id }) => id));
    const verdicts = told.out.trimEnd().split("\n").map((line) =>
      JSON.parse(/"verdict":(null|"[^"]+")/.exec(line)[1]));
    assert.deepEqual(verdicts, all.map(({ verdict }) => verdict));
  });

test("the client in C tells the sentence, or why there is none",
  { skip: await without(["cc", "--version"], ["pkg-config", "--exists", "libcurl", "jansson"]) }, async () => {
    const flags = (await execute("pkg-config", "--cflags", "--libs", "libcurl", "jansson")).out.trim().split(/\s+/);
    const program = path.join(folder, "headline");
    const made = await execute("cc", "-std=c17", "-Wall", "-Wextra", "-Werror",
      path.join(clients, "headline.c"), "-o", program, ...flags);
    assert.equal(made.status, 0, made.err);
    const { sentence } = await headline("dry-needling/neck-mtrp");
    const told = await execute(program, `${server.url}/v1/ratings/dry-needling/neck-mtrp`);
    assert.deepEqual([told.status, told.out], [0, `${sentence}\n`]);
    const refused = await execute(program, `${server.url}/v1/ratings/dry-needlin/neck-mtrp`);
    assert.equal(refused.status, 1);
    assert.match(refused.out, /there is no intervention "dry-needlin"/);
  });

test("the table that spreadsheets fetch has the columns that the page names", async () => {
  const page = fs.readFileSync(path.join(clients, "README.md"), "utf8");
  const [, target] = /IMPORTDATA\("https:\/\/[^/"]+(\/[^"]+)"\)/.exec(page);
  const answer = await server.get(target);
  assert.match(answer.headers["content-type"], /^text\/csv/);
  const columns = answer.body.toString().split(/\r?\n/, 1)[0].split(",");
  assert.ok(columns.includes("condition") && columns.includes("verdict"), columns.join());
});
