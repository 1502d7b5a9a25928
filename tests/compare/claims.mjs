// How often a claim is vetted as people judged it:
//   node tests/compare/claims.mjs [--db DB] [CLAIMS.json...]
//
// Scored as the labels' own README asks: an atom matches a labelled one of its type whose span it
// covers by half of the shorter one, one to one, the largest overlap first. Says that it skips where
// the labelled texts are not there.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { parseArgs } from "node:util";

const { values: { db }, positionals } = parseArgs({
  allowPositionals: true,
  options: { db: { type: "string", default: "touchstone.db" } },
});
const files = positionals.length ? positionals : ["../shared/claims/claims.json"];

function labelledTexts(file) {
  const read = JSON.parse(fs.readFileSync(file, "utf8"));
  return Array.isArray(read) ? read : read.claims ?? read.items;
}

const vetted = (text) => {
  try {
    return JSON.parse(execFileSync("./touchstone", ["vet", "--json", "--db", db, "-"],
      { input: text, stdio: ["pipe", "pipe", "inherit"] }));
  } catch (failed) {
    return JSON.parse(failed.stdout); // no claim in it: status 1
  }
};

const overlap = (a, b) => Math.min(a.end, b.end) - Math.max(a.start, b.start);
const matches = (a, b) => a.type === b.type && overlap(a, b) > 0 &&
  overlap(a, b) >= 0.5 * Math.min(a.end - a.start, b.end - b.start);

function paired(given, labelled) {
  const pairs = given.flatMap((a) => labelled.filter((b) => matches(a, b)).map((b) => [a, b]))
    .sort((one, other) => overlap(...other) - overlap(...one));
  const used = new Set();
  return pairs.filter(([a, b]) => !used.has(a) && !used.has(b) && used.add(a) && used.add(b));
}

const right = (a, b) => a.verdict === b.verdict || a.verdict === b.also?.verdict;
const quoted = (text, { start, end }) => [...text].slice(start, end).join("");
const share = (part, whole) => (part / whole).toFixed(3);

function scored(texts) {
  const sums = { given: 0, labelled: 0, matched: 0, right: 0, overall: 0, praised: 0, damned: 0 };
  const types = {}, confusion = {}, misses = [];
  for (const item of texts) {
    const told = vetted(item.text);
    const pairs = paired(told.atoms, item.atoms);
    sums.given += told.atoms.length;
    sums.labelled += item.atoms.length;
    sums.matched += pairs.length;
    for (const [a, b] of pairs) {
      const good = right(a, b);
      sums.right += good;
      (types[b.type] ??= [0, 0])[good ? 0 : 1]++;
      confusion[b.verdict] ??= {};
      confusion[b.verdict][a.verdict] = (confusion[b.verdict][a.verdict] ?? 0) + 1;
      if (!good) {
        misses.push(`${item.id} ${b.type} "${b.quote}": ${b.verdict} here ${a.verdict}`);
        sums.praised += b.verdict === "contradicted" && a.verdict === "supported";
        sums.damned += b.verdict === "supported" && a.verdict === "contradicted";
      }
    }
    const matched = new Set(pairs.flat());
    for (const b of item.atoms.filter((atom) => !matched.has(atom)))
      misses.push(`${item.id} ${b.type} "${b.quote}": not found (${b.verdict})`);
    for (const a of told.atoms.filter((atom) => !matched.has(atom)))
      misses.push(`${item.id} ${a.type} "${quoted(item.text, a)}": not labelled, here ${a.verdict}`);
    const whole = [item.overall, item.overall_also].includes(told.verdict);
    sums.overall += whole;
    if (!whole)
      misses.push(`${item.id} as a whole: ${item.overall} here ${told.verdict}`);
  }
  return { texts: texts.length, sums, types, confusion, misses };
}

function print(file, { texts, sums, types, confusion, misses }) {
  console.log(`${file}: ${texts} texts, ${sums.labelled} labelled atoms, ${sums.given} given`);
  console.log(`atoms: precision ${share(sums.matched, sums.given)}, recall ${share(sums.matched, sums.labelled)}`);
  console.log(`verdicts of matched atoms: ${share(sums.right, sums.matched)}; of whole texts: ${share(sums.overall, texts)}`);
  console.log(`supported for contradicted: ${sums.praised}; contradicted for supported: ${sums.damned}`);
  console.log("right and wrong by type:", JSON.stringify(types));
  console.log("labelled, then here:");
  for (const [verdict, row] of Object.entries(confusion))
    console.log(`  ${verdict}: ${JSON.stringify(row)}`);
  for (const miss of misses)
    console.log(miss);
}

for (const file of files) {
  if (fs.existsSync(file))
    print(file, scored(labelledTexts(file)));
  else
    console.log(`skipped: there is no ${file}`);
}
