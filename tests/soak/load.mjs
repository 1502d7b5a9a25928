// Many who ask at once, and what they got: statuses, resets, how long it took.

import { readFileSync } from "node:fs";
import http from "node:http";

/** Begins a program with as many file descriptors as one may have. */
export const withDescriptors = ["sh", "-c", 'ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"'];

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Kilobytes that a process has in memory. */
export function residentKb(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

/** The value below which `share` of the numbers lie; NaN of none. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** What was answered; `take` begins anew and gives what was there. */
export class Tally {
  constructor() {
    this.take();
  }

  take() {
    const taken = { answers: this.answers, statuses: this.statuses, faults: this.faults, times: this.times };
    this.answers = 0;
    this.statuses = {}; // "2xx": how many
    this.faults = {}; // "ECONNRESET GET /…": how many
    this.times = []; // ms
    return taken;
  }

  answered(asked, status, ms, text) {
    const group = `${Math.floor(status / 100)}xx`;
    this.answers++;
    this.statuses[group] = (this.statuses[group] ?? 0) + 1;
    this.times.push(ms);
    if (status >= 400)
      this.failed(asked, `${status} ${text.slice(0, 200)}`);
  }

  failed(asked, why) {
    const fault = `${asked.method ?? "GET"} ${asked.path}: ${why}`;
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
  }
}

/** Asks once, over a connection of the agent's: resolves when all has come, whatever it is. */
export function ask(url, agent, asked, tally) {
  const { hostname, port } = new URL(url);
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const headers = { ...asked.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const began = performance.now();
  return new Promise((done) => {
    const fail = (error) => {
      tally.failed(asked, error.code ?? String(error));
      done(null);
    };
    const request = http.request({ hostname, port, agent, method: asked.method ?? "GET", path: asked.path, headers }, (response) => {
      let text = "";
      response.on("data", (part) => { text += response.statusCode >= 400 ? part : ""; });
      response.on("error", fail);
      response.on("end", () => {
        tally.answered(asked, response.statusCode, performance.now() - began, text);
        done(response);
      });
    });
    request.on("error", fail);
    request.end(body);
  });
}

/** So many ask one after the other, each on a connection of its own, until `until.over`. `next` gives what to ask. */
export function crowd(url, count, next, tally, until) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: count });
  const one = async () => {
    while (!until.over) {
      const answer = await ask(url, agent, next(), tally);
      if (answer === null)
        await sleep(100);
    }
  };
  return Promise.all(Array.from({ length: count }, one)).finally(() => agent.destroy());
}

/** A generator of the same numbers each time (mulberry32), below 1. */
export function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
