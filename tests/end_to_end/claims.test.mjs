// Claims, vetted over HTTP and at the command line, on the curated base.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { build, data, remove, run, Server, temporaryFolder } from "./support.mjs";

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

test("a claim judged over several unanswered questions tells what their studies lean to", async () => {
  const { json } = await vet("A massage gun works.");
  const [atom] = json.atoms;
  const [, better, others] = /better (\d+) times? and not better (\d+) times?/.exec(atom.reason).map(Number);
  assert.ok(atom.ratings.length > 1);
  assert.equal(atom.verdict, better > others ? "partly-supported" : "unsupported");
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
  const piped = await run(["vet", "--db", db, "-"], { input: "TENS melts knots in 60 seconds, clinically proven." });
  assert.equal(piped.out, told.out);
});

// ---- the claims of the base ----

async function listed(from) {
  const answer = await from.get("/v1/claims?limit=500");
  assert.equal(answer.status, 200);
  return answer.json().items;
}

test("every claim that the files list is vetted, at an address of its own", async () => {
  const folderOfFiles = path.join(data, "interventions");
  const texts = fs.readdirSync(folderOfFiles)
    .map((name) => JSON.parse(fs.readFileSync(path.join(folderOfFiles, name), "utf8")))
    .flatMap(({ id, claims = [] }) => claims.map((text) => `${id}: ${text}`));
  const items = await listed(server);
  assert.deepEqual(items.map((one) => `${one.intervention.id}: ${one.text}`).sort(), texts.sort());
  assert.equal(new Set(items.map((one) => one.id)).size, items.length);
  for (const { id, verdict, atoms, links } of items) {
    assert.match(id, /^[a-z0-9-]+\.[a-z0-9-]+$/);
    assert.ok(verdict !== "no-claim" || atoms.length === 0, id);
    assert.deepEqual([links.self, links.page], [`/v1/claims/${id}`, `/claim/${id}`]);
  }
});

test("a claim, its page and its treatment tell the same verdict", async () => {
  for (const { id, badge, verdict, links } of (await listed(server)).slice(0, 40)) {
    const one = await server.get(links.self);
    const page = await server.get(links.page);
    const treatment = (await server.get(links.intervention)).json();
    assert.deepEqual([one.status, page.status], [200, 200]);
    assert.equal(one.json().verdict, verdict);
    assert.ok(page.body.includes(`<span>${badge}</span>`), id);
    assert.equal(treatment.claims.find((claim) => claim.id === id).verdict, verdict);
  }
});

// Of schema.org/ClaimReview; the readers of the markup need claimReviewed, url and alternateName.
function checkReview(review, site) {
  assert.equal(review["@context"], "https://schema.org");
  assert.equal(review["@type"], "ClaimReview");
  assert.ok(new URL(review.url).href.startsWith(`${site}/claim/`));
  assert.ok(review.claimReviewed.length > 0);
  assert.match(review.datePublished, /^\d{4}-\d{2}-\d{2}$/);
  assert.ok(!Number.isNaN(Date.parse(review.datePublished)));
  assert.equal(review.author["@type"], "Organization");
  assert.equal(new URL(review.author.url).href, `${site}/`);
  assert.equal(review.itemReviewed["@type"], "Claim");
  const { "@type": type, ratingValue, bestRating, worstRating, alternateName } = review.reviewRating;
  assert.equal(type, "Rating");
  assert.ok(worstRating <= ratingValue && ratingValue <= bestRating && worstRating < bestRating);
  assert.ok(alternateName.length > 0);
}

test("with --base-url pages carry one whole ClaimReview, dated by the base", async () => {
  const site = "https://example.org/touchstone";
  const other = await Server.start(["--db", db, "--base-url", `${site}/`]);
  try {
    const collected = (await other.get("/v1")).json().as_of.collected;
    for (const { id, links } of (await listed(other)).filter((one) => one.verdict !== "no-claim").slice(0, 40)) {
      const page = (await other.get(links.page)).body.toString("utf8");
      const scripts = [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
      const { claim_review } = (await other.get(links.self)).json();
      assert.equal(scripts.length, claim_review === null ? 0 : 1, id);
      if (claim_review === null) continue;
      assert.deepEqual(JSON.parse(scripts[0][1]), claim_review);
      checkReview(claim_review, site);
      assert.equal(claim_review.datePublished, collected);
      assert.equal(claim_review.url, `${site}/claim/${id}`);
    }
  } finally {
    await other.stop();
  }
});

test("what is no address is refused as --base-url", async () => {
  for (const wrong of ["example.org", "ftp://example.org", "https://", "https://example.org/?a=b"]) {
    const told = await run(["serve", "--db", db, "--listen", "127.0.0.1:0", "--base-url", wrong]);
    assert.equal(told.status, 2, wrong);
    assert.match(told.err, /--base-url/);
  }
});

test("the same claim has the same bytes after a restart", async () => {
  const targets = ["/v1/claims", "/v1/claims/tens.blocks-pain-signals", "/claim/tens.blocks-pain-signals"];
  const other = await Server.start(["--db", db]);
  try {
    for (const target of targets)
      assert.ok((await other.get(target, { host: "example.org" })).body
        .equals((await server.get(target, { host: "example.org" })).body), target);
  } finally {
    await other.stop();
  }
});

test("ids stay when a list is put in another order and grows", async () => {
  const changed = path.join(folder, "data");
  fs.cpSync(data, changed, { recursive: true });
  const file = path.join(changed, "interventions/tens.json");
  const tens = JSON.parse(fs.readFileSync(file, "utf8"));
  const before = tens.claims;
  tens.claims = ["makes knots sing", ...before.toReversed()];
  fs.writeFileSync(file, JSON.stringify(tens, null, 2));
  const changedDb = path.join(folder, "changed.db");
  await build(changedDb, changed);
  const other = await Server.start(["--db", changedDb]);
  try {
    const of = async (one) => Object.fromEntries((await listed(one))
      .filter(({ intervention }) => intervention.id === "tens").map(({ id, text }) => [text, id]));
    const now = await of(other);
    const then = await of(server);
    for (const text of before)
      assert.equal(now[text], then[text]);
    assert.equal(now["makes knots sing"], "tens.makes-knots-sing");
  } finally {
    await other.stop();
  }
});

test("an unknown claim is 404 with the nearest, as data and as a page", async () => {
  const refused = await server.get("/v1/claims/tens.bloks-pain-signals");
  assert.equal(refused.status, 404);
  assert.equal(refused.json().nearest[0], "tens.blocks-pain-signals");
  const page = await server.get("/claim/tens.bloks-pain-signals", { accept: "text/html" });
  assert.equal(page.status, 404);
  assert.ok(page.body.includes('href="/claim/tens.blocks-pain-signals"'));
});
