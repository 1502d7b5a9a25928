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
