// What one request may ask for has an end: the most is answered, more is refused in words, and nobody else
// notices. What the most costs stands in docs/reliability.md.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, remove, temporaryFolder } from "./support.mjs";
import { cases } from "./work-cases.mjs";

let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--threads", "1", "--log", "/dev/null"]);
});

after(async () => {
  assert.equal(await server.stop(), 0);
  remove(folder);
});

for (const { name, most, more, status, words } of cases)
  test(name, async () => {
    if (most !== undefined) {
      const answer = await server.send(most.path, most);
      assert.equal(answer.status, 200, answer.body.toString().slice(0, 500));
    }
    if (more !== undefined) {
      const refused = await server.send(more.path, more);
      assert.equal(refused.status, status, refused.body.toString().slice(0, 500));
      assert.match(refused.body.toString(), words);
      assert.match(refused.headers["content-type"], /json/);
    }
    assert.equal((await server.send("/healthz")).status, 200);
  });
