// The real program over a store built from the real evidence/data, in a temporary folder.
// TOUCHSTONE_PROGRAM names another program than ./touchstone.

import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { disagreement } from "./document.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const program = path.resolve(process.env.TOUCHSTONE_PROGRAM ?? path.join(root, "touchstone"));
export const data = path.join(root, "evidence/data");

// Settings of whoever runs the tests must not reach the program.
function environment(more = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(TOUCHSTONE_|COLUMNS$|NO_COLOR$|TERM$)/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

export function temporaryFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-"));
}

export function remove(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Runs the program to its end, `input` on its standard input: {status, out, err}. `under` is a command
 * that begins it, as in Server.start. */
export function run(args, { env, cwd = root, input = "", under = [] } = {}) {
  return new Promise((done) => {
    const options = { cwd, env: environment(env), maxBuffer: 64 << 20, timeout: 60000 };
    const [first, ...rest] = [...under, program, ...args];
    const child = execFile(first, rest, options, (error, out, err) => {
      done({ status: error === null ? 0 : error.code ?? error.signal, out, err });
    });
    child.stdin.on("error", () => {}); // it may end without reading
    child.stdin.end(input);
  });
}

/** Builds a store; fails with what the program said. */
export async function build(db, folder = data) {
  const told = await run(["build", "--data", folder, "--db", db]);
  if (told.status !== 0)
    throw new Error(`touchstone build: ${told.err}`);
  return told;
}

/** A new token for that store: {id, token}. */
export async function token(db, name, scope, ...more) {
  const told = await run(["token", "--db", db, "add", "--name", name, "--scope", scope, "--json", ...more]);
  if (told.status !== 0)
    throw new Error(`touchstone token: ${told.err}`);
  return JSON.parse(told.out);
}

/** A server on a free port. `stop` ends it whatever happens and gives its exit status. */
export class Server {
  static running = new Set();

  /** `under` is a command that becomes the program, such as ["sh", "-c", "ulimit -n 40; exec \"$0\" \"$@\""]. */
  static async start(args, { env, cwd, under = [] } = {}) {
    const server = new Server();
    const listen = args.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
    const [first, ...rest] = [...under, program, "serve", ...listen, ...args];
    server.err = "";
    server.child = spawn(first, rest,
      { env: environment(env), cwd, stdio: ["ignore", "pipe", "pipe"] });
    Server.running.add(server.child);
    server.ended = new Promise((done) => server.child.on("close", (code, signal) => {
      Server.running.delete(server.child);
      done(code ?? signal);
    }));
    server.child.stderr.setEncoding("utf8").on("data", (text) => { server.err += text; });
    server.url = await new Promise((done, failed) => {
      let out = "";
      server.child.stdout.setEncoding("utf8").on("data", (text) => {
        out += text;
        const found = /listening on ((?:https?|unix):\S+)\n/.exec(out);
        if (found)
          done(found[1]);
      });
      server.ended.then((status) => failed(new Error(`ended with ${status}: ${server.err}`)));
    });
    return server;
  }

  /** Sends bytes as they are: {status, headers, body (a Buffer), json()}. Whatever is asked for, the
   * answer must be as openapi.json says. */
  async ask(target, options = {}) {
    const answer = await this.send(target, options);
    const fault = disagreement(options.method ?? "GET", target, answer);
    if (fault !== null)
      throw new Error(`${options.method ?? "GET"} ${target} is not as openapi.json says: ${fault}`);
    return answer;
  }

  send(target, { method = "GET", headers = {}, body } = {}) {
    return new Promise((done, failed) => {
      const { protocol, hostname, port, pathname } = new URL(this.url);
      const where = protocol === "unix:" ? { socketPath: pathname } : { hostname, port };
      const request = http.request({ ...where, path: target, method, headers, agent: false },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("end", () => {
            const bytes = Buffer.concat(parts);
            done({ status: response.statusCode, headers: response.headers, body: bytes,
              json: () => JSON.parse(bytes.toString("utf8")) });
          });
        });
      request.on("error", failed);
      request.end(body);
    });
  }

  async get(target, headers) {
    return this.ask(target, { headers });
  }

  /** Waits until standard error holds a text. */
  async says(text) {
    for (let tries = 0; tries < 500; tries++) {
      if (this.err.includes(text))
        return;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`"${text}" was not said: ${this.err}`);
  }

  signal(name) {
    this.child.kill(name);
  }

  async stop() {
    this.child.kill("SIGTERM");
    const forced = setTimeout(() => this.child.kill("SIGKILL"), 30000);
    const status = await this.ended;
    clearTimeout(forced);
    return status;
  }
}

// Whatever goes wrong in a test, no process stays.
process.on("exit", () => Server.running.forEach((child) => child.kill("SIGKILL")));
