// touchstone export, and the curator's report of a build.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, data, remove, run, temporaryFolder } from "./support.mjs";

let folder, db;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
});

after(() => remove(folder));

async function said(...args) {
  const told = await run([...args, "--db", db]);
  assert.equal(told.status, 0, `${args}: ${told.err}`);
  return told.out;
}

/** The files below a folder, by their paths within it. */
function files(root, below = "") {
  return fs.readdirSync(path.join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? files(root, name) : [name];
  }).sort();
}

test("build and export data give the curated files back, byte for byte", async () => {
  const out = path.join(folder, "data");
  assert.match(await said("export", "data", out), /\d+ files written/);
  const curated = files(data).filter((name) => name.endsWith(".json"));
  assert.deepEqual(files(out), curated);
  for (const name of curated)
    assert.ok(fs.readFileSync(path.join(out, name)).equals(fs.readFileSync(path.join(data, name))),
      `${name} differs`);
});

test("what was exported builds into the same base", async () => {
  const out = path.join(folder, "again");
  await said("export", "data", out);
  const told = await run(["build", "--data", out, "--db", db, "--json"]);
  assert.equal(told.status, 0, told.err);
  const { added, changed, removed } = JSON.parse(told.out);
  assert.deepEqual({ added, changed, removed }, { added: 0, changed: 0, removed: 0 });
});

test("a folder with something in it is refused, and forced only by --force", async () => {
  const out = path.join(folder, "taken");
  fs.mkdirSync(path.join(out, "studies"), { recursive: true });
  fs.writeFileSync(path.join(out, "studies", "mine.json"), "{}");
  const refused = await run(["export", "data", out, "--db", db]);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /taken: the folder is not empty; name another, or force it\n$/);
  assert.deepEqual(files(out), ["studies/mine.json"]);
  const forced = await run(["export", "data", out, "--force", "--json", "--db", db]);
  assert.equal(forced.status, 0);
  assert.match(forced.err, /studies\/mine\.json is not of this store/);
  assert.deepEqual(JSON.parse(forced.out).strangers, [path.join(out, "studies", "mine.json")]);
  assert.equal(fs.readFileSync(path.join(out, "studies", "mine.json"), "utf8"), "{}");
});

test("lines are JSON each, or CSV with one width", async () => {
  for (const noun of ["ratings", "studies", "results"]) {
    const lines = (await said("export", noun)).trimEnd().split("\n").map(JSON.parse);
    assert.ok(lines.length > 100);
    assert.deepEqual(Object.keys(lines[0]), Object.keys(lines.at(-1)));
    const csv = await said("export", noun, "--format", "csv");
    assert.equal(csv.split("\r\n").length - 2, lines.length, noun);
  }
});

test("a rating is exported as lists of the API have it", async () => {
  const id = "dry-needling.neck-mtrp.nothing.pain-intensity.short";
  const lines = (await said("export", "ratings")).trimEnd().split("\n").map(JSON.parse);
  const exported = lines.find((one) => one.id === id);
  const { rating } = JSON.parse(await said("rate", id, "--json"));
  assert.equal(exported.verdict, rating.verdict);
  assert.equal(exported.effect.estimate, rating.effect.estimate);
});

test("what cannot be exported is told", async () => {
  for (const args of [[], ["everything"], ["ratings", "studies"], ["data"], ["data", "a", "b"],
    ["ratings", "--format", "xml"], ["ratings", "--force"]])
    assert.equal((await run(["export", ...args, "--db", db])).status, 2, args.join(" "));
  const missing = await run(["export", "ratings", "--db", path.join(folder, "none.db")]);
  assert.equal(missing.status, 3);
  assert.match(missing.err, /there is no store at .*none\.db/);
});

test("build --report fits 80 columns and names what a curator should look at", async () => {
  const told = await run(["build", "--report", "--db", path.join(folder, "report.db")]);
  assert.equal(told.status, 0, told.err);
  for (const words of [/What is covered, by intervention/, /The same by condition/,
    /What is missing/, /Interventions without any study: \d+ of \d+/, /What looks odd/])
    assert.match(told.out, words);
  const wide = told.out.split("\n").filter((line) => [...line].length > 80);
  assert.deepEqual(wide.slice(0, -1).filter((line) => !line.includes(folder)), []);
});

test("build --report --json holds the report beside what was done", async () => {
  const told = await run(["build", "--report", "--json", "--db", db]);
  const { studies, report } = JSON.parse(told.out);
  const { trials, reviews, others, retracted } = report.totals;
  assert.equal(trials + reviews + others + retracted, studies);
  assert.equal(report.missing.unchecked.ids.length, report.missing.unchecked.count);
  for (const { study } of report.odd.figures)
    assert.match(study, /^(pmid|doi|pmcid|nct|ts):/);
});
