// HTTPS by the program itself, with certificates made here by OpenSSL's own program.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Server, build, remove, run, temporaryFolder, token } from "./support.mjs";
import { cases, send } from "./strictness-cases.mjs";

let folder, db;
const here = (name) => path.join(folder, name);

function certificate(name, subject = "localhost") {
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
    "-subj", `/CN=${subject}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
    "-keyout", here(`${name}.key`), "-out", here(`${name}.pem`)], { stdio: "ignore" });
}

const skip = spawnSync("openssl", ["version"]).status === 0 ? false : "skipped: no openssl program";

before(async () => {
  folder = temporaryFolder();
  db = here("touchstone.db");
  await build(db);
  if (!skip)
    ["one", "two"].forEach((name) => certificate(name, name));
});

after(() => remove(folder));

const start = (...more) => Server.start(["--db", db, "--tls-cert", here("one.pem"), "--tls-key", here("one.key"), ...more]);
const portOf = (server) => Number(new URL(server.url).port);

function dial(server, options = {}) {
  return tls.connect({ port: portOf(server), host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false, ...options });
}

const connected = (socket) => new Promise((done, failed) => {
  socket.once("secureConnect", () => done(socket));
  socket.once("error", failed);
  socket.once("end", () => failed(new Error("ended")));
});

function ask(server, target, { method = "GET", headers = {}, body, agent = false, ca = "one" } = {}) {
  return new Promise((done, failed) => {
    const request = https.request({ host: "127.0.0.1", port: portOf(server), path: target, method, headers, agent,
      servername: "localhost", ca: fs.readFileSync(here(`${ca}.pem`)) }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on("error", failed);
    request.end(body);
  });
}

test("HTTPS is served to who checks the certificate, with HSTS, and its own addresses say https", { skip }, async () => {
  const server = await start();
  try {
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    const answer = await ask(server, "/healthz");
    assert.equal(answer.status, 200);
    assert.match(answer.headers["strict-transport-security"], /^max-age=\d{7,}$/);
    assert.match((await ask(server, "/sitemap.xml", { headers: { Host: "localhost:1" } })).text, /https:\/\/localhost:1\//);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("plain HTTP says nothing of HSTS", async () => {
  const server = await Server.start(["--db", db]);
  try {
    assert.equal((await server.get("/healthz")).headers["strict-transport-security"], undefined);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("TLS 1.2 and 1.3 are spoken, 1.1 is not", { skip }, async () => {
  const server = await start();
  const weak = { ciphers: "ALL:@SECLEVEL=0" };
  try {
    for (const version of ["TLSv1.2", "TLSv1.3"]) {
      const socket = await connected(dial(server, { minVersion: version, maxVersion: version }));
      assert.equal(socket.getProtocol(), version);
      socket.destroy();
    }
    await assert.rejects(connected(dial(server, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ...weak })), /protocol|alert/i);
    assert.equal((await ask(server, "/healthz")).status, 200);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("ALPN agrees on http/1.1, and on nothing with who speaks HTTP/2 alone", { skip }, async () => {
  const server = await start();
  try {
    const socket = await connected(dial(server, { ALPNProtocols: ["h2", "http/1.1"] }));
    assert.equal(socket.alpnProtocol, "http/1.1");
    socket.destroy();
    await assert.rejects(connected(dial(server, { ALPNProtocols: ["h2"] })), /application protocol|alert/i);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("a connection is resumed, kept between requests and carries large answers", { skip }, async () => {
  const server = await start();
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const first = await connected(dial(server, { maxVersion: "TLSv1.2" }));
    const session = first.getSession();
    first.destroy();
    const second = await connected(dial(server, { maxVersion: "TLSv1.2", session }));
    assert.ok(second.isSessionReused());
    second.destroy();
    for (let i = 0; i < 5; i++)
      assert.equal((await ask(server, "/healthz", { agent })).status, 200);
    const large = await ask(server, "/v1/export/studies.ndjson", { agent });
    assert.ok(large.text.length > 500000, `${large.text.length} bytes`);
    assert.ok(large.text.trimEnd().split("\n").every((line) => JSON.parse(line)));
  } finally {
    agent.destroy();
    assert.equal(await server.stop(), 0);
  }
});

test("a curator signs in with a cookie for HTTPS alone", { skip }, async () => {
  const { token: secret } = await token(db, "Ada", "curate");
  const server = await start();
  try {
    const answer = await ask(server, "/curate/sign-in", { method: "POST", body: `token=${encodeURIComponent(secret)}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    assert.ok(answer.status < 400, `${answer.status} ${answer.text}`);
    const cookie = String(answer.headers["set-cookie"]);
    assert.match(cookie, /__Host-touchstone=/);
    assert.match(cookie, /Secure/);
    const page = await ask(server, "/curate", { headers: { Cookie: cookie.split(";")[0] } });
    assert.equal(page.status, 200);
    assert.match(page.text, /Ada/);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("what is no request is refused under TLS as without", { skip }, async () => {
  const server = await start();
  try {
    for (const { name, bytes, want, open } of cases.filter((_, i) => i % 4 === 0)) {
      const socket = await connected(dial(server));
      const answer = await send(() => socket, bytes);
      assert.ok(want.includes(answer.status), `${name}: ${answer.status} ${answer.text.slice(0, 300)}`);
      assert.ok(open || answer.closed, `${name}: left open`);
      for (const header of ["strict-transport-security: max-age=", "x-content-type-options: nosniff", "referrer-policy: "])
        assert.ok(answer.text.toLowerCase().includes(`\r\n${header}`), `${name}: no ${header}`);
    }
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("SIGHUP reads the certificate again, and who is connected stays so", { skip }, async () => {
  for (const part of ["pem", "key"])
    fs.copyFileSync(here(`one.${part}`), here(`live.${part}`));
  const server = await Server.start(["--db", db, "--tls-cert", here("live.pem"), "--tls-key", here("live.key")]);
  const hello = (socket) => new Promise((done) => {
    socket.once("data", (bytes) => done(bytes.toString().slice(0, 15)));
    socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  });
  const subject = async () => {
    const socket = await connected(dial(server));
    const { CN } = socket.getPeerCertificate().subject;
    socket.destroy();
    return CN;
  };
  try {
    const kept = await connected(dial(server));
    assert.equal(await hello(kept), "HTTP/1.1 200 OK");
    fs.writeFileSync(here("live.key"), "no key\n");
    server.signal("SIGHUP");
    await server.says("the old ones stay");
    assert.equal(await subject(), "one");
    for (const part of ["pem", "key"])
      fs.copyFileSync(here(`two.${part}`), here(`live.${part}`));
    server.signal("SIGHUP");
    await server.says("certificate and key read again");
    assert.equal(await subject(), "two");
    assert.equal(await hello(kept), "HTTP/1.1 200 OK");
    kept.destroy();
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("a handshake that is none, or is not gone on with, holds nobody up", { skip }, async () => {
  const server = await start("--threads", "1");
  try {
    const idle = Array.from({ length: 20 }, () => net.connect(portOf(server), "127.0.0.1").on("error", () => {}));
    const plain = await send(() => net.connect(portOf(server), "127.0.0.1"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.equal(plain.status, null);
    assert.equal((await ask(server, "/healthz")).status, 200);
    idle.forEach((socket) => socket.destroy());
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("what is wrong with the files is said in words", { skip }, async () => {
  fs.writeFileSync(here("none.pem"), "nothing\n");
  execFileSync("openssl", ["ec", "-in", here("one.key"), "-aes256", "-passout", "pass:secret", "-out", here("locked.key")],
    { stdio: "ignore" });
  const rows = [
    [["--tls-cert", here("one.pem")], /--tls-cert and --tls-key go together/],
    [["--tls-cert", here("away.pem"), "--tls-key", here("one.key")], /away\.pem cannot be read: No such file/],
    [["--tls-cert", here("one.pem"), "--tls-key", here("away.key")], /away\.key cannot be read: No such file/],
    [["--tls-cert", here("none.pem"), "--tls-key", here("one.key")], /none\.pem: this is no certificate/],
    [["--tls-cert", here("one.pem"), "--tls-key", here("none.pem")], /none\.pem: this is no private key/],
    [["--tls-cert", here("one.pem"), "--tls-key", here("locked.key")], /locked\.key: .*without a password/],
    [["--tls-cert", here("one.pem"), "--tls-key", here("two.key")], /two\.key is not that of the certificate .*one\.pem/],
  ];
  for (const [options, message] of rows) {
    const told = await run(["serve", "--db", db, "--listen", "127.0.0.1:0", ...options]);
    assert.notEqual(told.status, 0);
    assert.match(told.err, message);
  }
});
