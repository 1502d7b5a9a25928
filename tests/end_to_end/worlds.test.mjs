// What other pages and readers take: badges and the feed.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, Server, temporaryFolder } from "./support.mjs";

let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--base-url", "https://example.org/rated/"]);
});

after(async () => {
  await server.stop();
  remove(folder);
});

test("a badge says the verdict that the rating says, and how sure it is", async () => {
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  const badge = (await server.get("/v1/badge/dry-needling/neck-mtrp.json")).json();
  assert.equal(badge.schemaVersion, 1);
  assert.match(badge.message, new RegExp(`^${headline.verdict.replace(/-/g, " ")} \\(${
    headline.certainty.level.replace(/-/g, " ")} certainty\\)$`, "i"));
  const picture = (await server.get("/v1/badge/dry-needling/neck-mtrp.svg"));
  assert.match(picture.headers["content-type"], /^image\/svg\+xml/);
  assert.ok(picture.body.toString().includes(badge.message));
});

test("a pair that nobody studied has a badge that says so", async () => {
  const badge = (await server.get("/v1/badge/cervical-pillow/plantar-heel-pain.json")).json();
  assert.equal(badge.message, "No study found");
});

test("a badge of a name that is not there is refused with the nearest", async () => {
  const answer = await server.get("/v1/badge/dry-needlin.svg");
  assert.equal(answer.status, 404);
  assert.ok(answer.json().nearest.includes("dry-needling"));
  assert.equal((await server.get("/v1/badge/dry-needling.png")).status, 404);
});

test("the feed is Atom with whole addresses", async () => {
  const answer = await server.get("/v1/changes.atom");
  assert.match(answer.headers["content-type"], /^application\/atom\+xml/);
  assert.match(answer.body.toString(), /<link rel="self"[^>]* href="https:\/\/example\.org\/rated\/v1\/changes\.atom"/);
});
