// What a busy day asks: every kind of reading, and what is posted and worked out.

import { dice } from "./load.mjs";

const pairs = ["dry-needling/neck-mtrp", "massage/neck-pain", "exercise/chronic-low-back-pain", "tens/neck-pain"];
const questions = ["does dry needling help neck knots", "massage gun for sore legs", "tens chronic back pain"];
const advert = "Melts muscle knots in 60 seconds! Our pocket massage gun is clinically proven to end neck pain for good.";
const diary = Array.from({ length: 14 }, (_, i) => ({ day: 2 * i, score: 7 - (i % 3) }));

async function items(server, target) {
  return (await server.send(target)).json().items.map(({ id }) => id);
}

/** A function that gives what to ask next. What the base holds is looked up at the server first. */
export async function askedOf(server, seed) {
  const roll = dice(seed);
  const one = (list) => list[Math.floor(roll() * list.length)];
  const ratings = await items(server, "/v1/ratings?limit=500");
  const studies = await items(server, "/v1/studies?limit=500");
  const interventions = await items(server, "/v1/interventions?limit=500");
  const known = (await Promise.all(pairs.map(async (pair) => (await server.send(`/v1/ratings/${pair}`)).status === 200 && pair)))
    .filter(Boolean);
  const get = (path) => ({ path });
  const post = (path, body) => ({ method: "POST", path, body });
  const kinds = [
    [20, () => get(`/v1/ratings/${one(ratings)}`)], [10, () => get(`/v1/ratings/${one(known)}`)],
    [8, () => get(`/v1/check?q=${encodeURIComponent(one(questions))}`)], [8, () => get(`/v1/studies/${one(studies)}`)],
    [6, () => get(`/v1/studies?q=${encodeURIComponent(one(["dry needling", "massage neck", "exercise back pain"]))}&limit=10`)],
    [4, () => get("/v1/ratings?limit=50")], [6, () => get(`/v1/suggest?q=${one(["dry", "mas", "nee", "bac"])}`)],
    [4, () => get(`/v1/interventions/${one(interventions)}`)], [2, () => get("/v1/map")],
    [3, () => get(`/v1/ratings/${one(ratings)}/forest.svg`)], [2, () => get(`/v1/ratings/${one(ratings)}/trace`)],
    [6, () => get(`/t/${one(known)}`)], [4, () => get("/")], [3, () => get(`/study/${one(studies)}`)], [2, () => get("/studies?q=needling")],
    [2, () => get("/v1/changes")], [1, () => get("/v1/export/ratings.csv")], [0.5, () => get("/v1/export/studies.ndjson")],
    [1, () => get("/metrics")], [1, () => get("/readyz")], [1, () => get("/fhir/Evidence?_count=5")], [1, () => get("/openapi.json")],
    [3, () => post("/v1/claims", { text: advert })],
    [3, () => post("/v1/stop", { intervention: "dry-needling", condition: "neck-pain", diary })],
    [2, () => post(`/v1/ratings/${one(ratings)}/what-if`, { leave_out: [] })],
    [2, () => post("/v1/red-flags/check", { text: "numb in both legs and cannot hold my urine" })],
    [1, () => post("/mcp", { jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-11-25", capabilities: {},
      clientInfo: { name: "soak", version: "1" } } })],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  return () => {
    let left = roll() * total;
    for (const [weight, make] of kinds)
      if ((left -= weight) < 0)
        return make();
    return kinds[0][1]();
  };
}
