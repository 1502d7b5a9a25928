// A remote service that says what a script tells it to say, and can misbehave in every way that
// services do. Nothing of it is a real service: answers are files or text of the script.
//
//   node recorded-server.mjs SCRIPT [--folder DIR] [--tls-key F --tls-cert F] [--until-stdin-ends]
//   import { RecordedServer } from "./recorded-server.mjs";  const s = await RecordedServer.start(script)
//
// SCRIPT is a JSON file, or the JSON itself. It prints "listening on http://127.0.0.1:PORT".
//
//   {"routes": [{"match": "^GET /esearch.*term=needling", "answers": [{…}, {…}]}]}
//
// The first route whose regular expression fits "METHOD /path?query\nbody" answers; its answers come
// one after the other, the last one again and again. No route: 404. GET /__requests gives what was
// asked so far: [{"method", "url", "headers", "body", "http" (its version), "port" (of the asker)}].
//
// An answer: status (200), headers ({name: value or list}), and its body as one of
//   body (text), json (anything), file (in --folder), fill (so many bytes of "0")
// "{base}" in headers, body and json is the server's own address. Further:
//   gzip       true: sent gzipped, "twice": as two members, "damaged", "cut", or a false coding's name
//   chunked    true: without a Content-Length
//   delay_ms   waits before it answers
//   fault      silent  never answers              close  ends the connection without a byte
//              reset   half, then a TCP reset     cut    half of what Content-Length says, then the end
//              cut-chunked  half in chunks, then the end without the last chunk
//              stall   half, then nothing         drip   a byte every `every_ms` (20)
//              flood   header lines without end   no-http  bytes that are no HTTP

import fs from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const FLOOD_LINES = 4000; // of 100 bytes

function bodyOf(answer, folder, withBase) {
  if (answer.file !== undefined)
    return fs.readFileSync(path.resolve(folder, answer.file));
  if (answer.fill !== undefined)
    return Buffer.alloc(answer.fill, "0");
  return Buffer.from(withBase(answer.json !== undefined ? JSON.stringify(answer.json) : answer.body ?? ""));
}

function gzipped(bytes, how) {
  const whole = zlib.gzipSync(bytes);
  switch (how) {
    case "twice": {
      const half = bytes.length >> 1;
      return Buffer.concat([zlib.gzipSync(bytes.subarray(0, half)), zlib.gzipSync(bytes.subarray(half))]);
    }
    case "damaged": {
      const spoilt = Buffer.from(whole);
      spoilt.fill(0xff, 10, 14);
      return spoilt;
    }
    case "cut":
      return whole.subarray(0, whole.length - 6);
    default:
      return whole;
  }
}

function headOf(status, headers) {
  const lines = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? "Unknown"}`];
  for (const [name, value] of Object.entries(headers))
    for (const one of [value].flat())
      lines.push(`${name}: ${one}`);
  return lines.join("\r\n") + "\r\n\r\n";
}

/** Writes to the bare socket what the http module would never write. */
function misbehave(fault, socket, status, headers, bytes, answer) {
  const half = bytes.subarray(0, bytes.length >> 1);
  const announced = headOf(status, { ...headers, "content-length": bytes.length });
  switch (fault) {
    case "silent":
      return;
    case "close":
      socket.end();
      return;
    case "no-http":
      socket.end("220 mail.example ESMTP ready\r\n");
      return;
    case "reset":
      socket.write(Buffer.concat([Buffer.from(announced), half]), () => socket.resetAndDestroy());
      return;
    case "cut":
      socket.end(Buffer.concat([Buffer.from(announced), half]));
      return;
    case "cut-chunked":
      socket.write(headOf(status, { ...headers, "transfer-encoding": "chunked" }));
      socket.end(Buffer.concat([Buffer.from(half.length.toString(16) + "\r\n"), half, Buffer.from("\r\n")]));
      return;
    case "stall":
      socket.write(Buffer.concat([Buffer.from(announced), half]));
      return;
    case "flood":
      socket.write(`HTTP/1.1 ${status} OK\r\n`);
      socket.end(Array.from({ length: FLOOD_LINES }, (_, i) => `x-${i}: ${"f".repeat(90)}\r\n`).join("") + "\r\n");
      return;
    case "drip": {
      socket.write(announced);
      let at = 0;
      const timer = setInterval(() => {
        if (socket.destroyed || at >= bytes.length) {
          clearInterval(timer);
          socket.end();
        } else {
          socket.write(bytes.subarray(at, ++at));
        }
      }, answer.every_ms ?? 20);
      return;
    }
    default:
      throw new Error(`no such fault: ${fault}`);
  }
}

export class RecordedServer {
  static async start(script, { folder = ".", tls } = {}) {
    const server = new RecordedServer();
    server.folder = folder;
    server.routes = script.routes.map((route) => ({
      match: new RegExp(route.match), answers: route.answers, given: 0 }));
    server.requests = [];
    server.sockets = new Set();
    const handle = (request, response) => server.#take(request, response);
    server.http = tls
      ? http2.createSecureServer({ ...tls, allowHTTP1: true }, handle)
      : http.createServer({ keepAliveTimeout: 60000 }, handle);
    for (const event of ["connection", "secureConnection"])
      server.http.on(event, (socket) => {
        server.sockets.add(socket);
        socket.on("error", () => {}); // the other side may go whenever it likes
        socket.on("close", () => server.sockets.delete(socket));
      });
    server.http.on("sessionError", () => {});
    server.http.on("connect", ({ method, url, headers }, socket) => { // asked to be a proxy
      server.requests.push({ method, url, headers });
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise((done) => server.http.listen(0, "127.0.0.1", done));
    server.url = `${tls ? "https" : "http"}://127.0.0.1:${server.http.address().port}`;
    return server;
  }

  stop() {
    for (const socket of this.sockets)
      socket.destroy();
    return new Promise((done) => this.http.close(done));
  }

  #take(request, response) {
    const chunks = [];
    request.on("error", () => {});
    response.on("error", () => {});
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const { method, url, headers } = request;
      if (url === "/__requests") {
        response.end(JSON.stringify(this.requests));
        return;
      }
      this.requests.push({ method, url, headers, body, http: request.httpVersion, port: request.socket.remotePort });
      const route = this.routes.find(({ match }) => match.test(`${method} ${url}\n${body}`));
      const answer = route === undefined
        ? { status: 404, body: `no route for ${method} ${url} in HTTP/${request.httpVersion}` }
        : route.answers[Math.min(route.given++, route.answers.length - 1)];
      setTimeout(() => this.#answer(answer, response), answer.delay_ms ?? 0);
    });
  }

  #answer(answer, response) {
    const withBase = (text) => String(text).replaceAll("{base}", this.url);
    const status = answer.status ?? 200;
    const headers = { "content-type": answer.json !== undefined ? "application/json" : "text/plain" };
    for (const [name, value] of Object.entries(answer.headers ?? {}))
      headers[name.toLowerCase()] = Array.isArray(value) ? value.map(withBase) : withBase(value);
    let bytes = bodyOf(answer, this.folder, withBase);
    if (answer.gzip) {
      bytes = gzipped(bytes, answer.gzip);
      headers["content-encoding"] ??= "gzip";
    }
    if (answer.fault !== undefined) {
      misbehave(answer.fault, response.socket, status, headers, bytes, answer);
      return;
    }
    if (!answer.chunked)
      headers["content-length"] = bytes.length;
    response.writeHead(status, headers);
    response.write(bytes); // and not all at once, or it would get its length after all
    response.end();
  }
}

function options(args) {
  const found = { folder: ".", script: undefined, lifeline: false };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--folder")
      found.folder = args[++i];
    else if (args[i] === "--tls-key")
      found.key = args[++i];
    else if (args[i] === "--tls-cert")
      found.cert = args[++i];
    else if (args[i] === "--until-stdin-ends")
      found.lifeline = true;
    else
      found.script = args[i];
  }
  return found;
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const found = options(process.argv.slice(2));
  const text = found.script.trimStart().startsWith("{") ? found.script : fs.readFileSync(found.script, "utf8");
  const tls = found.key === undefined
    ? undefined
    : { key: fs.readFileSync(found.key), cert: fs.readFileSync(found.cert) };
  const server = await RecordedServer.start(JSON.parse(text), { folder: found.folder, tls });
  process.stdout.write(`listening on ${server.url}\n`);
  if (found.lifeline)
    process.stdin.on("end", () => process.exit(0)).resume();
}
