// The command line: what people read, and what it says when something is wrong.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, data, program, remove, run, temporaryFolder } from "./support.mjs";

let folder, db;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
});

after(() => remove(folder));

const question = "does dry needling help neck knots";
const id = "dry-needling.neck-mtrp.nothing.pain-intensity.short";

async function said(args, options) {
  const told = await run([...args, "--db", db], options);
  assert.equal(told.status, 0, `${args}: ${told.err}`);
  assert.equal(told.err, "");
  return told.out;
}

// ---- check and rate ----

test("check answers a question with verdict, size, certainty, safety and studies", async () => {
  const out = await said(["check", question]);
  for (const words of [/May work|We don't know|May help/, /How big/, /How sure/, /How safe/, /Studies/,
    /https:\/\/pubmed/,
    /touchstone rate dry-needling\.neck-mtrp\./, /As of base/])
    assert.match(out, words);
  assert.equal(await said(["check", ...question.split(" ")]), out, "quotes may be left out");
});

test("check says what it did not understand, with status 1", async () => {
  for (const text of ["", "   ", "does frobnication help neck pain", "\xff\xfe", "🦴"]) {
    const told = await run(["check", text, "--db", db]);
    assert.equal(told.status, 1, text);
    assert.match(told.out, /not understood|not in this base/);
  }
});

test("check lists what is rated for a condition, best first", async () => {
  const out = await said(["check", "neck knots"]);
  assert.ok(out.split("\n").length > 10);
});

test("rate answers for an intervention, a pair and a question id", async () => {
  assert.match(await said(["rate", "dry-needling"]), /Neck pain[^]*How safe/);
  assert.match(await said(["rate", "dry-needling", "neck-mtrp"]), /Every question[^]*nothing\.pain-/);
  assert.match(await said(["rate", id]), /How safe[^]*The trace[^]*verdict/);
});

test("what has no figure is not told as sure, and says what its studies found", async () => {
  const told = await run(["rate", "dry-needling", "neck-mtrp", "--db", db, "--json"]);
  const bare = JSON.parse(told.out).questions.find((one) => one.pool.basis === "direction");
  const out = await said(["rate", bare.id]);
  assert.match(out, /no figure to be sure of/);
  assert.doesNotMatch(out, /Nothing was held against it/);
  assert.match(out, /Not used[^]*\d{4}/);
});

test("rate says that an untested pair is untested", async () => {
  for (const file of fs.readdirSync(path.join(data, "interventions"))) {
    const out = await said(["rate", path.basename(file, ".json"), "period-pain"]);
    if (/No study found/.test(out))
      return assert.match(out, /not the same as "it does not work"/);
  }
  assert.fail("every intervention was studied for period pain");
});

test("an unknown name is told with the nearest, status 1", async () => {
  const cases = [[["masage"], /no intervention "masage".*nearest: massage/],
    [["massage", "nek-pain"], /no condition "nek-pain".*nearest: neck-pain/],
    [["massage.neck-pain.sham.pain-intensity.shrt"], /nearest: massage\.neck-pain\.sham\.pain/],
    [["nobody.neck-pain.sham.pain-intensity.short"], /no intervention "nobody"/]];
  for (const [names, words] of cases)
    for (const json of [[], ["--json"]]) {
      const told = await run(["rate", ...names, ...json, "--db", db]);
      assert.equal(told.status, 1);
      assert.match(told.err, words);
      assert.equal(told.out, "");
    }
});

// ---- how it looks ----

const columns = (line) => [...line].length;
// Addresses and the ids of questions are one word, and a word is never broken.
const unbroken = /\S{30,}/;

for (const width of [60, 80])
  test(`COLUMNS=${width} keeps lines within ${width} columns`, async () => {
    for (const args of [["check", question], ["check", "neck knots"], ["check", "massage low back pain"],
      ["rate", "massage"], ["rate", "massage", "neck-pain"], ["rate", id],
      ["rate", "dry-needling", "neck-mtrp"]]) {
      const out = await said(args, { env: { COLUMNS: String(width) } });
      for (const line of out.split("\n"))
        assert.ok(columns(line) <= width || unbroken.test(line), `${columns(line)}: ${line}`);
    }
  });

test("no line ends with a space", async () => {
  for (const args of [["check", question], ["rate", "massage", "neck-pain"], ["rate", id]])
    assert.doesNotMatch(await said(args), / \n/);
});

test("what is no terminal gets no escape codes", async () => {
  for (const env of [{}, { TERM: "xterm-256color" }, { NO_COLOR: "1", TERM: "xterm" }])
    assert.doesNotMatch(await said(["check", question], { env }), /\x1b/);
});

test("a terminal gets colour, unless NO_COLOR or TERM=dumb says no", (t) => {
  const shown = (env) => execFileSync("script", ["-qec", `${program} check --db ${db} '${question}'`,
    "/dev/null"], { env: { PATH: process.env.PATH, ...env }, encoding: "utf8" });
  try {
    execFileSync("script", ["-qec", "true", "/dev/null"], { stdio: "ignore" });
  } catch {
    return t.skip("there is no script(1) here");
  }
  assert.match(shown({ TERM: "xterm" }), /\x1b\[/);
  assert.doesNotMatch(shown({ TERM: "xterm", NO_COLOR: "1" }), /\x1b\[/);
  assert.match(shown({ TERM: "xterm", NO_COLOR: "" }), /\x1b\[/);
  assert.doesNotMatch(shown({ TERM: "dumb" }), /\x1b\[/);
});

test("control characters of a question do not reach the terminal", async () => {
  const told = await run(["check", "massage \x1b[31mfrobnicator\x07 zork", "--db", db]);
  assert.doesNotMatch(told.out, /[\x00-\x09\x0b-\x1f]/);
});

// ---- help and usage ----

test("help lists the commands, and each command its options, one a line", async () => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const told = await run(args);
    assert.equal(told.status, 0);
    for (const command of ["serve", "build", "check", "rate", "pool"])
      assert.match(told.out, new RegExp(`^  ${command} `, "m"));
  }
  const options = { serve: ["db", "listen", "threads", "log", "log-queries", "json"],
    build: ["data", "db", "json"], check: ["db", "json"], rate: ["db", "json"],
    pool: ["db", "measure", "method", "test", "level", "json"] };
  for (const [command, names] of Object.entries(options)) {
    const told = await run([command, "--help"]);
    assert.equal(told.status, 0);
    assert.match(told.out, new RegExp(`^usage: touchstone ${command} `));
    for (const name of [...names, "help"])
      assert.match(told.out, new RegExp(`^  --${name}( [A-Z:]+)? {2,}\\S`, "m"), `${command} ${name}`);
    assert.equal((await run(["help", command])).out, told.out);
  }
});

test("what is no command or option is told, status 2", async () => {
  const cases = [[[], /usage/], [["frob"], /no command "frob"/], [["--frob"], /no option "--frob"/],
    [["check"], /question is needed/], [["check", "--frob", "a"], /unknown option --frob/],
    [["check", "-x"], /unknown option -x/], [["check", "a", "--db"], /--db needs a value/],
    [["check", "a", "--json=yes"], /--json takes no value/], [["rate"], /one or two names/],
    [["rate", "a", "b", "c"], /one or two names/], [["build", "surplus"], /surplus/],
    [["help", "frob"], /no command "frob"/]];
  for (const [args, words] of cases) {
    const told = await run(args);
    assert.equal(told.status, 2, args.join(" "));
    assert.match(told.err, words);
    assert.equal(told.out, "");
  }
});

test("--version tells the version", async () => {
  assert.match((await run(["--version"])).out, /^touchstone \d+\.\d+\.\d+\n$/);
});

test("options have twins in the environment; a flag's twin may say no", async () => {
  const env = { TOUCHSTONE_DB: db, TOUCHSTONE_JSON: "1" };
  assert.equal(JSON.parse((await run(["rate", "massage"], { env })).out).id, "massage");
  const no = await run(["rate", "massage"], { env: { ...env, TOUCHSTONE_JSON: "0" } });
  assert.match(no.out, /^Massage/);
});

test("-- ends the options, and --db=FILE is the same as --db FILE", async () => {
  const told = await run(["check", `--db=${db}`, "--", "--does", "massage", "help", "neck", "pain"]);
  assert.match(told.out, /Massage/);
});

test("a full disk is no answer", async (t) => {
  if (!fs.existsSync("/dev/full"))
    return t.skip("there is no /dev/full here");
  try {
    execFileSync("sh", ["-c", `"${program}" rate massage --db "${db}" > /dev/full`],
      { stdio: ["ignore", "ignore", "pipe"] });
    assert.fail("it must not say that all is well");
  } catch (error) {
    assert.equal(error.status, 1);
    assert.match(String(error.stderr), /standard output/);
  }
});

// ---- wrong stores ----

test("a file that is no store of ours is told and left alone, status 3", async () => {
  const text = path.join(folder, "text.db");
  const alien = path.join(folder, "alien.db");
  fs.writeFileSync(text, "id,name\n1,massage\n".repeat(200));
  // The head of an SQLite database of another program: an empty one, with an application id.
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3\0", 0, "latin1");
  Buffer.from([0x10, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 1, 0, 0, 0, 1]).copy(page, 16);
  page.writeUInt32BE(4, 44);
  page.writeUInt32BE(1, 56);
  page.writeUInt32BE(0x12345678, 68);
  Buffer.from([0x0d, 0, 0, 0, 0, 0x10, 0, 0]).copy(page, 100);
  fs.writeFileSync(alien, page);
  for (const file of [text, alien, path.join(folder, "none.db"), folder])
    for (const args of [["check", "massage"], ["rate", "massage"], ["serve", "--listen", "127.0.0.1:0"],
      ...(file.endsWith("none.db") ? [] : [["build", "--data", data]])]) {
      const whole = fs.existsSync(file) && fs.statSync(file).isFile() && fs.readFileSync(file);
      const told = await run([...args, "--db", file]);
      assert.equal(told.status, 3, `${args} ${file}: ${told.err}`);
      assert.ok(told.err.includes(path.basename(file)), told.err);
      assert.equal(told.err.trimEnd().split("\n").length, 1, "one line");
      if (whole)
        assert.ok(fs.readFileSync(file).equals(whole), "it is as it was");
    }
});

// ---- build ----

function copyOfData(name) {
  const copy = path.join(folder, name);
  fs.cpSync(data, copy, { recursive: true });
  return copy;
}

function hashOf(file) {
  return crypto.createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}

test("build tells what it did, and the second time that nothing changed", async () => {
  const copy = copyOfData("twice");
  const twice = path.join(folder, "twice.db");
  const told = async () => JSON.parse(
    (await run(["build", "--data", copy, "--db", twice, "--json"])).out);
  const first = await told();
  assert.ok(first.added > 600 && first.unchanged === 0 && first.rated > 600);
  assert.deepEqual(await told(), { ...first, added: 0, unchanged: first.added, rated: 0 });
});

test("every problem of broken files is told with file and field, and nothing is written", async () => {
  const broken = copyOfData("broken");
  const names = fs.readdirSync(path.join(broken, "studies"));
  const file = (name) => path.join(broken, "studies", name);
  const edit = (name, change) => {
    const study = JSON.parse(fs.readFileSync(file(name), "utf8"));
    change(study);
    fs.writeFileSync(file(name), JSON.stringify(study, null, 2));
  };
  edit(names[0], (study) => { study.flavour = "sweet"; });
  edit(names[1], (study) => { delete study.title; });
  edit(names[2], (study) => { study.year = "last year"; });
  edit(names[3], (study) => { study.sources = []; });
  fs.writeFileSync(file(names[4]), "{ not json");
  fs.writeFileSync(path.join(broken, "interventions", "massage.json"), '{"id": "Massage"}');
  const before = hashOf(db);
  const told = await run(["build", "--data", broken, "--db", db]);
  assert.equal(told.status, 1);
  assert.equal(told.out, "");
  for (const [name, field] of [[names[0], "flavour"], [names[1], "title"], [names[2], "year"],
    [names[3], "sources"], [names[4], "line 1"], ["massage.json", "id"], ["massage.json", "kind"]])
    assert.ok(told.err.split("\n").some((line) => line.includes(name) && line.includes(field)),
      `${name} ${field}: ${told.err}`);
  assert.match(told.err, /\d+ problems; nothing was written/);
  assert.equal(hashOf(db), before);
  const json = await run(["build", "--data", broken, "--db", db, "--json"]);
  const listed = JSON.parse(json.out);
  assert.equal(json.status, 1);
  assert.equal(listed.count, listed.problems.length);
  assert.ok(listed.problems.some((one) => one.pointer === "/flavour"));
});

test("names without an entry are told once the files can be read", async () => {
  const broken = copyOfData("nameless");
  fs.rmSync(path.join(broken, "interventions", "massage.json"));
  const told = await run(["build", "--data", broken, "--db", db]);
  assert.equal(told.status, 1);
  assert.match(told.err, /studies\/.*\/results\/\d+\/intervention: no intervention "massage"/);
});

for (const document of ["dataset", "language", "rulesets/default"])
  test(`a broken ${document}.json is refused before anything is written`, async () => {
    const broken = copyOfData(`document-${document.replace("/", "-")}`);
    const at = path.join(broken, `${document}.json`);
    const value = JSON.parse(fs.readFileSync(at, "utf8"));
    fs.writeFileSync(at, JSON.stringify({ ...value, flavour: 1 }));
    const before = hashOf(db);
    const told = await run(["build", "--data", broken, "--db", db]);
    assert.equal(told.status, 1, told.err);
    assert.ok(told.err.includes(document) && told.err.includes("flavour"), told.err);
    assert.equal(hashOf(db), before);
  });

test("an override is told beside the verdict, and refused where no question is", async () => {
  const copy = copyOfData("override");
  const made = path.join(folder, "override.db");
  const question = "massage.neck-pain.nothing.pain-intensity.short";
  const override = { question, verdict: "may-not-work", reason: "the arms were swapped",
    by: "A. Curator", date: "2026-11-22" };
  const write = (...list) => fs.writeFileSync(path.join(copy, "overrides.json"),
    JSON.stringify({ overrides: list }));
  write(override);
  assert.equal((await run(["build", "--data", copy, "--db", made])).status, 0);
  const without = JSON.parse((await run(["rate", question, "--json", "--db", db])).out).rating;
  const told = JSON.parse((await run(["rate", question, "--json", "--db", made])).out);
  assert.equal(without.override, null);
  assert.equal(told.rating.verdict, without.verdict);
  assert.deepEqual(told.rating.override, { verdict: "may-not-work", badge: "May not work",
    reason: override.reason, by: override.by, date: override.date });
  assert.ok(told.trace.some((step) => step.rule === "V4"));
  const text = (await run(["rate", question, "--db", made])).out.replace(/\s+/g, " ");
  assert.match(text, /A curator judges otherwise: "May not work" \(A\. Curator, 2026-11-22\)/);
  write({ ...override, question: "massage.neck-pain.nothing.pain-intensity.never" }, override);
  const before = hashOf(made);
  const refused = await run(["build", "--data", copy, "--db", made]);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /pain-intensity\.never.*nothing in the base speaks to this question/);
  assert.equal(hashOf(made), before);
});

test("a store is made where there is none, but not by a build that fails", async () => {
  const made = path.join(folder, "made.db");
  const empty = path.join(folder, "empty");
  fs.mkdirSync(empty);
  assert.equal((await run(["build", "--data", empty, "--db", made])).status, 1);
  assert.ok(!fs.existsSync(made));
  await build(made);
  assert.ok(fs.existsSync(made));
});
