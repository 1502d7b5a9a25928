// What the web reads of the service: addresses, cards for other pages, data in pages, lists for robots.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, Server, temporaryFolder } from "./support.mjs";

const base = "https://example.org/rated";
let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--base-url", base]);
});

after(async () => {
  await server?.stop();
  remove(folder);
});

const text = async (target) => (await server.get(target)).body.toString();
const canonical = (html) => /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1];

// ---- addresses ----

test("an answer has one address, which every way of asking names", async () => {
  for (const [asked, address] of [
    ["dry needling for knots in the neck", "/t/dry-needling/neck-mtrp"],
    ["dry needeling for neck knots", "/t/dry-needling/neck-mtrp"],
    ["dry needling", "/t/dry-needling"],
    ["tennis elbow", "/c/lateral-elbow-pain"],
  ]) {
    assert.equal(canonical(await text(`/?q=${encodeURIComponent(asked)}`)), address, asked);
    assert.equal(canonical(await text(address)), address);
  }
});

test("a page of a treatment for a complaint says the headline's verdict and sentence", async () => {
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  const page = await text("/t/dry-needling/neck-mtrp");
  assert.ok(page.includes(headline.sentence.split(". ")[0].replaceAll("'", "&#39;")));
});

test("an address of nothing is 404 and leads to the nearest", async () => {
  for (const [address, nearest] of [
    ["/t/dry-needlin/neck-mtrp", "/t/dry-needling/neck-mtrp"],
    ["/t/dry-needling/neck-mtr", "/t/dry-needling/neck-mtrp"],
    ["/t/dry-needlin", "/t/dry-needling"],
    ["/c/neck-mtr", "/c/neck-mtrp"],
  ]) {
    const answer = await server.get(address);
    assert.equal(answer.status, 404);
    assert.ok(answer.body.toString().includes(`href="${nearest}"`), address);
  }
});

// ---- cards and oEmbed ----

const oembed = (url, more = "") => server.get(`/oembed?url=${encodeURIComponent(url)}${more}`);

test("an address of ours becomes a frame with its card, and the pages name it", async () => {
  for (const address of ["/t/dry-needling/neck-mtrp", "/t/tens", "/claim/tens.blocks-pain-signals"]) {
    const link = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(await text(address));
    const found = link[1].replaceAll("&amp;", "&");
    assert.ok(found.startsWith(`${base}/oembed?`));
    const answer = await server.get(found.slice(base.length));
    assert.match(answer.headers["content-type"], /^application\/json/);
    const told = answer.json();
    assert.equal(told.version, "1.0");
    assert.equal(told.type, "rich");
    const frame = new RegExp(`^<iframe src="${base}(/embed/[^"]+)" [^>]*width="${told.width}" height="${told.height}"[^>]*></iframe>$`)
      .exec(told.html);
    assert.equal((await server.get(frame[1])).status, 200);
  }
});

test("a frame is never larger than there is room for", async () => {
  const told = (await oembed(`${base}/t/tens`, "&maxwidth=333&maxheight=150")).json();
  assert.deepEqual([told.width, told.height], [333, 150]);
  const wide = (await oembed(`${base}/t/tens`, "&maxwidth=2000&maxheight=2000")).json();
  assert.ok(wide.width < 600 && wide.height < 600);
  assert.equal((await oembed(`${base}/t/tens`, "&maxwidth=-1")).status, 400);
});

test("addresses may be written as browsers have them, and those of others are 404", async () => {
  for (const ours of [`${base}/t/tens/`, `${base}/t/tens?from=mail#top`, `http://EXAMPLE.org/rated/t/tens`,
    `${base}/t/dry%2Dneedling/neck-mtrp`])
    assert.equal((await oembed(ours)).status, 200, ours);
  for (const other of ["https://example.com/rated/t/tens", "https://example.org/t/tens", `${base}.evil.example/t/tens`,
    `${base}/t/moon-crystals`, `${base}/t/tens/moon`, `${base}/claim/none`, `${base}/`, `${base}/t/tens/neck-pain/x`,
    `${base}/v1/ratings`, "javascript:alert(1)", "t/tens", `${base}/t/%00`, `${base}/t//tens`])
    assert.equal((await oembed(other)).status, 404, other);
});

test("XML is not spoken, and an address is needed", async () => {
  assert.equal((await oembed(`${base}/t/tens`, "&format=xml")).status, 501);
  assert.equal((await oembed(`${base}/t/tens`, "&format=json")).status, 200);
  assert.equal((await server.get("/oembed")).status, 400);
});

test("a card says what the rating says, loads nothing of others and may be framed anywhere", async () => {
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  const card = await server.get("/embed/dry-needling/neck-mtrp");
  const html = card.body.toString();
  assert.match(card.headers["content-security-policy"], /default-src 'none'.*frame-ancestors \*$/);
  assert.equal(card.headers["x-frame-options"], undefined);
  assert.doesNotMatch(html, /<script|<img|<form/);
  assert.match(html, new RegExp(`${headline.certainty.level.replace("-", " ")} certainty`));
  assert.ok(html.includes(headline.sentence.split(". ")[0].replaceAll("'", "&#39;")));
  assert.match(html, /As of \d+ \w+ 20\d\d/);
  assert.ok(html.includes(`href="${base}/t/dry-needling/neck-mtrp"`));
});

test("every treatment, complaint and claim has a card", async () => {
  const treatments = (await server.get("/v1/interventions?limit=500")).json().items;
  const claims = (await server.get("/v1/claims?limit=500")).json().items;
  for (const { id } of treatments)
    assert.equal((await server.get(`/embed/${id}`)).status, 200, id);
  for (const { id } of claims.slice(0, 50))
    assert.equal((await server.get(`/embed/claim/${id}`)).status, 200, id);
  assert.equal((await server.get("/embed/massage-gun/carpal-tunnel")).status, 200);
  const missing = await server.get("/embed/moon-crystals");
  assert.equal(missing.status, 404);
  assert.match(missing.headers["content-security-policy"], /frame-ancestors \*/);
});
