// Danger in what people tell stands above every other answer, whichever way they come in.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, remove, run, temporaryFolder } from "./support.mjs";

let folder, db, server;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db]);
});

after(async () => {
  await server.stop();
  remove(folder);
});

// With a question that has an answer of its own, a denial and misspellings beside the danger.
const told = "does dry needling help neck knots, no fever but my dad has crushng chest pain and is sweating";
const harmless = "does dry needling help neck knots, no chest pain";
const warns = /^This may be an emergency: call an ambulance/;
const json = { "Content-Type": "application/json" };

function post(target, body) {
  return server.ask(target, { method: "POST", headers: json, body: JSON.stringify(body) });
}

function stands_first(answer) {
  const { warning, red_flags: flags } = answer.json();
  assert.equal(answer.status, 200);
  assert.match(warning, warns);
  assert.equal(flags[0].id, "acute-coronary-syndrome");
  assert.equal(flags[0].urgency, "emergency");
  assert.match(flags[0].reason, /^This can be a sign of a heart attack\./);
  assert.match(flags[0].sources[0].url, /^https:/);
}

test("a question answers with the warning before all else", async () => {
  const asked = await server.ask(`/v1/check?q=${encodeURIComponent(told)}`);
  stands_first(asked);
  assert.deepEqual(Object.keys(asked.json()).slice(0, 3), ["query", "warning", "red_flags"]);
  stands_first(await post("/v1/check", { q: told }));
  const calm = (await server.ask(`/v1/check?q=${encodeURIComponent(harmless)}`)).json();
  assert.equal(calm.warning, null);
  assert.deepEqual(calm.red_flags, []);
});

test("the check for red flags tells what to do, why, and who says so", async () => {
  const answer = (await post("/v1/red-flags/check", { text: told })).json();
  assert.equal(answer.urgency, "emergency");
  assert.match(answer.sentence, warns);
  assert.match(answer.sentence, /can be a sign of a heart attack/);
  const calm = (await post("/v1/red-flags/check", { text: harmless })).json();
  assert.equal(calm.urgency, "none");
  assert.match(calm.sentence, /no all-clear/);
});

test("the front page warns above its answer without any script", async () => {
  const page = (await server.ask(`/?q=${encodeURIComponent(told)}`)).body.toString();
  const answer = page.slice(page.indexOf("<article"));
  assert.match(answer, /^<article[^>]*>\s*<p class="alarm" role="alert">[^]*?ambulance[^]*?<a href="https:[^]*?<\/p>/);
  assert.doesNotMatch((await server.ask(`/?q=${encodeURIComponent(harmless)}`)).body.toString(),
    /class="alarm"/);
});

test("a claim is vetted below the warning of who tells of their own danger", async () => {
  stands_first(await post("/v1/claims", { text: told }));
  const advert = (await post("/v1/claims", { text: "Our belt treats chest pain and numbness." })).json();
  assert.deepEqual(advert.red_flags, []);
});

test("a diary that tells of danger is answered by it", async () => {
  const diary = {
    intervention: "TENS", condition: "neck pain", scale: "0-10", symptoms: told,
    diary: [{ day: 0, score: 7 }, { day: 6, score: 4 }],
  };
  const answer = (await post("/v1/stop", diary)).json();
  assert.equal(answer.decision, "seek-care");
  assert.equal(answer.urgency, "emergency");
  assert.match(answer.sentence, warns);
  const picture = (await post("/v1/stop.svg", diary)).body.toString();
  assert.match(picture, /emergency|ambulance|help/i);
});

test("at the terminal the warning is the first thing said", async () => {
  for (const args of [["check", told], ["vet", told]]) {
    const { out } = await run([...args, "--db", db]);
    assert.match(out, /^First of all\n +This may be an emergency[^]*?\n +https:/, args[0]);
    const said = JSON.parse((await run([...args, "--json", "--db", db])).out);
    assert.match(said.warning, warns);
  }
  const diary = "day,score\n0,7\n6,4\n";
  const args = ["stop", "--with", "TENS", "--for", "neck pain", "--symptoms", told, "--db", db, "-"];
  const { out } = await run(args, { input: diary });
  assert.match(out, /^Get help[^\n]*\n +This may be an emergency/);
});
