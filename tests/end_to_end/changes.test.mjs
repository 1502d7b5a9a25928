// The feed of changes, followed by a client: what it comes to is what the ratings say.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, data, remove, run, Server, temporaryFolder } from "./support.mjs";

let folder, db, first, second, server;

// The curated files without every fourth study that nothing else names, and with every seventh
// retracted: the first of the two builds. The second is the files as they are.
function otherFiles() {
  const files = path.join(folder, "data");
  fs.cpSync(data, files, { recursive: true });
  const texts = fs.readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map(({ path: at, name }) => path.join(at, name));
  const all = texts.map((file) => fs.readFileSync(file, "utf8")).join("\n").toLowerCase();
  const studies = texts.filter((file) => path.dirname(file) === path.join(files, "studies")).sort();
  studies.forEach((file, index) => {
    const study = JSON.parse(fs.readFileSync(file, "utf8"));
    if (index % 4 === 0 && all.split(study.id.toLowerCase()).length === 2)
      fs.rmSync(file);
    else if (index % 7 === 0)
      fs.writeFileSync(file, JSON.stringify({ ...study, retracted: true }));
  });
  return files;
}

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  first = await build(db, otherFiles());
  second = await build(db);
  server = await Server.start(["--db", db]);
});

after(async () => {
  await server?.stop();
  remove(folder);
});

async function* items(address, limit) {
  const more = address.includes("?") ? "&" : "?";
  for (let cursor = ""; cursor !== null;) {
    const page = (await server.get(`${address}${more}limit=${limit}${cursor}`)).json();
    yield* page.items;
    cursor = page.next === null ? null : `&cursor=${encodeURIComponent(page.next)}`;
  }
}

async function standing() {
  const ratings = new Map();
  for await (const { id, verdict, certainty } of items("/v1/ratings", 500))
    ratings.set(id, `${verdict} (${certainty.level})`);
  return ratings;
}

// Every line goes on from what the lines before it came to.
async function followed(limit) {
  const state = new Map();
  let last = 0;
  for await (const { id, question, before: from, after: to } of items("/v1/changes", limit)) {
    assert.ok(id > last, "in order");
    last = id;
    const words = (told) => (told === null ? undefined : `${told.verdict} (${told.certainty})`);
    assert.equal(words(from), state.get(question), `${id} goes on from what was told before`);
    if (to === null)
      state.delete(question);
    else
      state.set(question, words(to));
  }
  return state;
}

for (const limit of [1, 7, 500])
  test(`who follows the feed from zero, ${limit} at a time, comes to what the ratings say`, async () => {
    const ratings = await standing();
    const state = await followed(limit);
    assert.ok(ratings.size > 500);
    assert.deepEqual([...state].sort(), [...ratings].sort());
  });

test("the second build did move ratings, so that there was something to follow", () => {
  assert.match(second.out, /Verdicts that changed/);
});

test("a question without a verdict is told by its certainty alone", async () => {
  const without = [...(await followed(500))].filter(([, words]) => words.startsWith("null ("));
  assert.ok(without.length > 0);
});

test("the first line of a question names its studies as the cause", async () => {
  const { value: line } = await items("/v1/changes", 1).next();
  assert.equal(line.before, null);
  assert.equal(line.cause, "study-added");
  assert.ok(line.studies.length > 0);
});

test("a first build tells how many were rated, and not each of them", async () => {
  assert.match(first.out, /\n\d+ ratings added to the feed of changes/);
  assert.ok(first.out.split("\n").length < 5, first.out);
  const told = await run(["build", "--json", "--db", path.join(folder, "other.db")]);
  const { rated, verdicts } = JSON.parse(told.out);
  assert.equal(rated, (await standing()).size);
  assert.deepEqual(verdicts, []);
});

test("the feed for readers has the hundred newest", async () => {
  const feed = (await server.get("/v1/changes.atom")).body.toString();
  assert.equal(feed.match(/<entry>/g).length, 100);
});
