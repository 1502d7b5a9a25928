// Claims, vetted over HTTP and at the command line, on the curated base.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { build, remove, run, Server, temporaryFolder } from "./support.mjs";

const folder = temporaryFolder();
const db = path.join(folder, "claims.db");
let server;

before(async () => {
  await build(db);
  server = await Server.start(["--db", db]);
});
after(async () => {
  await server?.stop();
  remove(folder);
});

async function vet(text) {
  const answer = await server.ask("/v1/claims",
    { method: "POST", body: JSON.stringify({ text }), headers: { "content-type": "application/json" } });
  return { answer, json: answer.json() };
}

test("a claim is judged part by part, at the places of its words", async () => {
  const text = "💪 Melts knots in 60 seconds, no side effects. This massage gun relieves neck pain.";
  const { answer, json } = await vet(text);
  assert.equal(answer.status, 200);
  assert.equal(json.intervention.id, "massage-gun");
  const points = [...text];
  for (const atom of json.atoms) {
    assert.equal(points.slice(atom.start, atom.end).join(""), atom.text);
    assert.ok(atom.reason.length > 10 && Array.isArray(atom.ratings) && Array.isArray(atom.rules));
  }
  const safety = json.atoms.find((atom) => atom.type === "safety");
  assert.equal(safety.verdict, "contradicted");
  assert.deepEqual(json.red_flags, []);
});

test("the same text gives the same bytes", async () => {
  const text = "Magnets cure arthritis. FDA registered.";
  assert.ok((await vet(text)).answer.body.equals((await vet(text)).answer.body));
});

test("a text without a claim says so", async () => {
  const { json } = await vet("Ships in three days.");
  assert.equal(json.verdict, "no-claim");
  assert.deepEqual(json.atoms, []);
});

test("danger that the writer tells of themselves stands first, an advert's words do not", async () => {
  const self = (await vet("I have crushing chest pain. Does this massage gun relieve neck pain?")).json;
  assert.equal(self.red_flags[0].urgency, "emergency");
  assert.match(self.warning, /ambulance/);
  const advert = (await vet("Relieves crushing chest pain in seconds.")).json;
  assert.deepEqual(advert.red_flags, []);
});

test("what is no claim to read is refused", async () => {
  for (const body of ["{}", '{"text":"a","lang":"en"}', "[1]", "nonsense"]) {
    const answer = await server.ask("/v1/claims",
      { method: "POST", body, headers: { "content-type": "application/json" } });
    assert.equal(answer.status, 400, body);
  }
});

test("any bytes get an answer or a clear error", async () => {
  const odd = ["\u202eאב knots", "a".repeat(500000), "!!! ".repeat(20000), "ＭＥＬＴＳ　ＫＮＯＴＳ", "\u0000x"];
  for (const text of odd) {
    const { answer } = await vet(text);
    assert.ok([200, 400].includes(answer.status));
  }
});

test("the command tells each part, its words and its verdict", async () => {
  const told = await run(["vet", "--db", db, "TENS melts knots in 60 seconds, clinically proven."]);
  assert.equal(told.status, 0);
  assert.match(told.out, /unsupported/);
  assert.match(told.out, /Melts knots|melts knots/);
  assert.match(told.out, /What the evidence would support/);
});
