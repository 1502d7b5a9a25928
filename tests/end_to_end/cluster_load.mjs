// Writers and readers at several nodes at once, and what became of all that they asked.

/** Questions whose verdict is overridden back and forth: a small write that changes the base. */
export const questions = ["dry-needling.neck-mtrp.sham.pain-intensity.short",
  "dry-needling.neck-mtrp.sham.pain-intensity.immediate", "dry-needling.neck-mtrp.sham.disability.short"];

const asked = ["/v1/conditions", "/v1/check?q=does+dry+needling+help+neck+knots", "/v1/interventions/massage"];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export async function until(what, holds, seconds = 20) {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    if (await holds())
      return;
    await pause(20);
  }
  throw new Error(`not so after ${seconds} s: ${what}`);
}

export const override = (node, secret, question, verdict, reason, key) =>
  node.ask(`/v1/ratings/${question}/override`, { method: "PUT", body: JSON.stringify({ verdict, reason }),
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json",
      ...key === undefined ? {} : { "idempotency-key": key } } });

/** What a node says the question's verdict is overridden by; "none" where it is not. */
export const overridden = async (node, question) =>
  (await node.get(`/v1/ratings/${question}`)).json().override?.verdict ?? "none";

export class Load {
  acknowledged = []; // {node, reason, at}
  faults = [];       // what should not have been
  refused = 0;
  reads = 0;
  slowest = 0;
  ending = false;

  /** It begins at once. */
  constructor(nodes, secret) {
    this.secret = secret;
    this.nodes = nodes;
    this.work = nodes.flatMap((node, at) => [this.write(node, at), this.read(node)]);
  }

  async write(node, at) {
    const verdicts = ["may-help-a-little", "may-not-work"];
    for (let tries = 0; !this.ending; tries++) {
      const reason = `load ${at} ${tries}`;
      const answer = await override(node, this.secret, questions[at], verdicts[tries % 2], reason)
        .catch((failed) => ({ status: `${failed}` }));
      if (answer.status === 200)
        this.acknowledged.push({ at, reason, ended: performance.now() });
      else if (answer.status === 503)
        this.refused++;
      else
        this.faults.push(`write at node ${at}: ${answer.status} ${answer.body}`);
      await pause(150);
    }
  }

  async read(node) {
    for (; !this.ending; this.reads++) {
      const began = performance.now();
      const target = asked[this.reads % asked.length];
      const answer = await node.get(target).catch((failed) => ({ status: `${failed}` }));
      this.slowest = Math.max(this.slowest, performance.now() - began);
      if (answer.status !== 200)
        this.faults.push(`${target}: ${answer.status}`);
      await pause(10);
    }
  }

  runs(ms) {
    return pause(ms);
  }

  wroteSince(time) {
    return this.nodes.every((_, at) => this.acknowledged.some((one) => one.at === at && one.ended > time));
  }

  /** Per node, when the first write was acknowledged after `time`, in ms after it. */
  firstWrites(time) {
    return this.nodes.map((_, at) =>
      this.acknowledged.find((one) => one.at === at && one.ended > time).ended - time);
  }

  async end() {
    this.ending = true;
    await Promise.all(this.work);
  }

  /** The acknowledged writes that the audit log does not hold. */
  async lost(node) {
    const kept = new Set();
    let target = "/v1/audit?actor=anna&limit=500";
    for (let next = 0; next !== null;) {
      const page = (await node.get(next === 0 ? target : `${target}&cursor=${next}`,
        { authorization: `Bearer ${this.secret}` })).json();
      page.items.forEach((row) => kept.add(row.reason));
      ({ next } = page);
    }
    return this.acknowledged.map((one) => one.reason).filter((reason) => !kept.has(reason));
  }
}
