// Behind a proxy: on a unix socket, on a socket of systemd's, and whom it believes who asks.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, program, remove, run, temporaryFolder } from "./support.mjs";

let folder, db;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
});

after(() => remove(folder));

function ask(socketPath, target, headers = {}) {
  return new Promise((done, failed) => {
    http.get({ socketPath, path: target, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => { text += part; });
      response.on("end", () => done({ status: response.statusCode, text }));
    }).on("error", failed);
  });
}

test("a proxy that is trusted says how the service is reached, another does not", async () => {
  const headers = { "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "rated.example" };
  for (const [options, base] of [[["--trusted-proxy", "127.0.0.1"], "https://rated.example/"], [[], "http://127.0.0.1:"],
    [["--trusted-proxy", "192.0.2.1"], "http://127.0.0.1:"]]) {
    const server = await Server.start(["--db", db, ...options]);
    try {
      const answer = await server.get("/sitemap.xml", headers);
      assert.ok(answer.body.toString().includes(`<loc>${base}`), base);
    } finally {
      assert.equal(await server.stop(), 0);
    }
  }
});

test("a proxy's clients have their own limits: refused tokens of one lock no other out", async () => {
  const server = await Server.start(["--db", db, "--trusted-proxy", "127.0.0.1"]);
  const as = (client) => server.get("/v1/imports", { Authorization: "Bearer none", "X-Forwarded-For": client });
  try {
    let status = 0;
    for (let i = 0; i < 30; i++)
      ({ status } = await as("192.0.2.7"));
    assert.equal(status, 429);
    assert.equal((await as("192.0.2.8")).status, 401);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test("an address that asks too often is told when to come back, another and this machine are served", async () => {
  const server = await Server.start(["--db", db, "--trusted-proxy", "127.0.0.1", "--rate", "20"]);
  const as = (client) => server.get("/healthz", client === null ? {} : { "X-Forwarded-For": client });
  try {
    for (let i = 0; i < 20; i++)
      assert.equal((await as("192.0.2.7")).status, 200);
    const refused = await server.send("/healthz", { headers: { "X-Forwarded-For": "192.0.2.7" } });
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers["retry-after"]) >= 1);
    assert.equal(refused.headers["content-type"], "application/problem+json");
    assert.equal((await as("192.0.2.8")).status, 200);
    for (let i = 0; i < 20; i++)
      assert.equal((await as(`2001:db8:1:2::${i + 1}`)).status, 200);
    assert.equal((await server.send("/healthz", { headers: { "X-Forwarded-For": "2001:db8:1:2:ffff::1" } })).status, 429);
    for (let i = 0; i < 40; i++)
      assert.equal((await as(null)).status, 200);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

const outward = Object.values(os.networkInterfaces()).flat().find(({ family, internal }) => family === "IPv4" && !internal)?.address;

test("an address has so many connections, a trusted proxy and this machine as many as they like",
  { skip: outward === undefined && "skipped: no address but the loopback's" }, async () => {
    for (const [options, from, refused] of [[[], outward, true], [["--trusted-proxy", outward], outward, false], [[], "127.0.0.1", false]]) {
      const server = await Server.start(["--db", db, "--listen", "0.0.0.0:0", "--connections", "3", ...options]);
      const port = Number(new URL(server.url).port);
      const agent = new http.Agent({ keepAlive: true });
      const answer = () => new Promise((done, failed) => {
        http.get({ host: from, port, path: "/healthz", agent }, (response) => {
          response.resume().on("end", () => done(response));
        }).on("error", failed);
      });
      try {
        const first = await Promise.all([...Array(3)].map(answer)); // as many at once: a connection each
        const kept = [...Array(3)].map(() => net.connect(port, from));
        await Promise.all(kept.map((socket) => new Promise((done) => socket.once("connect", done))));
        kept[2].write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        const said = String(await new Promise((done) => kept[2].once("data", done)));
        assert.deepEqual(first.map(({ statusCode }) => statusCode), [200, 200, 200]);
        assert.match(said, refused ? /^HTTP\/1.1 429 .*has 3 connections open/s : /^HTTP\/1.1 200 /);
        assert.equal((await answer()).statusCode, 200); // over one that is open
        kept.forEach((socket) => socket.destroy());
      } finally {
        agent.destroy();
        assert.equal(await server.stop(), 0);
      }
    }
  });

test("two hundred clients that send a byte now and then hold nobody up", async () => {
  const server = await Server.start(["--db", db, "--threads", "1"]);
  const { port } = new URL(server.url);
  const slow = Array.from({ length: 200 }, (_, i) => {
    const socket = net.connect(Number(port), "127.0.0.1").on("error", () => {});
    socket.write(i % 2 === 0 ? "GET /healthz HTTP/1.1\r\nX-Slow: "
      : "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    return socket;
  });
  const trickle = setInterval(() => slow.forEach((socket) => socket.write("x")), 20);
  try {
    for (let i = 0; i < 50; i++)
      assert.equal((await server.get("/healthz")).status, 200);
    assert.ok(slow.every((socket) => !socket.destroyed));
  } finally {
    clearInterval(trickle);
    slow.forEach((socket) => socket.destroy());
    assert.equal(await server.stop(), 0);
  }
});

test("a unix socket is served, and one that was left behind is no hindrance", async () => {
  const socket = path.join(folder, "t.sock");
  const options = ["--db", db, "--listen", `unix:${socket}`, "--trusted-proxy", "unix"];
  const server = await Server.start(options);
  assert.equal(server.url, `unix:${socket}`);
  assert.equal(fs.statSync(socket).mode & 0o777, 0o660);
  assert.equal((await ask(socket, "/healthz")).status, 200);
  const { text } = await ask(socket, "/sitemap.xml", { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "rated.example" });
  assert.match(text, /<loc>https:\/\/rated\.example\//);
  const second = await run(["serve", ...options]);
  assert.notEqual(second.status, 0);
  assert.match(second.err, /another program listens there/);
  server.signal("SIGKILL");
  await server.ended;
  const again = await Server.start(options);
  try {
    assert.equal((await ask(socket, "/healthz")).status, 200);
  } finally {
    assert.equal(await again.stop(), 0);
  }
});

test("a socket that systemd hands over is served", async () => {
  const socket = path.join(folder, "given.sock");
  const listening = net.createServer().listen(socket);
  await new Promise((done) => listening.once("listening", done));
  // The shell's process becomes the program: the pid that LISTEN_PID names.
  const child = spawn("sh", ["-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec "${program}" serve --db "${db}" --listen systemd --log /dev/null`],
    { stdio: ["ignore", "pipe", "inherit", listening._handle.fd] });
  Server.running.add(child);
  try {
    const said = await new Promise((done) => child.stdout.setEncoding("utf8").once("data", done));
    listening.unref();
    assert.equal(said, `listening on unix:${socket}\n`);
    listening._handle.readStop?.();
  } finally {
    const ended = new Promise((done) => child.on("close", done));
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
    Server.running.delete(child);
    listening.close();
  }
});

const activate = "systemd-socket-activate";
const unactivated = spawnSync(activate, ["--version"]).status !== 0 && `skipped: no ${activate}`;

/** The program begun by systemd's own tool at these addresses, as by a .socket unit: {child, err()}. */
function activated(...addresses) {
  const child = spawn(activate, [...addresses.flatMap((address) => ["-l", address]), program, "serve", "--db", db,
    "--listen", "systemd", "--log", "/dev/null"], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (part) => { text += part; });
  Server.running.add(child);
  const ended = new Promise((done) => child.on("close", (code, signal) => {
    Server.running.delete(child);
    done(code ?? signal);
  }));
  const listening = new Promise((done, failed) => {
    child.stderr.on("data", () => { if (text.includes("Listening on")) done(); });
    ended.then(() => failed(new Error(text)));
  });
  return { child, ended, listening, err: () => text };
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

test("systemd's own tool hands over a socket of either kind; who came while it started is served", { skip: unactivated }, async () => {
  const port = await freePort();
  const socket = path.join(folder, "activated.sock");
  for (const [address, to] of [[`127.0.0.1:${port}`, { host: "127.0.0.1", port }], [socket, { socketPath: socket }]]) {
    const service = activated(address);
    try {
      await service.listening; // and has not begun yet: the first to come begins it
      const answers = await Promise.all(Array.from({ length: 5 }, () => new Promise((done, failed) => {
        http.get({ ...to, path: "/healthz", agent: false }, (response) => response.resume().on("end", () => done(response.statusCode)))
          .on("error", failed);
      })));
      assert.deepEqual(answers, [200, 200, 200, 200, 200]);
    } finally {
      service.child.kill("SIGTERM");
      assert.equal(await service.ended, 0, service.err());
    }
  }
});

test("of two sockets that systemd hands over none is taken, and it says so", { skip: unactivated }, async () => {
  const port = await freePort();
  const service = activated(`127.0.0.1:${port}`, path.join(folder, "second.sock"));
  await service.listening;
  net.connect(port, "127.0.0.1").on("error", () => {}); // begins it
  assert.equal(await service.ended, 2, service.err());
  assert.match(service.err(), /systemd gave no socket, or several/);
});

test("without systemd, or with words that are no proxy, it says what to do", async () => {
  const given = await run(["serve", "--db", db, "--listen", "systemd"]);
  assert.notEqual(given.status, 0);
  assert.match(given.err, /systemd gave no socket/);
  const proxy = await run(["serve", "--db", db, "--trusted-proxy", "10.0.0.0/8"]);
  assert.equal(proxy.status, 2);
  assert.match(proxy.err, /10\.0\.0\.0\/8/);
});
