// How often a claim is vetted as people judged it: node tests/compare/claims.mjs [CLAIMS.json] [DB]
//
// Scored as the labels' own README asks: an atom matches a labelled one of its type whose span it
// covers by half of the shorter one, one to one, the largest overlap first. Says that it skips where
// the labelled texts are not there.

import { execFileSync } from "node:child_process";
import fs from "node:fs";

const [file = "../shared/claims/claims.json", db = "touchstone.db"] = process.argv.slice(2);
if (!fs.existsSync(file)) {
  console.log(`skipped: there is no ${file}`);
  process.exit(0);
}

const read = JSON.parse(fs.readFileSync(file, "utf8"));
const texts = Array.isArray(read) ? read : read.claims ?? read.items;

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
const sums = { given: 0, labelled: 0, matched: 0, right: 0, overall: 0, opposite: 0 };
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
      sums.opposite += [a.verdict, b.verdict].sort().join() === "contradicted,supported";
    }
  }
  const whole = [item.overall, item.overall_also].includes(told.verdict);
  sums.overall += whole;
  if (!whole)
    misses.push(`${item.id} as a whole: ${item.overall} here ${told.verdict}`);
}

const share = (part, whole) => (part / whole).toFixed(3);
console.log(`${texts.length} texts, ${sums.labelled} labelled atoms, ${sums.given} given`);
console.log(`atoms: precision ${share(sums.matched, sums.given)}, recall ${share(sums.matched, sums.labelled)}`);
console.log(`verdicts of matched atoms: ${share(sums.right, sums.matched)}; of whole texts: ${share(sums.overall, texts.length)}`);
console.log(`supported for contradicted or the other way: ${sums.opposite}`);
console.log("right and wrong by type:", JSON.stringify(types));
console.log("labelled, then here:");
for (const [verdict, row] of Object.entries(confusion))
  console.log(`  ${verdict}: ${JSON.stringify(row)}`);
for (const miss of misses)
  console.log(miss);
