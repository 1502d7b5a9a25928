// The base as it stood, and the head of the audit log, from the command line.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, data, remove, run, temporaryFolder } from "./support.mjs";

const question = "dry-needling.neck-mtrp.nothing.pain-intensity.short";
let folder, db, then, answers, head;

const asked = [["dry-needling"], ["dry-needling", "neck-pain"], [question]];

async function rate(...more) {
  const all = [];
  for (const names of asked) {
    const told = await run(["rate", ...names, "--json", "--db", db, ...more]);
    assert.equal(told.status, 0, told.err);
    all.push(told.out);
  }
  return all;
}

/** The curated files with every third study retracted and the conditions the other way round. */
function otherFiles() {
  const files = path.join(folder, "data");
  fs.cpSync(data, files, { recursive: true });
  const studies = fs.readdirSync(path.join(files, "studies")).sort();
  for (const name of studies.filter((_, index) => index % 3 === 0)) {
    const file = path.join(files, "studies", name);
    const study = JSON.parse(fs.readFileSync(file, "utf8"));
    fs.writeFileSync(file, JSON.stringify({ ...study, retracted: true }));
  }
  const conditions = path.join(files, "conditions.json");
  const list = JSON.parse(fs.readFileSync(conditions, "utf8"));
  fs.writeFileSync(conditions, JSON.stringify({ conditions: list.conditions.reverse() }));
  return files;
}

const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  answers = await rate();
  const told = await run(["verify", "--db", db]);
  assert.equal(told.status, 0, told.err);
  head = /^head of the audit log: (\d+:[0-9a-f]{64})$/m.exec(told.out)[1];
  then = new Date().toISOString();
  await seconds(1.1); // times are kept to the second
  await build(db, otherFiles());
});

after(() => remove(folder));

test("what was answered then is answered again, byte for byte", async () => {
  assert.deepEqual(await rate("--as-of", then), answers);
  const hash = /"base":\s*"([0-9a-f]{64})"/.exec(answers.join(""))?.[1];
  if (hash !== undefined)
    assert.deepEqual(await rate("--as-of", hash.slice(0, 8)), answers);
  assert.notDeepEqual(await rate(), answers);
  assert.deepEqual(await rate("--as-of", new Date().toISOString().slice(0, 10)), await rate());
});

test("before the first base there is none, and the earliest is told", async () => {
  const early = await run(["rate", question, "--db", db, "--as-of", "2001-01-01"]);
  assert.equal(early.status, 1);
  assert.match(early.err, /earliest that was kept is of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
  const wrong = await run(["rate", question, "--db", db, "--as-of", "yesterday"]);
  assert.equal(wrong.status, 1);
  assert.match(wrong.err, /no day/);
});

test("a head that was written down is still in the log, another is not", async () => {
  const told = await run(["verify", "--db", db, "--head", head]);
  assert.equal(told.status, 0, told.err);
  const forged = head.slice(0, -1) + (head.endsWith("0") ? "1" : "0");
  const missed = await run(["verify", "--db", db, "--head", forged]);
  assert.equal(missed.status, 3);
  assert.match(missed.err, /was cut or written anew/);
  const none = await run(["verify", "--db", db, "--head", "12"]);
  assert.equal(none.status, 1);
});
