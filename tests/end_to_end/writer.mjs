// Somebody who curates over HTTP, one change after the other, and knows which were acknowledged. The trial
// is made up and stays in the tests' stores.

import assert from "node:assert/strict";

export const study = "ts:made-up-by-hand";

export const madeUp = (id) => ({ id, title: `[A trial made up, ${id}]`, authors: [{ family: "Nobody" }], year: 2026,
  design: "rct", condition: "neck-mtrp", sources: [{ url: "https://example.org/trial", where: "table 2" }],
  results: [{ intervention: "dry-needling", comparator: "sham", outcome: "pain-intensity",
    scale: { name: "NRS", low: 0, high: 10 }, better: "lower", window: "short", days: 28,
    arms: [{ role: "intervention", n: 120, mean: 3.1, sd: 2.1 }, { role: "comparator", n: 120, mean: 4.9, sd: 2.2 }] }] });

/** Writes notes of a study, one after the other. */
export class Writer {
  acknowledged = -1;
  next = 0;

  /** `secret` is a token with the scope curate. */
  constructor(server, secret, id = study) {
    this.server = server;
    this.secret = secret;
    this.id = id;
  }

  send(method, target, body, headers = {}) {
    return this.server.send(target, { method, body: JSON.stringify(body),
      headers: { authorization: `Bearer ${this.secret}`, "content-type": "application/json", ...headers } });
  }

  async begin() {
    const added = await this.send("PUT", `/v1/studies/${this.id}`, madeUp(this.id));
    assert.equal(added.status, 201, added.body.toString());
    this.version = added.headers.etag;
  }

  /** One more note; `padding` makes it longer. */
  async write(padding = "") {
    const note = `note ${this.next++} ${padding}`.trim();
    const saved = await this.send("PATCH", `/v1/studies/${this.id}`, { note }, { "if-match": this.version });
    if (saved.status === 200) {
      this.version = saved.headers.etag;
      this.acknowledged = this.next - 1;
    }
    return saved;
  }

  /** The number of the note that is there now. */
  async kept() {
    const read = await this.server.send(`/v1/studies/${this.id}`);
    this.version = read.headers.etag;
    return Number(/^note (\d+)/.exec(read.json().note ?? "")?.[1] ?? -1);
  }
}
