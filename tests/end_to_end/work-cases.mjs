// The most work that one request may ask for, of each kind, and the first that is more: work.test.mjs asks
// for all of them, tests/compare/work.mjs prints what each cost.

const filled = (text, bytes) => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes);
const listed = (count, make) => Array.from({ length: count }, (_, i) => make(i));

const post = (path, body, headers = {}) => ({ method: "POST", path, body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers } });
const form = (path, body) => post(path, body, { "content-type": "application/x-www-form-urlencoded" });
const get = (path) => ({ path });
const tool = (name, given) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: given } });
const mcp = (message) => post("/mcp", message, { accept: "application/json, text/event-stream" });

// The question with the most studies in the base.
const question = "exercise.knee-osteoarthritis.nothing.pain-intensity.short";
const trial = { n: 100, estimate: -0.2, ci: [-0.5, 0.1], risk: "low" };
const whatIf = (changes) => post(`/v1/ratings/${question}/what-if`, changes);
const stop = (more) => post("/v1/stop", { intervention: "dry-needling", condition: "neck-pain",
  diary: [{ day: 0, score: 5 }, { day: 7, score: 5 }], ...more });
const day = (i) => ({ day: i, score: 5 + (i % 3) });
const changed = (bytes) => ({ day: 1, what: filled("started massage and tens, stopped needling ", bytes) });
const advert = "dry needling cures neck pain and back pain. ";
const misspelt = "massge nedling bakc pian acupunctre ";
const asked = (text) => encodeURIComponent(text).replaceAll("%20", "+");

/** `most` is answered; `more` is refused with `status` and words that say what, where and how much. */
export const cases = [
  { name: "what-if: trials added", most: whatIf({ add: listed(100, () => trial) }), more: whatIf({ add: listed(101, () => trial) }),
    status: 413, words: /at most 100 changes/ },
  { name: "what-if: studies left out", more: whatIf({ leave_out: listed(101, (i) => `pmid:${i}`) }), status: 413, words: /at most 100 changes/ },
  { name: "claims: claim after claim", most: post("/v1/claims", { text: filled(advert, 1048000) }),
    more: post("/v1/claims", { text: filled(advert, 1048577) }), status: 413, words: /body is larger/ },
  { name: "claims: one sentence", most: post("/v1/claims", { text: filled("needling massage tens neck back pain ", 1048000) }) },
  { name: "claims: misspelt", most: post("/v1/claims", { text: filled(misspelt, 1048000) }) },
  { name: "red flags in words", most: post("/v1/red-flags/check", { text: filled("numb legs cannot hold urine fever ", 1048000) }),
    more: post("/v1/red-flags/check", { text: filled("a", 1048577) }), status: 413, words: /body is larger/ },
  { name: "check: misspelt, by address", most: get(`/v1/check?q=${asked(filled(misspelt, 8000))}`),
    more: get(`/v1/check?q=${filled("a", 8192)}`), status: 414, words: /8192 bytes/ },
  { name: "check: misspelt, posted", most: post("/v1/check", { q: filled(misspelt, 1048000) }) },
  { name: "suggest: many words", most: get(`/v1/suggest?q=${asked(filled("massge nedling ", 8000))}`) },
  { name: "search: many words", most: get(`/v1/studies?q=${asked(filled("pain neck trial of the a ", 8000))}&limit=500`) },
  { name: "search: a page", most: get("/v1/studies?q=pain&limit=500"), more: get("/v1/studies?q=pain&limit=501"), status: 400, words: /from 1 to 500/ },
  { name: "search: deep in it", most: get("/studies?q=pain&page=100000") },
  { name: "ratings: a page", most: get("/v1/ratings?limit=500"), more: get("/v1/ratings?limit=501"), status: 400, words: /from 1 to 500/ },
  { name: "query parameters", more: get(`/v1/ratings?${listed(101, (i) => `a${i}=1`).join("&")}`), status: 400, words: /more than 100 query parameters/ },
  { name: "compare: all of a condition", most: get("/v1/compare?condition=neck-pain") },
  { name: "diary: scores", most: stop({ diary: listed(2000, day) }), more: stop({ diary: listed(2001, day) }), status: 400, words: /at most 2000 scores/ },
  { name: "diary: complaints, as a text", most: stop({ symptoms: filled("numb legs fever ", 20000) }),
    more: stop({ symptoms: filled("numb legs fever ", 20001) }), status: 400, words: /\/symptoms: at most 20000 bytes/ },
  { name: "diary: complaints, as a list", most: stop({ symptoms: listed(2000, () => "numb legs ") }),
    more: stop({ symptoms: listed(2001, () => "numb") }), status: 400, words: /\/symptoms: at most 2000 / },
  { name: "diary: complaints, long ones", more: stop({ symptoms: listed(2000, () => "numb legs, ") }), status: 400,
    words: /\/symptoms: at most 20000 bytes are taken in all/ },
  { name: "diary: medicines", most: stop({ medicines: listed(2000, (i) => `ibuprof${i % 1000}`.slice(0, 10)) }),
    more: stop({ medicines: listed(40000, () => "ibuprofen") }), status: 400, words: /\/medicines: at most 2000 / },
  { name: "diary: changes", most: stop({ changes: listed(10, () => changed(2000)) }), more: stop({ changes: listed(11, () => changed(2000)) }),
    status: 400, words: /\/changes\/10\/what: the changes have more than 20000 bytes in all/ },
  { name: "diary: many short changes", most: stop({ changes: listed(2000, () => ({ day: 1, what: "tens ended" })) }),
    more: stop({ changes: listed(2001, () => ({ day: 1, what: "tens ended" })) }), status: 400, words: /\/changes: at most 2000 / },
  { name: "diary: a long change", more: stop({ changes: [changed(2001)] }), status: 400, words: /\/changes\/0\/what: at most 2000 bytes/ },
  { name: "diary, as a picture", most: { ...stop({ diary: listed(2000, day) }), path: "/v1/stop.svg" } },
  { name: "JSON within JSON", more: post("/v1/claims", "[".repeat(1048000)), status: 400, words: /maximum parsing depth/ },
  { name: "unknown fields", more: post("/v1/stop", `{${listed(80000, (i) => `"a${i}":1`).join(",")}}`), status: 400, words: /unknown field \(and \d+ more\)/ },
  { name: "FHIR: values of a title", most: form("/fhir/Evidence/_search", `title:contains=${listed(500, (i) => `needle ${i}`).join(",")}`),
    more: form("/fhir/Evidence/_search", `title:contains=${listed(501, (i) => `needle ${i}`).join(",")}`), status: 413,
    words: /title: a search takes at most 500 values .* in several searches/ },
  { name: "FHIR: values in several parameters", more: form("/fhir/Evidence/_search", `_id=${filled("a,", 800)}&identifier=${filled("b,", 800)}`),
    status: 413, words: /identifier: a search takes at most 500 values/ },
  { name: "FHIR: a page", most: get("/fhir/Evidence?_count=1000000") },
  { name: "MCP: a batch", most: mcp(listed(32, (id) => ({ ...tool("vet_claim", { claim: filled(advert, 30000) }), id }))),
    more: mcp(listed(33, (id) => ({ jsonrpc: "2.0", id, method: "ping" }))), status: 400, words: /1 to 32 messages/ },
  { name: "MCP: studies", most: mcp(tool("find_studies", { query: filled("pain neck trial ", 1000000), limit: 50 })) },
  { name: "MCP: a question", most: mcp(tool("check_treatment", { question: filled(misspelt, 1000000) })) },
  { name: "CDS Hooks: orders and problems", most: post("/cds-services/touchstone-order-select", { hook: "order-select",
    hookInstance: "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", context: { userId: "Practitioner/1", patientId: "1",
      selections: listed(3000, (i) => `ServiceRequest/${i}`), draftOrders: { resourceType: "Bundle", type: "collection",
        entry: listed(3000, (i) => ({ resource: { resourceType: "ServiceRequest", id: `${i}`, status: "draft", intent: "order",
          code: { text: "dry needling massage tens neck pain" } } })) } },
    prefetch: { conditions: { resourceType: "Bundle", entry: listed(3000, () => ({ resource: { resourceType: "Condition", code: { text: "neck pain" } } })) } } }) },
  { name: "a report", more: post("/v1/reports", { about: "/t/x", text: filled("a ", 4001) }), status: 400, words: /\/text: .*4000 characters/ },
];
