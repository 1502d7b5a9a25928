// GET /v1/export/…: the same bytes as the command's, in parts too, and a copy that keeps what is private.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, run, Server, temporaryFolder } from "./support.mjs";

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

/** Asks until the file is whole, which Content-Length tells. */
async function whole(file) {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await server.get(`/v1/export/${file}`);
    assert.equal(answer.status, 200);
    if (answer.headers["content-length"] !== undefined)
      return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${file} is never whole`);
}

for (const noun of ["ratings", "studies", "results"])
  for (const format of ["ndjson", "csv"])
    test(`${noun}.${format} over HTTP is what the command writes, from the first request on`, async () => {
      const [first, second] = await Promise.all(
        [1, 2].map(() => server.get(`/v1/export/${noun}.${format}`)));
      const told = await run(["export", noun, "--format", format, "--db", db]);
      assert.equal(first.body.toString(), told.out);
      assert.equal(second.body.toString(), told.out);
      assert.match(first.headers["content-type"], format === "csv" ? /^text\/csv/ : /ndjson/);
      assert.equal((await whole(`${noun}.${format}`)).body.toString(), told.out);
    });

test("a download goes on where it stopped, and begins anew when the file is another", async () => {
  const all = await whole("results.csv");
  const rest = await server.get("/v1/export/results.csv",
    { Range: "bytes=1000-", "If-Range": all.headers.etag });
  assert.equal(rest.status, 206);
  assert.equal(rest.headers["content-range"], `bytes 1000-${all.body.length - 1}/${all.body.length}`);
  assert.ok(rest.body.equals(all.body.subarray(1000)));
  const other = await server.get("/v1/export/results.csv", { Range: "bytes=1000-", "If-Range": '"old"' });
  assert.equal(other.status, 200);
  assert.ok(other.body.equals(all.body));
  const beyond = await server.get("/v1/export/results.csv", { Range: `bytes=${all.body.length}-` });
  assert.equal(beyond.status, 416);
});

test("a file that has not changed is not sent again", async () => {
  const all = await whole("ratings.csv");
  const same = await server.get("/v1/export/ratings.csv", { "If-None-Match": all.headers.etag });
  assert.equal(same.status, 304);
  assert.equal(same.body.length, 0);
});

test("the store's public copy is a sound store that gives the same ratings", async () => {
  const copy = path.join(folder, "copy.db");
  fs.writeFileSync(copy, (await whole("touchstone.db")).body);
  assert.equal((await run(["verify", "--db", copy])).status, 0);
  const ratings = await run(["export", "ratings", "--db", db]);
  assert.equal((await run(["export", "ratings", "--db", copy])).out, ratings.out);
});

test("a name that is not there is told with those that are", async () => {
  const answer = await server.get("/v1/export/tokens.csv");
  assert.equal(answer.status, 404);
  assert.ok(answer.json().nearest.includes("studies.csv"));
});

test("after a reload the exports are those of the new base", async () => {
  const before = await whole("studies.csv");
  const data = path.join(folder, "data");
  assert.equal((await run(["export", "data", data, "--db", db])).status, 0);
  const one = fs.readdirSync(path.join(data, "studies"))[0];
  const study = JSON.parse(fs.readFileSync(path.join(data, "studies", one), "utf8"));
  study.note = "A note of a test.";
  fs.writeFileSync(path.join(data, "studies", one), JSON.stringify(study));
  await build(db, data);
  server.signal("SIGHUP");
  await server.says("reloaded");
  const after = await whole("studies.csv");
  assert.notEqual(after.headers.etag, before.headers.etag);
  assert.notEqual(after.body.toString(), before.body.toString());
});
