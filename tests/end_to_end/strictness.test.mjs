// Bytes on which two programs could differ, and bytes that are no request: refused, as a problem, and the connection closed.

import assert from "node:assert/strict";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, remove, temporaryFolder } from "./support.mjs";
import { cases, send } from "./strictness-cases.mjs";

let folder, server;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db]);
});

after(async () => {
  assert.equal(await server.stop(), 0);
  remove(folder);
});

const dial = () => net.connect(Number(new URL(server.url).port), "127.0.0.1");

for (const { name, bytes, want, open } of cases)
  test(name, async () => {
    const answer = await send(dial, bytes);
    assert.ok(want.includes(answer.status), `${answer.status} instead of ${want}: ${answer.text.slice(0, 600)}`);
    assert.deepEqual(answer.answers.length, 1, `answered ${answer.answers}`);
    if (answer.status >= 400 && !bytes.startsWith("HEAD"))
      assert.equal(answer.type, answer.status === 404 && name.includes("/assets/") ? "text/html" : "application/problem+json");
    if (!open)
      assert.ok(answer.closed, "the connection stayed open");
  });

test("after all of that it serves as before", async () => {
  assert.equal((await server.get("/healthz")).status, 200);
});
