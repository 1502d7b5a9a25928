// Who may write: tokens made, listed and revoked; every operation that asks for one; signing in and out.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { document } from "./document.mjs";
import { build, remove, run, Server, temporaryFolder, token } from "./support.mjs";

let folder, db, log, server;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  log = path.join(folder, "access.log");
  await build(db);
  server = await Server.start(["--db", db, "--log", log, "--log-queries"]);
});

after(async () => {
  await server?.stop();
  remove(folder);
});

const bearer = (text) => ({ authorization: `Bearer ${text}` });

async function until(look, what) {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found)
      return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`never: ${what}`);
}

const listed = async (id) =>
  JSON.parse((await run(["token", "list", "--db", db, "--json"])).out).find((one) => one.id === id);

// ---- the command ----

test("a token is shown once, listed without its secret, and revoked by its id", async () => {
  const told = await run(["token", "add", "--db", db, "--name", "Anna", "--scope", "curate,import", "--expires", "90d"]);
  assert.equal(told.status, 0, told.err);
  const [text, sentence] = told.out.split("\n");
  assert.match(text, /^ts_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
  assert.match(sentence, /shown once/);
  const id = text.slice(3, 15);
  const one = await listed(id);
  assert.deepEqual([one.name, one.scopes, one.revoked, one.last_used], ["Anna", ["import", "curate"], null, null]);
  const days = (Date.parse(one.expires) - Date.parse(one.created)) / 86400000;
  assert.equal(days, 90);
  const plain = await run(["token", "list", "--db", db]);
  assert.match(plain.out, /Anna/);
  assert.ok(!plain.out.includes(text.slice(16)));
  assert.equal((await run(["token", "revoke", id, "--db", db])).status, 0);
  assert.match((await listed(id)).revoked, /^\d{4}-/);
  const last = await token(db, "Until the end of a day", "read", "--expires", "2999-12-31");
  assert.equal((await listed(last.id)).expires, "2999-12-31T23:59:59Z");
  assert.equal((await run(["verify", "--db", db])).status, 0);
});

test("what makes no sense is told in a line, with the exit status of its kind", async () => {
  const add = (...more) => ["token", "add", "--db", db, ...more];
  await token(db, "Taken", "read");
  for (const [status, says, args] of [
    [2, /say what to do/, ["token", "--db", db]],
    [2, /no "make" here/, ["token", "make", "--db", db]],
    [2, /needs --name/, add("--scope", "read")],
    [2, /needs --scope/, add("--name", "x")],
    [2, /revoke needs the id/, ["token", "revoke", "--db", db]],
    [1, /no scope "write"; there are read, import, curate and audit/, add("--name", "x", "--scope", "read,write")],
    [1, /no scope ""/, add("--name", "x", "--scope", "read,")],
    [1, /--expires must be/, add("--name", "x", "--scope", "read", "--expires", "2027-02-29")],
    [1, /--expires must be/, add("--name", "x", "--scope", "read", "--expires", "soon")],
    [1, /--expires must be/, add("--name", "x", "--scope", "read", "--expires", "0d")],
    [1, /lies in the past/, add("--name", "x", "--scope", "read", "--expires", "2020-01-01")],
    [1, /token of "Taken" already/, add("--name", "Taken", "--scope", "read")],
    [1, /program itself/, add("--name", "build", "--scope", "read")],
    [1, /there is no token 0123456789ab/, ["token", "revoke", "0123456789ab", "--db", db]],
    [3, /there is no store/, ["token", "add", "--db", path.join(folder, "none.db"), "--name", "x", "--scope", "read"]],
  ]) {
    const told = await run(args);
    assert.equal(told.status, status, `${args.join(" ")}: ${told.err}`);
    assert.match(told.err, says);
    assert.equal(told.out, "");
  }
  assert.ok(!fs.existsSync(path.join(folder, "none.db")));
});

// ---- the operations ----

/** All operations that ask for a token: {method, target, scope}. */
const guarded = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).filter(([, operation]) => operation.security?.length > 0).map(([method, operation]) => ({
    method: method.toUpperCase(),
    target: template.replace(/\{[^}]*\}/g, "x"),
    scope: operation.security.find((way) => "token" in way).token[0],
  })));

test("every operation that asks for a scope refuses all but who has it", async () => {
  assert.ok(guarded.length >= 4);
  const scopes = ["read", "import", "curate", "audit"];
  const revoked = await token(db, "revoked", scopes.join());
  assert.equal((await run(["token", "revoke", revoked.id, "--db", db])).status, 0);
  const lacking = {};
  for (const scope of scopes)
    lacking[scope] = (await token(db, `all but ${scope}`, scopes.filter((one) => one !== scope).join())).token;
  for (const { method, target, scope } of guarded) {
    const ask = (headers) => server.ask(target, { method, headers });
    const nobody = await ask({});
    assert.deepEqual([nobody.status, nobody.headers["www-authenticate"]], [401, "Bearer"], `${method} ${target}`);
    const wrong = [];
    for (const text of [revoked.token, `${revoked.token.slice(0, -3)}abc`]) {
      const answer = await ask(bearer(text));
      if (answer.status !== 429) { // too many were refused from here
        assert.equal(answer.headers["www-authenticate"], 'Bearer error="invalid_token"');
        wrong.push(answer.body.toString());
      }
    }
    assert.ok(new Set(wrong).size <= 1, "the words are the same");
    const other = await ask(bearer(lacking[scope]));
    assert.equal(other.status, 403);
    assert.match(other.headers["www-authenticate"], /error="insufficient_scope"/);
    for (const answer of [nobody, other]) {
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
    }
  }
});

test("a token that is revoked lets nobody in a second later, in a server that runs on", async () => {
  const made = await token(db, "soon revoked", "import");
  assert.equal((await server.get("/v1/imports", bearer(made.token))).status, 200);
  await until(async () => (await listed(made.id)).last_used !== null, "its use is told");
  assert.equal((await run(["token", "revoke", made.id, "--db", db])).status, 0);
  const answer = await server.get("/v1/imports", bearer(made.token));
  assert.ok([401, 429].includes(answer.status));
});

test("a token in an address is refused, and is in no log, no metrics and no public copy", async () => {
  const made = await token(db, "in an address", "import");
  const secret = made.token.slice(16);
  assert.equal((await server.send(`/v1/imports?token=${made.token}`)).status, 400);
  assert.equal((await server.send(`/?q=x&access_token=${secret}`)).status, 400);
  assert.equal((await server.send(`/?q=ts%5F${made.token.slice(3)}`)).status, 400);
  assert.equal((await server.send(`/nothing/${made.token}`)).status, 404);
  await server.send("/", { headers: { "user-agent": made.token } });
  assert.equal((await server.get("/v1/imports", bearer(made.token))).status, 200);
  const lines = await until(() => {
    const text = fs.readFileSync(log, "utf8");
    return text.includes('"path":"/nothing/ts_…"') && text;
  }, "the log has the lines");
  assert.ok(!lines.includes(secret));
  assert.ok(!(await server.get("/metrics")).body.toString().includes(secret));
  const copy = path.join(folder, "public.db");
  fs.writeFileSync(copy, (await server.get("/v1/export/touchstone.db")).body);
  assert.equal((await run(["token", "list", "--db", copy, "--json"])).out.trim(), "[]");
  assert.equal((await run(["verify", "--db", copy])).status, 0);
});

test("a token that asks too often is told when to come back", async () => {
  const made = await token(db, "busy", "import");
  const slow = await Server.start(["--db", db, "--token-rate", "2"]);
  try {
    for (const status of [200, 200, 429])
      assert.equal((await slow.get("/v1/imports", bearer(made.token))).status, status);
    const answer = await slow.get("/v1/imports", bearer(made.token));
    assert.ok(Number(answer.headers["retry-after"]) > 0);
    for (let i = 0; i < 30; i++)
      await slow.get("/v1/imports", bearer(`wrong${i}`));
    const refused = await slow.get("/v1/imports", bearer("wrong"));
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers["retry-after"]) > 0);
  } finally {
    assert.equal(await slow.stop(), 0);
  }
  const told = await run(["serve", "--db", db, "--token-rate", "0"]);
  assert.equal(told.status, 2);
});

// ---- the page ----

const form = { "content-type": "application/x-www-form-urlencoded" };

const signIn = (where, text, more = {}, next = "/curate") => where.send("/curate/sign-in", { method: "POST",
  headers: { ...form, ...more }, body: new URLSearchParams({ token: text, next }).toString() });

async function signedIn(where, text) {
  const answer = await signIn(where, text);
  assert.equal(answer.status, 303);
  const cookie = answer.headers["set-cookie"][0].split(";")[0];
  const page = (await where.send("/curate", { headers: { cookie } })).body.toString();
  return { cookie, page, csrf: /<meta name="csrf-token" content="([^"]+)">/.exec(page)[1] };
}

test("the session's cookie is for this site alone, and secure where the site is", async () => {
  const made = await token(db, "signs in", "curate");
  const [cookie] = (await signIn(server, made.token)).headers["set-cookie"];
  assert.match(cookie, /^touchstone=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
  const secure = await Server.start(["--db", db, "--base-url", "https://example.org"]);
  try {
    const [other] = (await signIn(secure, made.token)).headers["set-cookie"];
    assert.match(other, /^__Host-touchstone=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/);
  } finally {
    assert.equal(await secure.stop(), 0);
  }
});

test("a session writes only from our own pages, with the session's own text", async () => {
  const made = await token(db, "writes by cookie", "import");
  const { cookie, csrf } = await signedIn(server, made.token);
  const body = JSON.stringify({ source: "pubmed" });
  const write = async (headers) => (await server.ask("/v1/imports", { method: "POST", body,
    headers: { "content-type": "application/json", cookie, ...headers } })).status;
  assert.equal(await write({}), 403);
  assert.equal(await write({ "x-csrf-token": csrf.replace(/^./, "!") }), 403);
  assert.equal(await write({ "x-csrf-token": csrf, "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await write({ "x-csrf-token": csrf, origin: "https://evil.example" }), 403);
  assert.equal(await write({ "x-csrf-token": csrf, origin: "null" }), 403);
  assert.equal(await write({ "x-csrf-token": csrf, "sec-fetch-site": "same-origin" }), 400); // it lacks a query
  assert.equal(await write({ "x-csrf-token": csrf, origin: server.url }), 400);
  const { csrf: another } = await signedIn(server, made.token);
  assert.equal(await write({ "x-csrf-token": another }), 403, "another session's text");
  const read = await server.get("/v1/imports", { cookie, origin: "https://evil.example" });
  assert.equal(read.status, 403);
  assert.equal(read.headers["access-control-allow-origin"], undefined);
});

test("a session ends on signing out, and when its token is revoked", async () => {
  const made = await token(db, "signs out", "import");
  const first = await signedIn(server, made.token);
  const status = async (cookie) => (await server.get("/v1/imports", { cookie })).status;
  assert.equal(await status(first.cookie), 200);
  const signOut = (csrf) => server.send("/curate/sign-out", { method: "POST", body: `csrf=${csrf}`,
    headers: { ...form, cookie: first.cookie } });
  assert.equal((await signOut("wrong")).status, 403);
  assert.equal(await status(first.cookie), 200);
  const out = await signOut(first.csrf);
  assert.deepEqual([out.status, out.headers.location], [303, "/curate"]);
  assert.match(out.headers["set-cookie"][0], /^touchstone=; .*Max-Age=0/);
  assert.equal(await status(first.cookie), 401);
  const second = await signedIn(server, made.token);
  assert.equal((await run(["token", "revoke", made.id, "--db", db])).status, 0);
  assert.equal(await status(second.cookie), 401);
});

test("signing in leads to a curator's page and nowhere else, and not from another site", async () => {
  const made = await token(db, "goes on", "curate");
  for (const [next, location] of [["/curate/screening?q=a", "/curate/screening?q=a"], ["https://evil.example", "/curate"],
    ["//evil.example", "/curate"], ["/curated", "/curate"], ["/curate\\evil", "/curate"]])
    assert.equal((await signIn(server, made.token, {}, next)).headers.location, location);
  const cross = await signIn(server, made.token, { "sec-fetch-site": "cross-site" });
  assert.deepEqual([cross.status, cross.headers["set-cookie"]], [403, undefined]);
  const wrong = await signIn(server, "ts_nonsense");
  assert.ok([401, 429].includes(wrong.status));
  assert.equal(wrong.headers["set-cookie"], undefined);
});

test("what a signed-in reader sees is kept nowhere, and everybody else gets no cookie", async () => {
  const made = await token(db, "reads on", "read");
  const { cookie, page } = await signedIn(server, made.token);
  assert.match(page, /Signed in as reads on/);
  const answer = await server.send("/curate", { headers: { cookie } });
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.match(answer.headers.vary, /Cookie/);
  for (const target of ["/", "/?q=tens", "/t/tens", "/c/neck-mtrp", "/vet", "/stop", "/curate", "/v1", "/v1/ratings",
    "/openapi.json", "/embed/tens", "/healthz"])
    assert.equal((await server.send(target, { headers: { cookie } })).headers["set-cookie"], undefined, target);
});
