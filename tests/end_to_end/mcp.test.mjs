// POST /mcp, byte for byte: what the two eras of the protocol say of envelopes, headers and statuses.
// The numbers are those of modelcontextprotocol.io/specification, 2026-07-28 and 2025-11-25.
// tests/clients/mcp.test.mjs lets the official clients have a go.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, Server, temporaryFolder } from "./support.mjs";

const MODERN = "2026-07-28";
const VERSIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];
const META = {
  "io.modelcontextprotocol/protocolVersion": MODERN,
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};
const PARSE_ERROR = -32700, INVALID_REQUEST = -32600, METHOD_NOT_FOUND = -32601, INVALID_PARAMS = -32602;
const NO_SUCH_RESOURCE = -32002, HEADER_MISMATCH = -32020, UNSUPPORTED_VERSION = -32022;

let folder, db, server;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db, "--base-url", "https://example.org/rated/"]);
});

after(async () => {
  await server.stop();
  remove(folder);
});

/** Sends a body, an object or bytes, with the headers every client sends; undefined takes one away. */
async function post(body, headers = {}, to = server) {
  const all = { "Content-Type": "application/json", Accept: "application/json, text/event-stream", ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await to.ask("/mcp", { method: "POST", headers: sent, body: bytes });
  answer.json = answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString());
  return answer;
}

function headersOf(message) {
  const name = message.params?.name ?? message.params?.uri;
  return {
    "MCP-Protocol-Version": MODERN, "Mcp-Method": message.method,
    ...(name === undefined ? {} : { "Mcp-Name": name }),
  };
}

/** A modern request as it should be; `headers` and `params` change it. */
function modern(method, params = {}, headers = {}) {
  const message = { jsonrpc: "2.0", id: 7, method, params: { _meta: META, ...params } };
  return post(message, { ...headersOf(message), ...headers });
}

function legacy(method, params, version = "2025-11-25") {
  return post({ jsonrpc: "2.0", id: "seven", method, params }, { "MCP-Protocol-Version": version });
}

function assertError(answer, status, code, message = "") {
  assert.equal(answer.status, status, answer.body.toString());
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.json.jsonrpc, "2.0");
  assert.equal(answer.json.error.code, code, answer.body.toString());
  assert.match(answer.json.error.message, new RegExp(message));
}

const question = { name: "check_treatment", arguments: { question: "does dry needling help neck knots?" } };

// ---- the modern era ----

test("server/discover says versions, what there is, and who answers, and may be kept", async () => {
  const answer = await modern("server/discover");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.json.id, 7);
  const { result } = answer.json;
  assert.equal(result.resultType, "complete");
  assert.deepEqual(result.supportedVersions, VERSIONS);
  assert.deepEqual(result.capabilities, { tools: {}, resources: {} });
  assert.ok(result.ttlMs > 0);
  assert.equal(result.cacheScope, "public");
  assert.match(result.instructions, /warning, say that first/);
  assert.equal(result._meta["io.modelcontextprotocol/serverInfo"].name, "touchstone");
});

test("every result that may be kept says for how long, a tool's says nothing of it", async () => {
  for (const [method, params] of [["tools/list"], ["resources/list"], ["resources/templates/list"],
    ["resources/read", { uri: "touchstone://ratings/dry-needling/neck-mtrp" }]]) {
    const { result } = (await modern(method, params)).json;
    assert.equal(result.resultType, "complete", method);
    assert.ok(Number.isInteger(result.ttlMs) && result.ttlMs >= 0, method);
    assert.equal(result.cacheScope, "public", method);
    assert.ok(result._meta["io.modelcontextprotocol/serverInfo"].version, method);
  }
  const called = (await modern("tools/call", question)).json.result;
  assert.equal(called.resultType, "complete");
  assert.equal(called.ttlMs, undefined);
});

test("each of the mandatory headers is missed", async () => {
  for (const name of ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"])
    assertError(await modern("tools/call", question, { [name]: undefined }), 400, HEADER_MISMATCH, name);
  assertError(await modern("resources/read", { uri: "touchstone://ratings/x" }, { "Mcp-Name": undefined }),
    400, HEADER_MISMATCH, "Mcp-Name");
});

test("a header that says something else than the body is refused, in any way it can", async () => {
  for (const headers of [
    { "MCP-Protocol-Version": "2025-11-25" }, { "Mcp-Method": "tools/list" }, { "Mcp-Method": "Tools/Call" },
    { "Mcp-Name": "vet_claim" }, { "Mcp-Name": "CHECK_TREATMENT" }, { "Mcp-Name": ["check_treatment", "vet_claim"] },
    { "Mcp-Name": "=?base64?dmV0X2NsYWlt?=" }, { "Mcp-Name": "=?base64?!!?=" }, { "Mcp-Name": "=?base64??=" },
    { "Mcp-Name": "=?BASE64?Y2hlY2tfdHJlYXRtZW50?=" }, { "Mcp-Name": "=?base64?" }, { "Mcp-Name": "" },
    { "Mcp-Name": "check_treatment\xe9" },
  ])
    assertError(await modern("tools/call", question, headers), 400, HEADER_MISMATCH, "^Header mismatch: ");
});

test("header names are read in any case, values of Mcp-Name in base64 too", async () => {
  const headers = { "MCP-Protocol-Version": undefined, "mcp-PROTOCOL-version": MODERN };
  assert.equal((await modern("tools/call", question, headers)).status, 200);
  const encoded = `=?base64?${Buffer.from("check_treatment").toString("base64")}?=`;
  assert.equal((await modern("tools/call", question, { "Mcp-Name": encoded })).status, 200);
  const uri = "touchstone://ratings/händel";
  const foreign = { "Mcp-Name": `=?base64?${Buffer.from(uri).toString("base64")}?=` };
  assertError(await modern("resources/read", { uri }, foreign), 200, INVALID_PARAMS, "Resource not found");
});

test("the rest of the modern headers and sessions of old mean nothing", async () => {
  const headers = { "Mcp-Session-Id": "abc", "Last-Event-ID": "3", "Mcp-Param-Region": "x" };
  const answer = await modern("tools/list", {}, headers);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["mcp-session-id"], undefined);
});

test("a version that is not spoken is refused with those that are", async () => {
  for (const version of ["1900-01-01", "2027-01-01", "2025-11-25", "", "2026-07-28 "]) {
    const _meta = { ...META, "io.modelcontextprotocol/protocolVersion": version };
    const answer = await modern("tools/list", { _meta }, { "MCP-Protocol-Version": version });
    if (version === "2026-07-28 ") { // a header's value is trimmed on the way
      assertError(answer, 400, HEADER_MISMATCH);
      continue;
    }
    assertError(answer, 400, UNSUPPORTED_VERSION);
    assert.deepEqual(answer.json.error.data, { supported: VERSIONS, requested: version });
  }
});

test("what _meta must hold is asked for", async () => {
  for (const _meta of [undefined, null, {}, [], "x",
    { ...META, "io.modelcontextprotocol/clientCapabilities": undefined },
    { ...META, "io.modelcontextprotocol/clientCapabilities": "tools" },
    { ...META, "io.modelcontextprotocol/protocolVersion": undefined },
    { ...META, "io.modelcontextprotocol/protocolVersion": 20260728 }])
    assertError(await modern("tools/list", { _meta }), 400, INVALID_PARAMS, "_meta must hold");
  const bare = { jsonrpc: "2.0", id: 1, method: "tools/list" };
  assertError(await post(bare, headersOf(bare)), 400, INVALID_PARAMS, "_meta must hold");
  assert.equal((await modern("tools/list", { _meta: { ...META, "io.modelcontextprotocol/clientInfo": undefined } })).status, 200);
});

test("an unknown method is 404 for the modern, and so is what only the other era has", async () => {
  for (const method of ["ping", "prompts/list", "logging/setLevel", "subscriptions/listen", "", "tools/List"])
    assertError(await modern(method), 404, METHOD_NOT_FOUND, "^Method not found");
});

// ---- the era of initialize ----

test("initialize is answered with the version asked for, or the newest of its kind", async () => {
  for (const [asked, given] of [["2025-11-25", "2025-11-25"], ["2025-06-18", "2025-06-18"],
    ["2025-03-26", "2025-03-26"], ["2024-11-05", "2025-11-25"], ["2026-07-28", "2025-11-25"], ["x", "2025-11-25"]]) {
    const answer = await post({ jsonrpc: "2.0", id: 0, method: "initialize",
      params: { protocolVersion: asked, capabilities: {}, clientInfo: { name: "t", version: "1" } } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["mcp-session-id"], undefined);
    assert.equal(answer.json.id, 0);
    assert.equal(answer.json.result.protocolVersion, given);
    assert.deepEqual(answer.json.result.capabilities, { tools: {}, resources: {} });
    assert.equal(answer.json.result.serverInfo.name, "touchstone");
    assert.equal(answer.json.result.resultType, undefined);
    assert.ok(answer.json.result.instructions);
  }
  assertError(await legacy("initialize", {}), 200, INVALID_PARAMS, "protocolVersion");
});

test("ping, lists and tools work with the header of any of its versions, or with none", async () => {
  for (const version of [...VERSIONS.slice(1), undefined]) {
    assert.deepEqual((await legacy("ping", undefined, version)).json, { jsonrpc: "2.0", id: "seven", result: {} });
    const { result } = (await legacy("tools/list", undefined, version)).json;
    assert.deepEqual(Object.keys(result), ["tools"]);
    assert.equal((await legacy("tools/call", question, version)).json.result.isError, false);
  }
});

test("an unknown method is an answer like any other for the older, a bad version is 400", async () => {
  assertError(await legacy("prompts/list"), 200, METHOD_NOT_FOUND);
  for (const version of ["1900-01-01", "2024-11-05", "", "2025-11-25, 2025-11-25"]) {
    const answer = await legacy("tools/list", undefined, version);
    assertError(answer, 400, UNSUPPORTED_VERSION);
    assert.deepEqual(answer.json.error.data.supported, VERSIONS);
  }
});

test("server/discover without _meta is told what is missing", async () => {
  assertError(await legacy("server/discover"), 400, INVALID_PARAMS, "_meta must hold");
});

test("notifications are taken with 202 and no body", async () => {
  for (const method of ["notifications/initialized", "notifications/cancelled", "anything"])
    for (const version of [...VERSIONS, undefined]) {
      const answer = await post({ jsonrpc: "2.0", method }, { "MCP-Protocol-Version": version });
      assert.equal(answer.status, 202);
      assert.equal(answer.body.length, 0);
    }
  assertError(await post({ jsonrpc: "2.0", method: "x" }, { "MCP-Protocol-Version": "y" }), 400, UNSUPPORTED_VERSION);
});

test("a response is taken in the older era and refused in the modern", async () => {
  const response = { jsonrpc: "2.0", id: 3, result: {} };
  assert.equal((await post(response, { "MCP-Protocol-Version": "2025-11-25" })).status, 202);
  assertError(await post(response, { "MCP-Protocol-Version": MODERN }), 400, INVALID_REQUEST);
});

test("several messages in an array are taken where the revision had that, and nowhere else", async () => {
  const ping = (id) => ({ jsonrpc: "2.0", id, method: "ping" });
  const note = { jsonrpc: "2.0", method: "notifications/initialized" };
  for (const version of ["2025-03-26", undefined]) {
    const answer = await post([ping(1), note, { jsonrpc: "2.0", id: 2, method: "x" }, 5, ping("b")], { "MCP-Protocol-Version": version });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json.map(({ id, error }) => [id, error?.code]),
      [[1, undefined], [2, METHOD_NOT_FOUND], [undefined, INVALID_REQUEST], ["b", undefined]]);
    const silent = await post([note, note], { "MCP-Protocol-Version": version });
    assert.equal(silent.status, 202);
    assert.equal(silent.body.length, 0);
    const alone = await post([{ jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-03-26" } }], { "MCP-Protocol-Version": version });
    assert.equal(alone.json[0].error.code, INVALID_REQUEST);
    assertError(await post([], { "MCP-Protocol-Version": version }), 400, INVALID_REQUEST);
    assertError(await post(Array(33).fill(note), { "MCP-Protocol-Version": version }), 400, INVALID_REQUEST);
  }
  for (const version of ["2025-06-18", "2025-11-25", MODERN, "x"])
    assertError(await post([ping(1)], { "MCP-Protocol-Version": version }), 400, INVALID_REQUEST);
});

// ---- the envelope ----

test("what is no message is refused, with its id where it has one", async () => {
  for (const [body, id] of [
    ["{}"], [{ id: 1, method: "ping" }, 1], [{ jsonrpc: "1.0", id: 1, method: "ping" }, 1],
    [{ jsonrpc: "2.0", id: null, method: "ping" }], [{ jsonrpc: "2.0", id: 1.5, method: "ping" }],
    [{ jsonrpc: "2.0", id: {}, method: "ping" }], [{ jsonrpc: "2.0", id: true, method: "ping" }],
    [{ jsonrpc: "2.0", id: 1, method: 5 }, 1], [{ jsonrpc: "2.0", id: 1 }, 1],
    [{ jsonrpc: "2.0", id: 1, method: "ping", params: [] }, 1], [{ jsonrpc: "2.0", id: 1, method: "ping", params: null }, 1],
  ]) {
    const answer = await post(body);
    assertError(answer, 400, INVALID_REQUEST, "^Invalid request: ");
    assert.equal(answer.json.id, id);
  }
});

test("what is no JSON is a parse error: empty, cut, doubled, NUL, not UTF-8, too deep", async () => {
  const deep = "[".repeat(20000);
  for (const body of ["", "{", '{"jsonrpc":"2.0"', '{"a":1,"a":2}', '{"a":"\\u0000"}', deep, '{"a":'.repeat(20000),
    Buffer.from('{"a":"\xff"}', "latin1"), "5", '"x"', "null", '{"id":1e999}', "{} {}"]) {
    const answer = await post(body);
    assertError(answer, 400, PARSE_ERROR);
    assert.equal("id" in answer.json, false);
  }
});

test("ids come back as they were", async () => {
  for (const id of [0, -5, 9007199254740991, "", "é\"\\", "x".repeat(1000)])
    assert.equal((await post({ jsonrpc: "2.0", id, method: "ping" })).json.id, id);
});

test("the media types of the request and of what is accepted are checked", async () => {
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  for (const type of [undefined, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
    assertError(await post(ping, { "Content-Type": type }), 415, INVALID_REQUEST);
  for (const type of ["application/json; charset=utf-8", "Application/JSON"])
    assert.equal((await post(ping, { "Content-Type": type })).status, 200);
  for (const accept of ["text/event-stream", "text/html"])
    assertError(await post(ping, { Accept: accept }), 406, INVALID_REQUEST);
  for (const accept of [undefined, "*/*", "application/*", "text/event-stream;q=0.5, application/json;q=1"])
    assert.equal((await post(ping, { Accept: accept })).status, 200);
});

test("a body that is too long is 413", async () => {
  assert.equal((await post(`{"x":"${"y".repeat(1 << 20)}"}`)).status, 413);
});

test("other methods are 405 with Allow, in the same form", async () => {
  for (const method of ["GET", "DELETE", "PUT", "PATCH"]) {
    const answer = await server.ask("/mcp", { method, headers: { Accept: "text/event-stream" } });
    assert.equal(answer.status, 405);
    assert.match(answer.headers.allow, /POST/);
    assert.equal(JSON.parse(answer.body).error.code, INVALID_REQUEST);
  }
  assert.equal((await server.get("/mcp/x")).json().status, 404, "other paths keep their own form");
});

// ---- browsers ----

test("pages of another origin are refused, those of this machine and our own are not", async () => {
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  const { host } = new URL(server.url);
  for (const Origin of ["https://evil.example", "null", "", "http://example.org", "https://example.org.evil.example",
    "https://example.org:444", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://[::2]",
    "file://localhost", "https://example.org, https://example.org", "http://10.0.0.1", "http://localhost@evil.example"]) {
    const answer = await post(ping, { Origin });
    assertError(answer, 403, INVALID_REQUEST);
    assert.equal("id" in answer.json, false);
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
  }
  for (const Origin of ["https://example.org", "HTTPS://EXAMPLE.ORG", "https://example.org:443", "http://localhost",
    "http://localhost:5173", `http://${host}`, "http://127.9.9.9:1", "https://[::1]:8443", undefined])
    assert.equal((await post(ping, { Origin })).status, 200, Origin);
});

test("without an address from the operator, a name in the Host header proves nothing", async () => {
  const plain = await Server.start(["--db", db]);
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  const rebound = { Host: "evil.example:8080", Origin: "http://evil.example:8080" };
  assertError(await post(ping, rebound, plain), 403, INVALID_REQUEST);
  assert.equal((await post(ping, { Host: "10.1.2.3:8080", Origin: "http://10.1.2.3:8080" }, plain)).status, 200);
  assertError(await post(ping, { Host: "10.1.2.3:8080", Origin: "http://10.1.2.4:8080" }, plain), 403, INVALID_REQUEST);
  await plain.stop();
});

// ---- tools ----

test("the four tools come in a fixed order and say what they are", async () => {
  const first = (await modern("tools/list")).json.result.tools;
  assert.deepEqual(first.map((tool) => tool.name), ["check_treatment", "vet_claim", "when_to_stop", "find_studies"]);
  assert.deepEqual((await legacy("tools/list")).json.result.tools, first);
  for (const tool of first) {
    assert.match(tool.name, /^[A-Za-z0-9_.-]{1,128}$/);
    assert.match(tool.description, /no diagnosis/);
    assert.equal(tool.inputSchema.type, "object");
    assert.equal(tool.outputSchema.type, "object");
    assert.equal(tool.annotations.readOnlyHint, true);
    assert.equal(tool.annotations.destructiveHint, false);
    for (const keyword of ["oneOf", "anyOf", "allOf"]) // models' interfaces refuse them at the top
      assert.equal(tool.inputSchema[keyword], undefined);
  }
  assertError(await modern("tools/list", { cursor: "x" }), 200, INVALID_PARAMS);
});

async function call(name, args) {
  return (await legacy("tools/call", { name, arguments: args })).json.result;
}

test("an answer's structure is that of /v1, and its text says the same, plain words first", async () => {
  const q = "does dry needling help neck knots?";
  const result = await call("check_treatment", { question: q });
  const told = (await server.get(`/v1/check?q=${encodeURIComponent(q)}`)).json();
  assert.equal(result.structuredContent.sentence, told.sentence);
  assert.deepEqual(result.structuredContent.answer.effect, told.answer.effect);
  assert.deepEqual(JSON.parse(result.content[1].text), result.structuredContent);
  assert.ok(result.content[0].text.startsWith(told.sentence));
  assert.match(result.content[0].text, /Verdict: May work\.\nHow sure that is: low certainty;/);
  for (const study of told.answer.studies)
    assert.ok(result.content[0].text.includes(study.url));
  for (const study of result.structuredContent.answer.studies)
    assert.equal(typeof study.retracted, "boolean");
});

test("what is left out of a long answer is counted", async () => {
  const result = (await call("check_treatment", { question: "massage" })).structuredContent;
  const told = (await server.get("/v1/check?q=massage")).json();
  assert.equal(result.ranked.length + result.ranked_left_out, told.ranked.length);
  assert.equal(result.safety.harms.length + result.safety.harms_left_out, told.safety.harms.length);
  assert.equal(result.answer.studies.length + result.answer.studies_left_out, told.answer.studies.length);
  assert.equal(result.answer.safety, undefined);
});

test("a treatment and a complaint are found by id as by name", async () => {
  const byId = (await call("check_treatment", { intervention: "dry-needling", condition: "neck-mtrp" })).structuredContent;
  const byName = (await call("check_treatment", { intervention: "dry needling", condition: "neck knots" })).structuredContent;
  const told = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  assert.equal(byId.answer.id, told.headline.id);
  assert.equal(byName.answer.id, told.headline.id);
  assert.equal((await call("check_treatment", { condition: "plantar-heel-pain" })).structuredContent.ranked.length, 6);
});

test("danger comes before everything else", async () => {
  const asked = await call("check_treatment", { question: "I have chest pain and a numb left arm, does massage help?" });
  assert.match(asked.content[0].text, /^WARNING: This may be an emergency/);
  assert.equal(asked.structuredContent.red_flags[0].urgency, "emergency");
  const pair = await call("check_treatment", { intervention: "massage", condition: "back pain and I cannot hold my urine" });
  assert.match(pair.content[0].text, /^WARNING: /);
  const stop = await call("when_to_stop", { intervention: "massage", condition: "neck-pain", diary: [], symptoms: "crushing chest pain" });
  assert.match(stop.content[0].text, /^WARNING: This may be an emergency/);
  assert.equal(stop.structuredContent.decision, "seek-care");
  const vetted = await call("vet_claim", { text: "I have crushing chest pain. They say tape cures it." });
  assert.match(vetted.content[0].text, /^WARNING: /);
});

test("danger is told even where the arguments are of no use", async () => {
  for (const [name, args] of [["when_to_stop", { intervention: "zzz", symptoms: ["crushing chest pain"] }],
    ["check_treatment", { q: "crushing chest pain" }], ["find_studies", { query: "crushing chest pain", limit: 1000 }]]) {
    const result = await call(name, args);
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /^WARNING: This may be an emergency/);
  }
});

test("a claim is judged, and its text is not sent back whole", async () => {
  const text = "Our massage gun melts knots in 60 seconds, clinically proven, no side effects";
  const told = JSON.parse((await server.ask("/v1/claims", { method: "POST",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }) })).body);
  const result = (await call("vet_claim", { text })).structuredContent;
  assert.equal(result.verdict, told.verdict);
  assert.deepEqual(result.atoms, told.atoms);
  assert.equal(result.text, undefined);
});

test("studies are found with their addresses and whether they were retracted", async () => {
  const result = await call("find_studies", { query: "dry needling neck", limit: 2 });
  assert.equal(result.structuredContent.items.length, 2);
  assert.ok(result.structuredContent.total >= 2);
  for (const study of result.structuredContent.items) {
    assert.equal(typeof study.retracted, "boolean");
    assert.ok(result.content[0].text.includes(study.url));
  }
  const none = await call("find_studies", { query: "xyzzy" });
  assert.deepEqual(none.structuredContent, { total: 0, items: [] });
});

test("a retracted study is called so in the plain words", async () => {
  const listed = (await server.get("/v1/studies?limit=500")).json();
  const rest = (await server.get(`/v1/studies?limit=500&cursor=${listed.next}`)).json();
  const study = [...listed.items, ...rest.items].find(({ retracted }) => retracted);
  assert.ok(study, "the base holds a retracted study");
  const result = await call("find_studies", { query: study.title, limit: 50 });
  assert.equal(result.structuredContent.items.find(({ id }) => id === study.id).retracted, true);
  assert.match(result.content[0].text, /- RETRACTED, not to be relied on: /);
});

test("bad arguments are told as a result that the model sees: what, where, what to do", async () => {
  for (const [name, args, words] of [
    ["check_treatment", {}, /give either "question"/], ["check_treatment", undefined, /give either/],
    ["check_treatment", { question: "x", condition: "y" }, /give either/], ["check_treatment", { question: 5 }, /\/question: /],
    ["check_treatment", { question: "" }, /\/question: /], ["check_treatment", { q: "x" }, /\/q: unknown field/],
    ["vet_claim", {}, /\/text: required/], ["vet_claim", { text: ["a"] }, /\/text: /],
    ["when_to_stop", {}, /\/intervention: required/], ["when_to_stop", { intervention: "zzz", condition: "neck-pain" }, /\/intervention: "zzz" is not known/],
    ["when_to_stop", { intervention: "massage", condition: "neck-pain", diary: [{ day: 0, score: 11, scale: "0-10" }] }, /\/diary\/0\/score/],
    ["find_studies", {}, /\/query: required/], ["find_studies", { query: "x", limit: 0 }, /\/limit: /],
    ["find_studies", { query: "x", limit: 51 }, /\/limit: /], ["find_studies", { query: "x", limit: "5" }, /\/limit: /],
  ]) {
    const answer = await modern("tools/call", { name, arguments: args });
    assert.equal(answer.status, 200);
    assert.equal(answer.json.result.isError, true, name);
    assert.equal(answer.json.result.structuredContent, undefined);
    assert.match(answer.json.result.content[0].text, words);
    assert.match(answer.json.result.content[0].text, /Change them and call it again/);
  }
});

test("a tool that is not there, and what is no call at all, are errors of the protocol", async () => {
  for (const name of ["nope", "", "check_treatment ", "Check_Treatment"]) {
    const headers = name === "" || name.endsWith(" ") ? { "Mcp-Name": `=?base64?${Buffer.from(name).toString("base64")}?=` } : {};
    assertError(await modern("tools/call", { name, arguments: {} }, headers), 200, INVALID_PARAMS, "^Unknown tool");
    assertError(await legacy("tools/call", { name, arguments: {} }), 200, INVALID_PARAMS, "^Unknown tool");
  }
  assertError(await legacy("tools/call", {}), 200, INVALID_PARAMS, "name");
  assertError(await legacy("tools/call", { name: "vet_claim", arguments: "x" }), 200, INVALID_PARAMS, "arguments");
  assertError(await modern("tools/call", { name: 5 }), 400, INVALID_PARAMS, "name");
});

// ---- resources ----

test("all rated pairs are listed page by page, each once, and can be read", async () => {
  const seen = [];
  let cursor;
  do {
    const { result } = (await modern("resources/list", cursor === undefined ? {} : { cursor })).json;
    seen.push(...result.resources);
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  const uris = new Set(seen.map(({ uri }) => uri));
  assert.equal(uris.size, seen.length);
  const pairs = new Set();
  for (let next = ""; next !== null;) {
    const page = (await server.get(`/v1/ratings?limit=500${next === "" ? "" : `&cursor=${next}`}`)).json();
    for (const { question } of page.items)
      pairs.add(`touchstone://ratings/${question.intervention.id}/${question.condition.id}`);
    next = page.next;
  }
  assert.deepEqual([...uris].sort(), [...pairs].sort());
  for (const { uri, mimeType, title } of seen.slice(0, 5)) {
    assert.equal(mimeType, "application/json");
    assert.ok(title);
    const [content] = (await modern("resources/read", { uri })).json.result.contents;
    const whole = (await server.get(uri.replace("touchstone://", "/v1/"))).json();
    assert.equal(content.uri, uri);
    assert.deepEqual(JSON.parse(content.text), whole);
  }
  for (const bad of ["x", 5, {}, ""])
    assertError(await modern("resources/list", { cursor: bad }), 200, INVALID_PARAMS, "cursor");
});

test("a question is read by its id; the templates name both ways", async () => {
  const id = "dry-needling.neck-mtrp.nothing.pain-intensity.short";
  const [content] = (await legacy("resources/read", { uri: `touchstone://ratings/${id}` })).json.result.contents;
  assert.deepEqual(JSON.parse(content.text), (await server.get(`/v1/ratings/${id}`)).json());
  const { resourceTemplates } = (await legacy("resources/templates/list")).json.result;
  assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    ["touchstone://ratings/{intervention}/{condition}", "touchstone://ratings/{question}"]);
});

test("a resource that is not there is said in the code of the era, with what was meant", async () => {
  for (const uri of ["touchstone://ratings/dry-needlin/neck-mtrp", "touchstone://ratings/", "touchstone://ratings/a/b/c",
    "file:///etc/passwd", "https://example.org", "touchstone://ratings/../x"]) {
    const now = await modern("resources/read", { uri });
    assertError(now, 200, INVALID_PARAMS, "^Resource not found");
    assert.deepEqual(now.json.error.data, { uri });
    assertError(await legacy("resources/read", { uri }), 200, NO_SUCH_RESOURCE, "^Resource not found");
  }
  assert.match((await legacy("resources/read", { uri: "touchstone://ratings/dry-needlin/neck-mtrp" })).json.error.message, /nearest: dry-needling/);
  assertError(await legacy("resources/read", {}), 200, INVALID_PARAMS, "uri");
});

// ---- what people tell ----

test("nothing of what people tell is logged, stored, or to be kept on the way", async () => {
  const secret = "zanzibarquokka";
  const log = path.join(folder, "access.log");
  const quiet = await Server.start(["--db", db, "--log", log, "--log-queries"]);
  const before = fs.readFileSync(db);
  for (const [name, args] of [
    ["vet_claim", { text: `${secret} tape cures back pain` }],
    ["when_to_stop", { intervention: "massage", condition: "neck-pain", symptoms: secret, medicines: [secret], diary: [{ day: 0, score: 5, note: secret }] }],
    ["when_to_stop", { intervention: secret, condition: secret }],
    ["check_treatment", { question: `does ${secret} help neck pain` }],
    ["find_studies", { query: secret }],
  ]) {
    const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } };
    const answer = await post(message, {}, quiet);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(answer.headers["last-modified"], undefined);
    assert.equal(answer.headers.etag, undefined);
  }
  await quiet.stop();
  assert.equal(quiet.err.includes(secret), false);
  assert.match(fs.readFileSync(log, "utf8"), /\/mcp/);
  assert.deepEqual(fs.readFileSync(db), before);
  for (const file of fs.readdirSync(folder))
    assert.equal(fs.readFileSync(path.join(folder, file)).includes(secret), false, file);
});
