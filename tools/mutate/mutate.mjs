#!/usr/bin/env node
// Breaks the code of evidence/ and its rule data, one small change at a time, and sees whether a test dies of it.
//
//   make mutate [MUTANTS=100] [SEED=1] [FILE=evidence/rating/verdict.c]
//   node tools/mutate/mutate.mjs [--mutants N] [--seed N] [--file PATH]... [--module NAME]... [--kind KIND] [--jobs N]
//        [--again TABLE] [--end-to-end] [--budget MS] [--keep-reach] [--list] [--reached]
//
// Mutants are drawn with a seed, so that a run is repeatable; --file may name a folder. --again tries the survivors of
// an earlier table once more. --budget is how long the tests of one mutant may take, nearest and quickest first. --end-to-end lets the tests of the program from outside have a try at what no C test
// noticed. --keep-reach believes the last run about which test reaches what, though the code has changed. --list prints what would be tried. --reached prints which lines and branches the C tests never reach.
// The table (file, line, kind, was, now, outcome) goes to BUILD/mutate/table.tsv, a summary to standard output.
// Reviewed mutants that change nothing anyone can see stand in tools/mutate/equivalent.json, with the reason.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { mutantsOf as mutantsOfC } from "./c-mutants.mjs";
import { mutantsOf as mutantsOfData } from "./data-mutants.mjs";
import { Ground } from "./ground.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const { values: options } = parseArgs({
  options: {
    mutants: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    file: { type: "string", multiple: true, default: [] },
    module: { type: "string", multiple: true, default: [] },
    kind: { type: "string" },
    jobs: { type: "string", default: "1" },
    again: { type: "string" },
    table: { type: "string" },
    budget: { type: "string", default: "12000" },
    "end-to-end": { type: "boolean", default: false },
    "keep-reach": { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    reached: { type: "boolean", default: false },
  },
});

const say = (text) => process.stderr.write(`${text}\n`);
const dataFiles = ["rulesets/default.json", "rulesets/classic.json", "rulebooks/stop-model.json", "rulebooks/thresholds.json"];
const outsideTests = ["claims", "stop", "api", "command"].map((name) => `tests/end_to_end/${name}.test.mjs`);
/* How often a file is drawn: the rules that decide a verdict before what reads and writes. */
const weights = [
  [/^evidence\/rating\//, 3],
  [/^evidence\/statistics\//, 3],
  [/^evidence\/judgement\/(stop|claim_judge|sign)/, 4],
  [/^evidence\/data\/(rulesets|rulebooks\/stop-model)/, 12],
];

/* mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function lineOf(text, place) {
  const from = text.lastIndexOf("\n", place - 1) + 1;
  const to = text.indexOf("\n", place);
  return { number: text.slice(0, place).split("\n").length, from, to: to < 0 ? text.length : to };
}

/* A mutant as the table tells it: the whole lines before and after. */
function described(file, text, mutant) {
  const first = lineOf(text, mutant.start);
  const last = lineOf(text, Math.max(mutant.start, mutant.end - 1));
  const flat = (words) => words.split("\n").map((line) => line.trim()).join(" ").trim();
  const was = flat(text.slice(first.from, last.to));
  const now = flat(text.slice(first.from, mutant.start) + mutant.now + text.slice(mutant.end, last.to));
  return { ...mutant, file, line: first.number, was, now, put: mutant.now };
}

function allMutants() {
  const folders = ["statistics", "rating", "judgement", "model"].map((name) => `evidence/${name}`);
  const sources = folders.flatMap((folder) => fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".c")).map((name) => `${folder}/${name}`));
  const files = [...sources, ...dataFiles.map((name) => `evidence/data/${name}`)].sort();
  const asked = (file) => options.file.length === 0 || options.file.some((name) => file === path.normalize(name) || file.startsWith(`${path.normalize(name)}/`) || file.startsWith(path.normalize(name).replace(/\*$/, "\0")));
  const inModule = (file) => options.module.length === 0 || options.module.some((name) => file.startsWith(`evidence/${name}/`));
  return files.filter((file) => asked(file) && inModule(file)).flatMap((file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    const found = file.endsWith(".json") ? mutantsOfData(text) : mutantsOfC(text);
    return found.filter((mutant) => options.kind === undefined || mutant.kind === options.kind).map((mutant) => described(file, text, mutant));
  });
}

/* Weighted, without putting back: by each one's key of Efraimidis and Spirakis 2006, doi:10.1016/j.ipl.2005.11.003. */
function drawn(mutants, count, random) {
  const weight = ({ file }) => weights.find(([pattern]) => pattern.test(file))?.[1] ?? 1;
  return mutants.map((mutant) => ({ mutant, key: random() ** (1 / weight(mutant)) })).sort((a, b) => b.key - a.key).slice(0, count).map(({ mutant }) => mutant);
}

const columns = ["file", "line", "kind", "name", "was", "now", "outcome", "by"];
const rowOf = (mutant) => columns.map((column) => String(mutant[column] ?? "").replace(/[\t\n]/g, " ")).join("\t");

function survivorsOf(file, mutants) {
  const same = (one) => [one.file, one.kind, one.name, one.was, one.now].join("\t");
  const lines = fs.readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => Object.fromEntries(line.split("\t").map((cell, i) => [columns[i], cell])));
  const wanted = new Set(lines.filter((line) => line.outcome === "survived" || line.outcome === "unreached").map(same));
  return mutants.filter((mutant) => wanted.delete(same(mutant)));
}

const equivalents = JSON.parse(fs.readFileSync(path.join(here, "equivalent.json"), "utf8"));
const reviewed = (mutant) => equivalents.find((one) => one.file === mutant.file && one.function === mutant.name && one.was === mutant.was && one.now === mutant.now);

async function tryOne(ground, mutant, place) {
  const known = reviewed(mutant);
  if (known !== undefined) return { outcome: "equivalent", by: known.reason };
  const text = fs.readFileSync(path.join(ground.tree, mutant.file), "utf8");
  const changed = text.slice(0, mutant.start) + mutant.put + text.slice(mutant.end);
  if (mutant.file.endsWith(".json")) return tryData(ground, mutant, changed, place);
  const library = await ground.compile(mutant.file, changed, place);
  if (library === null) return { outcome: "does not compile" };
  if (library === "same") return { outcome: "equivalent", by: "the compiler makes the same code of it" };
  const tests = ground.testsOf(mutant.file, mutant.line, mutant.name !== "");
  let by = await ground.killedBy(tests, ground.environment(library), ground.tree);
  if (by === null && options["end-to-end"]) by = await ground.killedFromOutside(outsideTests, library, ground.tree, place);
  return by !== null ? { outcome: "killed", by } : { outcome: tests.length === 0 ? "unreached" : "survived" };
}

async function tryData(ground, mutant, changed, place) {
  const copy = ground.copyForData(`${place}-tree`);
  const file = path.join(copy, mutant.file);
  fs.rmSync(file);
  fs.writeFileSync(file, changed);
  let by = await ground.killedBy(ground.testsOfData(), ground.environment(), copy);
  if (by === null && options["end-to-end"]) by = await ground.killedFromOutside(outsideTests, null, copy, place);
  return by !== null ? { outcome: "killed", by } : { outcome: "survived" };
}

function printSummary(tried) {
  const outcomes = ["killed", "survived", "unreached", "equivalent"];
  const module = ({ file }) => path.dirname(file).replace(/^evidence\//, "");
  console.log(["module", "mutants", ...outcomes].map((word) => word.padEnd(16)).join(""));
  for (const name of [...new Set(tried.map(module)), "all"]) {
    const its = tried.filter((one) => (name === "all" || module(one) === name) && outcomes.includes(one.outcome));
    console.log([name, its.length, ...outcomes.map((outcome) => its.filter((one) => one.outcome === outcome).length)].map((word) => String(word).padEnd(16)).join(""));
  }
}

function printReached(ground) {
  for (const [file, counts] of [...ground.counts].sort()) {
    const lines = [...counts].sort(([a], [b]) => a - b);
    const branches = [...ground.branches.get(file)].sort(([a], [b]) => a - b);
    const missed = lines.filter(([, count]) => count === 0).map(([line]) => line);
    const half = branches.filter(([line, taken]) => counts.get(line) > 0 && taken.some((count) => count === 0)).map(([line]) => line);
    const all = branches.flatMap(([, taken]) => taken);
    console.log([file, lines.length, missed.length, all.length, all.filter((count) => count === 0).length, missed.join(" "), half.join(" ")].join("\t"));
  }
}

async function main() {
  const mutants = allMutants();
  const random = randomOf(Number(options.seed));
  const wanted = Number(options.mutants);
  // More are drawn than wanted, for those that do not compile.
  const queue = options.again !== undefined ? survivorsOf(options.again, mutants) : drawn(mutants, wanted * 2, random);
  if (options.list) {
    say(`${mutants.length} mutants in all`);
    queue.slice(0, wanted).forEach((mutant) => console.log(rowOf(mutant)));
    return;
  }
  const compiled = spawnSync("make", ["--no-print-directory", "-s", "flags"], { cwd: root, encoding: "utf8" }).stdout.split("\n").map((line) => line.trim().split(/\s+/));
  const folder = path.join(process.env.BUILD ?? path.join(root, "build"), "mutate");
  const cc = (process.env.CC ?? (spawnSync("ccache", ["--version"]).status === 0 ? "ccache gcc" : "gcc")).split(" ");
  const ground = new Ground({ root, folder, cc, flags: compiled[0], libs: compiled[1], budget: Number(options.budget), keepReach: options["keep-reach"], say });
  await ground.prepare();
  if (options.reached) {
    printReached(ground);
    return;
  }
  const tried = [];
  const table = options.table ?? path.join(folder, "table.tsv");
  fs.writeFileSync(table, `${columns.join("\t")}\n`);
  let next = 0;
  const worker = async (number) => {
    const enough = () => options.again === undefined && tried.filter((one) => one.outcome !== "does not compile").length >= wanted;
    while (next < queue.length && !enough()) {
      const mutant = queue[next++];
      Object.assign(mutant, await tryOne(ground, mutant, `mutant-${number}`));
      tried.push(mutant);
      fs.appendFileSync(table, `${rowOf(mutant)}\n`);
      if (mutant.outcome === "survived" || mutant.outcome === "unreached") say(`${mutant.outcome} ${mutant.file}:${mutant.line} ${mutant.name}\n    ${mutant.was}\n    ${mutant.now}`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, (_, i) => worker(i)));
  printSummary(tried);
  say(`the table: ${path.relative(process.cwd(), table)}`);
}

await main();
