// What the web reads of the service: addresses, cards for other pages, data in pages, lists for robots.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, remove, root, Server, temporaryFolder } from "./support.mjs";

const base = "https://example.org/rated";
let folder, server, built;

before(async () => {
  folder = temporaryFolder();
  const db = path.join(folder, "touchstone.db");
  built = await build(db);
  server = await Server.start(["--db", db, "--base-url", base]);
});

after(async () => {
  await server?.stop();
  remove(folder);
});

const text = async (target) => (await server.get(target)).body.toString();
const canonical = (html) => /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1];

// ---- addresses ----

test("an answer has one address, which every way of asking names", async () => {
  for (const [asked, address] of [
    ["dry needling for knots in the neck", "/t/dry-needling/neck-mtrp"],
    ["dry needeling for neck knots", "/t/dry-needling/neck-mtrp"],
    ["dry needling", "/t/dry-needling"],
    ["tennis elbow", "/c/lateral-elbow-pain"],
  ]) {
    assert.equal(canonical(await text(`/?q=${encodeURIComponent(asked)}`)), address, asked);
    assert.equal(canonical(await text(address)), address);
  }
});

test("a page of a treatment for a complaint says the headline's verdict and sentence", async () => {
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  const page = await text("/t/dry-needling/neck-mtrp");
  assert.ok(page.includes(headline.sentence.split(". ")[0].replaceAll("'", "&#39;")));
});

test("a study that was retracted says so above all else, with who says it", async () => {
  const retracted = (await server.get("/v1/studies?limit=500")).json().items.filter((study) => study.retracted);
  assert.ok(retracted.length > 0);
  for (const { id } of retracted) {
    const { notices } = (await server.get(`/v1/studies/${encodeURIComponent(id)}`)).json();
    const page = await text(`/study/${encodeURIComponent(id)}`);
    const said = page.indexOf("This study was retracted: what it says was taken back.");
    assert.ok(said > 0 && said < page.indexOf("<h2"), id);
    assert.ok(notices.length > 0, id);
    for (const { source } of notices)
      assert.ok(page.includes(`<a href="${source}">Who says so</a>`), id);
  }
});

test("an address of nothing is 404 and leads to the nearest", async () => {
  for (const [address, nearest] of [
    ["/t/dry-needlin/neck-mtrp", "/t/dry-needling/neck-mtrp"],
    ["/t/dry-needling/neck-mtr", "/t/dry-needling/neck-mtrp"],
    ["/t/dry-needlin", "/t/dry-needling"],
    ["/c/neck-mtr", "/c/neck-mtrp"],
  ]) {
    const answer = await server.get(address);
    assert.equal(answer.status, 404);
    assert.ok(answer.body.toString().includes(`href="${nearest}"`), address);
  }
});

// ---- cards and oEmbed ----

const oembed = (url, more = "") => server.get(`/oembed?url=${encodeURIComponent(url)}${more}`);

test("an address of ours becomes a frame with its card, and the pages name it", async () => {
  for (const address of ["/t/dry-needling/neck-mtrp", "/t/tens", "/claim/tens.blocks-pain-signals"]) {
    const link = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(await text(address));
    const found = link[1].replaceAll("&amp;", "&");
    assert.ok(found.startsWith(`${base}/oembed?`));
    const answer = await server.get(found.slice(base.length));
    assert.match(answer.headers["content-type"], /^application\/json/);
    const told = answer.json();
    assert.equal(told.version, "1.0");
    assert.equal(told.type, "rich");
    const frame = new RegExp(`^<iframe src="${base}(/embed/[^"]+)" [^>]*width="${told.width}" height="${told.height}"[^>]*></iframe>$`)
      .exec(told.html);
    assert.equal((await server.get(frame[1])).status, 200);
  }
});

test("a frame is never larger than there is room for", async () => {
  const told = (await oembed(`${base}/t/tens`, "&maxwidth=333&maxheight=150")).json();
  assert.deepEqual([told.width, told.height], [333, 150]);
  const wide = (await oembed(`${base}/t/tens`, "&maxwidth=2000&maxheight=2000")).json();
  assert.ok(wide.width < 600 && wide.height < 600);
  assert.equal((await oembed(`${base}/t/tens`, "&maxwidth=-1")).status, 400);
});

test("addresses may be written as browsers have them, and those of others are 404", async () => {
  for (const ours of [`${base}/t/tens/`, `${base}/t/tens?from=mail#top`, `http://EXAMPLE.org/rated/t/tens`,
    `${base}/t/dry%2Dneedling/neck-mtrp`])
    assert.equal((await oembed(ours)).status, 200, ours);
  for (const other of ["https://example.com/rated/t/tens", "https://example.org/t/tens", `${base}.evil.example/t/tens`,
    `${base}/t/moon-crystals`, `${base}/t/tens/moon`, `${base}/claim/none`, `${base}/`, `${base}/t/tens/neck-pain/x`,
    `${base}/v1/ratings`, "javascript:alert(1)", "t/tens", `${base}/t/%00`, `${base}/t//tens`])
    assert.equal((await oembed(other)).status, 404, other);
});

test("XML is not spoken, and an address is needed", async () => {
  assert.equal((await oembed(`${base}/t/tens`, "&format=xml")).status, 501);
  assert.equal((await oembed(`${base}/t/tens`, "&format=json")).status, 200);
  assert.equal((await server.get("/oembed")).status, 400);
});

test("a card says what the rating says, loads nothing of others and may be framed anywhere", async () => {
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  const card = await server.get("/embed/dry-needling/neck-mtrp");
  const html = card.body.toString();
  assert.match(card.headers["content-security-policy"], /default-src 'none'.*frame-ancestors \*$/);
  assert.equal(card.headers["x-frame-options"], undefined);
  assert.doesNotMatch(html, /<script|<img|<form/);
  assert.match(html, new RegExp(`${headline.certainty.level.replace("-", " ")} certainty`));
  assert.ok(html.includes(headline.sentence.split(". ")[0].replaceAll("'", "&#39;")));
  assert.match(html, /As of \d+ \w+ 20\d\d/);
  assert.ok(html.includes(`href="${base}/t/dry-needling/neck-mtrp"`));
});

test("every treatment, complaint and claim has a card", async () => {
  const treatments = (await server.get("/v1/interventions?limit=500")).json().items;
  const claims = (await server.get("/v1/claims?limit=500")).json().items;
  for (const { id } of treatments)
    assert.equal((await server.get(`/embed/${id}`)).status, 200, id);
  for (const { id } of claims.slice(0, 50))
    assert.equal((await server.get(`/embed/claim/${id}`)).status, 200, id);
  assert.equal((await server.get("/embed/massage-gun/carpal-tunnel")).status, 200);
  const missing = await server.get("/embed/moon-crystals");
  assert.equal(missing.status, 404);
  assert.match(missing.headers["content-security-policy"], /frame-ancestors \*/);
});

// ---- for robots and operators ----

test("the sitemap lists every treatment, complaint, claim, place and study, and all of it is there", async () => {
  const map = await server.get("/sitemap.xml");
  assert.match(map.headers["content-type"], /^application\/xml/);
  const entries = [...map.body.toString().matchAll(/<url><loc>([^<]+)<\/loc><lastmod>(\d{4}-\d\d-\d\d)<\/lastmod><\/url>/g)];
  const addresses = new Set(entries.map(([, address]) => address));
  assert.equal(addresses.size, entries.length);
  for (const [list, start] of [["interventions", "/t/"], ["conditions", "/c/"], ["claims", "/claim/"],
    ["places", "/where/"]])
    for (const { id } of (await server.get(`/v1/${list}?limit=500`)).json().items)
      assert.ok(addresses.has(`${base}${start}${id}`), id);
  const decoded = new Set([...addresses].map(decodeURIComponent));
  for (const { id } of (await server.get("/v1/studies?limit=500")).json().items)
    assert.ok(decoded.has(`${base}/study/${id}`), id);
  const changed = new Date(map.headers["last-modified"]).toISOString().slice(0, 10);
  assert.ok(entries.every(([, , day]) => day === changed));
  for (const address of [...addresses].filter((_, index) => index % 25 === 0)) {
    const page = await server.get(address.slice(base.length));
    assert.equal(page.status, 200, address);
    assert.equal(canonical(page.body.toString()), address.slice(base.length));
  }
});

test("robots are told of the sitemap and kept from questions", async () => {
  const robots = await text("/robots.txt");
  assert.match(robots, /^User-agent: \*\n(Disallow: \/\S*\n)+\nSitemap: https:\/\/example\.org\/rated\/sitemap\.xml\n$/);
  assert.match(robots, /Disallow: \/\?q=\n/);
});

// The text format 0.0.4 as far as counters and gauges go; whatever is not in it is refused.
function metricsOf(body) {
  assert.ok(body.endsWith("\n"));
  const groups = new Map();
  let open = null;
  for (const line of body.slice(0, -1).split("\n")) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\]+)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)$/.exec(line);
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (\d+)$/.exec(line);
    if (help) {
      assert.ok(!groups.has(help[1]), `${help[1]} is one group`);
      open = { name: help[1], samples: new Map() };
      groups.set(open.name, open);
    } else if (type) {
      assert.ok(open.name === type[1] && open.type === undefined && open.samples.size === 0, line);
      open.type = type[2];
    } else {
      assert.ok(sample, line);
      assert.ok(sample[1] === open.name && open.type !== undefined, line);
      assert.ok(!open.samples.has(sample[2] ?? ""), line);
      open.samples.set(sample[2] ?? "", Number(sample[3]));
    }
  }
  return groups;
}

test("the figures for Prometheus are well formed and count what was asked", async () => {
  const answer = await server.get("/metrics");
  assert.equal(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
  const first = metricsOf(answer.body.toString());
  await server.get("/v1/none");
  await server.get("/healthz");
  const second = metricsOf(await text("/metrics"));
  const more = (name, labels = "") => second.get(name).samples.get(labels) - first.get(name).samples.get(labels);
  assert.equal(more("touchstone_http_requests_total", 'class="4xx"'), 1);
  assert.ok(more("touchstone_http_requests_total", 'class="2xx"') >= 1);
  assert.ok(more("touchstone_http_response_body_bytes_total") > 0);
  const [, studies, ratings] = /: (\d+) studies[^]*?\n(\d+) ratings/.exec(built.out);
  assert.equal(second.get("touchstone_studies").samples.get(""), Number(studies));
  assert.equal(second.get("touchstone_ratings").samples.get(""), Number(ratings));
  assert.match([...second.get("touchstone_base_info").samples.keys()][0], /^version="[^"]+",hash="[0-9a-f]{64}",ruleset="default"/);
});

test("the citation file names the program's version and the base's", () => {
  const read = (file) => fs.readFileSync(path.join(root, file), "utf8");
  const cff = read("CITATION.cff");
  const [program, dataset] = [...cff.matchAll(/^ *version: "([^"]+)"$/gm)].map(([, version]) => version);
  const { version, collected } = JSON.parse(read("evidence/data/dataset.json"));
  assert.ok(read("evidence/base/version.h").includes(`#define TOUCHSTONE_VERSION "${program}"`));
  assert.equal(dataset, version);
  assert.ok(cff.includes(`date-released: "${collected}"`));
});

// ---- data in pages, and the feed, read by others' readers ----

async function load(t, name) {
  try {
    return await import(name);
  } catch {
    t.skip(`skipped: ${name} is not installed; run npm ci in tests/end_to_end`);
    return null;
  }
}

// schema.org's context, as far as these pages use it: every name is schema.org's, these are addresses.
const context = { "@context": { "@vocab": "https://schema.org/", url: { "@type": "@id" },
  evidenceLevel: { "@type": "@vocab" } } };

test("the data in a page is JSON-LD, with the evidence level, GRADE's words and every study", async (t) => {
  const jsonld = (await load(t, "jsonld"))?.default;
  if (!jsonld)
    return;
  const documentLoader = async (url) => {
    assert.equal(url.replace(/\/$/, ""), "https://schema.org");
    return { contextUrl: null, documentUrl: url, document: context };
  };
  const { headline } = (await server.get("/v1/ratings/dry-needling/neck-mtrp")).json();
  for (const address of ["/t/dry-needling/neck-mtrp", "/t/tens", "/c/neck-mtrp", "/claim/tens.blocks-pain-signals"])
    for (const [, json] of (await text(address)).matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)) {
      const [page] = await jsonld.expand(JSON.parse(json), { documentLoader, safe: true });
      assert.match(page["@type"][0], /^https:\/\/schema\.org\/(MedicalWebPage|ClaimReview)$/);
      if (address !== "/t/dry-needling/neck-mtrp")
        continue;
      const schema = (thing, name) => thing[`https://schema.org/${name}`];
      const [guideline] = schema(page, "mainEntity");
      assert.equal(guideline["@type"][0], "https://schema.org/MedicalGuideline");
      assert.match(schema(guideline, "evidenceLevel")[0]["@id"], /^https:\/\/schema\.org\/EvidenceLevel[ABC]$/);
      assert.match(schema(guideline, "evidenceOrigin")[0]["@value"],
        new RegExp(`^GRADE: ${headline.certainty.level.replace("-", " ")} certainty`));
      const told = new Set(schema(guideline, "study").map((study) => schema(study, "identifier")[0]["@value"]));
      assert.ok(headline.studies.every(({ id }) => told.has(id)));
    }
});

test("the feed is read by a reader of feeds", async (t) => {
  const Parser = (await load(t, "rss-parser"))?.default;
  if (!Parser)
    return;
  const feed = await new Parser().parseString(await text("/v1/changes.atom"));
  assert.equal(feed.title, "Touchstone: verdicts that changed");
  assert.equal(feed.items.length, 100);
  for (const { id, link, isoDate, title } of feed.items) {
    assert.ok(id.startsWith(`${base}/v1/changes#`) && link.startsWith(`${base}/v1/ratings/`));
    assert.ok(title.length > 0 && !Number.isNaN(Date.parse(isoDate)));
  }
});
