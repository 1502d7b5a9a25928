// Takes the best of what a fuzzer grew into the tree: of all inputs those few that together reach
// most, the short ones first. In tests/fuzz/corpora/NAME.txt everything above the line `grown`
// stays as it is; what stands below is written anew.
//
//     node tools/fuzz-corpus.mjs build/fuzz/tests/fuzz/fuzz_NAME [FOLDER]
//
// FOLDER is where the fuzzer keeps its inputs; fuzz_NAME.corpus, as `make fuzz` has it, if left out.
// BUILD is where the tests are built (build).
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const MOST_INPUTS = 60;
const MOST_BYTES = 600; // of an input
const A_LINE = 100; // bytes that a further input weighs, however short
const grown = "# Grown by the fuzzer; picked by tools/fuzz-corpus.mjs, which writes anew what stands below.";

// Every input of the folder with the features that it reaches, as the fuzzer counts them.
function measure(fuzzer, folder, work) {
  const control = join(work, "control");
  const empty = join(work, "empty");
  mkdirSync(empty);
  const run = spawnSync(fuzzer, ["-set_cover_merge=1", `-merge_control_file=${control}`, empty, folder], {
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${fuzzer} says: ${run.stderr.toString().slice(-2000)}`);
  return read(readFileSync(control, "latin1").split("\n"));
}

// The control file names the inputs, a line each, and tells of each by its place: its size, its features.
function read(lines) {
  const count = Number(lines[0]);
  const inputs = lines.slice(2, 2 + count).map((path) => ({ path, size: 0, features: [] }));
  for (const line of lines.slice(2 + count)) {
    const [kind, place, ...rest] = line.split(" ");
    if (kind === "STARTED") inputs[place].size = Number(rest[0]);
    else if (kind === "FT") inputs[place].features = rest.map(Number);
  }
  return inputs;
}

const weight = (input) => input.size + A_LINE;

// Always the one that adds most for its weight. What an input adds only falls, so the one whose
// figure is still the best when it is counted anew is the next.
function pick(inputs) {
  const reached = new Set();
  const picked = [];
  const left = inputs.filter((input) => input.size <= MOST_BYTES);
  for (const input of left) input.worth = input.features.length / weight(input);
  while (picked.length < MOST_INPUTS && left.length > 0) {
    left.sort((a, b) => a.worth - b.worth || (a.path < b.path ? 1 : -1));
    const best = left.at(-1);
    const adds = best.features.filter((feature) => !reached.has(feature)).length;
    if (adds === 0) left.pop();
    else if (adds / weight(best) < best.worth) best.worth = adds / weight(best);
    else {
      for (const feature of best.features) reached.add(feature);
      picked.push(left.pop());
    }
  }
  const all = new Set(inputs.flatMap((input) => input.features));
  return { picked, reached: reached.size, all: all.size };
}

function write(name, picked) {
  const file = `tests/fuzz/corpora/${name}.txt`;
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const at = before.indexOf(grown);
  const kept = (at < 0 ? before : before.slice(0, at)).trimEnd();
  const program = join(process.env.BUILD ?? "build", "tests/fuzz", `fuzz_${name}`);
  const paths = picked.map((input) => input.path);
  const lines = paths.length === 0 ? [] : execFileSync(program, ["--line", ...paths]).toString().trimEnd().split("\n");
  const there = new Set(kept.split("\n"));
  const further = lines.filter((line) => !there.has(line)).map((line) => `${line}\n`);
  writeFileSync(file, `${kept === "" ? "" : `${kept}\n\n`}${grown}\n${further.join("")}`);
}

const [fuzzer, folder = `${fuzzer}.corpus`] = process.argv.slice(2);
if (fuzzer === undefined) {
  console.error("usage: node tools/fuzz-corpus.mjs build/fuzz/tests/fuzz/fuzz_NAME [FOLDER]");
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), "touchstone-corpus-"));
try {
  const name = basename(fuzzer).replace(/^fuzz_/, "");
  const { picked, reached, all } = pick(measure(fuzzer, folder, work));
  write(name, picked);
  console.log(`${name}: ${picked.length} inputs reach ${reached} of ${all} features`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
