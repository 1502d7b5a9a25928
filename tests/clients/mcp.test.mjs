// POST /mcp through the official clients of the Model Context Protocol, and every answer held against
// the schema that the tool itself publishes.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, Server, temporaryFolder } from "../end_to_end/support.mjs";

let folder, server, url;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  await build(db);
  server = await Server.start(["--db", db]);
  url = new URL(`${server.url}/mcp`);
});

after(async () => {
  await server.stop();
  remove(folder);
});

/** A package, or the reason why it cannot be used. */
async function load(...names) {
  try {
    return { found: await Promise.all(names.map((name) => import(name))) };
  } catch (error) {
    return { skip: `skipped: ${names[0]} cannot be loaded here (${error.code ?? error.message})` };
  }
}

const major = Number(process.versions.node.split(".")[0]);
const old = await load("@modelcontextprotocol/sdk/client/index.js", "@modelcontextprotocol/sdk/client/streamableHttp.js");
const modern = major < 20 ? { skip: `skipped: @modelcontextprotocol/client needs Node 20 (this is ${process.version})` }
  : await load("@modelcontextprotocol/client");
const ajv = await load("ajv/dist/2020.js");

const identity = { name: "touchstone-tests", version: "1" };
const uri = "touchstone://ratings/dry-needling/neck-mtrp";

/** What any client should find, whichever era it speaks. */
async function assertServes(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ["check_treatment", "vet_claim", "when_to_stop", "find_studies"]);
  assert.equal(client.getServerVersion().name, "touchstone");
  assert.match(client.getInstructions(), /Touchstone rates/);
  // the client checks structuredContent against outputSchema and throws where it does not conform
  const good = await client.callTool({ name: "check_treatment", arguments: { question: "does dry needling help neck knots?" } });
  assert.equal(good.structuredContent.answer.verdict, "may-work");
  for (const [name, args] of calls)
    assert.equal((await client.callTool({ name, arguments: args })).isError ?? false, false, JSON.stringify(args));
  const bad = await client.callTool({ name: "vet_claim", arguments: {} });
  assert.equal(bad.isError, true);
  await assert.rejects(client.callTool({ name: "nope", arguments: {} }), { code: -32602 });
  const [content] = (await client.readResource({ uri })).contents;
  assert.equal(JSON.parse(content.text).headline.verdict, "may-work");
  const { resources } = await client.listResources();
  assert.ok(resources.some((resource) => resource.uri === uri) || resources.length === 100);
  assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 2);
  await assert.rejects(client.readResource({ uri: "touchstone://ratings/naïve" }), /Resource not found/);
}

test("@modelcontextprotocol/sdk opens with initialize and uses all there is (2025-11-25)", { skip: old.skip }, async () => {
  const [{ Client }, { StreamableHTTPClientTransport }] = old.found;
  const client = new Client(identity);
  const transport = new StreamableHTTPClientTransport(url);
  await client.connect(transport);
  assert.equal(transport.protocolVersion, "2025-11-25");
  assert.equal(transport.sessionId, undefined);
  await client.ping();
  await assertServes(client);
  await client.close();
});

test("@modelcontextprotocol/client pinned to 2026-07-28 discovers and uses all there is", { skip: modern.skip }, async () => {
  const [{ Client, StreamableHTTPClientTransport }] = modern.found;
  const client = new Client(identity, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  await client.connect(new StreamableHTTPClientTransport(url));
  assert.equal(client.getNegotiatedProtocolVersion(), "2026-07-28");
  assert.ok((await client.discover()).supportedVersions.includes("2026-07-28"));
  await assertServes(client);
  await client.close();
});

test("@modelcontextprotocol/client left to itself chooses the modern era", { skip: modern.skip }, async () => {
  const [{ Client, StreamableHTTPClientTransport }] = modern.found;
  const client = new Client(identity, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(url));
  assert.equal(client.getNegotiatedProtocolVersion(), "2026-07-28");
  await client.close();
});

test("@modelcontextprotocol/client told to speak the older way is served as well", { skip: modern.skip }, async () => {
  const [{ Client, StreamableHTTPClientTransport }] = modern.found;
  const client = new Client(identity, { versionNegotiation: { mode: "legacy" } });
  await client.connect(new StreamableHTTPClientTransport(url));
  assert.equal(client.getNegotiatedProtocolVersion(), "2025-11-25");
  await assertServes(client);
  await client.close();
});

// ---- the schemas ----

const diary = [{ day: 0, score: 7.5 }, { day: 7, score: 6 }, { day: 14, score: 5 }, { day: 30, score: 5 }];
const dated = [{ day: "2026-01-01", score: "severe" }, { day: "2026-01-20", score: "5/10" }, { day: "2026-02-20", score: "mild" }];

const calls = [
  ...["massage", "tens", "does dry needling help neck knots?", "what helps plantar heel pain", "headache", "hello", "",
    "chest pain and a numb left arm, does massage help", "does xyzzy help back pain?", "foam roler doms", "sore muscles",
    "cupping or acupuncture for low back pain", "massage gun for my grandmother's knee", "opioids for chronic low back pain",
    "🦶 heel pain \u0001", "x".repeat(3000), "does exercise improve disability in neck pain"].filter((q) => q !== "")
    .map((q) => ["check_treatment", { question: q }]),
  ["check_treatment", { intervention: "dry-needling", condition: "neck-mtrp" }],
  ["check_treatment", { intervention: "cervical-pillow", condition: "plantar-heel-pain" }],
  ["check_treatment", { intervention: "laser", condition: "neck pain" }],
  ["check_treatment", { condition: "low-back-pain" }],
  ["check_treatment", { intervention: "acupuncture" }],
  ...["Melts knots in 60 seconds, clinically proven, no side effects", "Hello", "FDA approved TENS cures arthritis",
    "I have crushing chest pain. Kinesio tape fixes everything!", "Massage may ease neck pain a little",
    "Ionic bracelets are proven to relieve pain at once", "Doctors recommend magnets for 95% of people. ".repeat(60)]
    .map((text) => ["vet_claim", { text }]),
  ["when_to_stop", { intervention: "dry-needling", condition: "neck-mtrp", diary }],
  ["when_to_stop", { intervention: "massage", condition: "neck pain", diary: dated, sessions: ["2026-01-01"], trial: { days: 28, sessions: 6 } }],
  ["when_to_stop", { intervention: "tens", condition: "low-back-pain", diary: [] }],
  ["when_to_stop", { intervention: "tens", condition: "low-back-pain", diary, symptoms: ["my legs are numb", "I cannot hold my urine"] }],
  ["when_to_stop", { intervention: "cupping", condition: "neck-pain", diary, medicines: ["warfarin", "simvastatin", "baclofen"], adverse_events: "bruises" }],
  ["when_to_stop", { intervention: "exercise", condition: "neck-pain", outcome: "disability", scale: { low: 0, high: 100, better: "lower" }, diary: diary.map(({ day, score }) => ({ day, score: score * 10 })) }],
  ...["dry needling neck", "massage", "zzz", "!", "laser heel", "a"].map((query) => ["find_studies", { query, limit: 50 }]),
];

/** The same schema with nothing allowed that it does not describe. */
function closed(schema) {
  if (Array.isArray(schema))
    return schema.map(closed);
  if (schema === null || typeof schema !== "object")
    return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (copy.properties !== undefined && copy.type !== undefined && copy.additionalProperties === undefined)
    copy.additionalProperties = false;
  return copy;
}

async function ask(name, args) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } });
  const answer = await server.ask("/mcp", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return answer.json().result;
}

async function validators() {
  const [{ default: Ajv }] = ajv.found;
  const listed = await server.ask("/mcp", { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }) });
  const compiler = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  return Object.fromEntries(listed.json().result.tools.map((tool) => [tool.name,
    { input: compiler.compile(tool.inputSchema), output: compiler.compile(closed(tool.outputSchema)) }]));
}

test(`${calls.length} varied answers conform to the schemas that their tools publish, and hold nothing else`, { skip: ajv.skip }, async () => {
  const schemas = await validators();
  assert.ok(calls.length >= 30);
  for (const [name, args] of calls) {
    const what = `${name} ${JSON.stringify(args).slice(0, 200)}`;
    assert.ok(schemas[name].input(args), `${what}: ${JSON.stringify(schemas[name].input.errors)}`);
    const result = await ask(name, args);
    assert.equal(result.isError, false, `${what}: ${result.content[0].text}`);
    assert.ok(schemas[name].output(result.structuredContent), `${what}: ${JSON.stringify(schemas[name].output.errors)}`);
    assert.deepEqual(JSON.parse(result.content[1].text), result.structuredContent, what);
  }
});

test("every treatment for every complaint conforms, with no study of unknown retraction", { skip: ajv.skip }, async () => {
  const schema = (await validators()).check_treatment.output;
  const ids = async (target) => (await server.get(`${target}?limit=500`)).json().items.map(({ id }) => id);
  for (const condition of await ids("/v1/conditions"))
    for (const intervention of await ids("/v1/interventions")) {
      const { structuredContent } = await ask("check_treatment", { intervention, condition });
      assert.ok(schema(structuredContent), `${intervention} ${condition}: ${JSON.stringify(schema.errors)}`);
      for (const study of structuredContent.answer.studies)
        assert.equal(typeof study.retracted, "boolean");
    }
});
