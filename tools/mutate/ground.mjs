// The ground that mutants are tried on: a copy of the tree under BUILD/mutate, where the code is a shared library. A
// mutant of one file is loaded over it (LD_PRELOAD), so that nothing is linked again and the tree is never touched.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const plain = { build: "build", flags: "-O2 -fPIC" };
const counted = { build: "build-counted", flags: "-O0 -fPIC --coverage" };

function told(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 30, ...options });
  if (done.status !== 0) throw new Error(`${command} ${args.slice(0, 6).join(" ")}: ${(done.stderr || done.error?.message || "").slice(-2000)}`);
  return done.stdout;
}

/** Runs a command, nice, for at most `limit` ms: {status, out, ms}; status null where it had to be ended. */
export function run(command, args, { limit = 60000, ...options } = {}) {
  return new Promise((done) => {
    const began = Date.now();
    // A group of its own, so that what a test started ends with it.
    const child = spawn("nice", ["-n", "10", command, ...args], { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
    const parts = [];
    let ended = false;
    const end = () => { ended = true; try { process.kill(-child.pid, "SIGKILL"); } catch { /* it is gone */ } };
    const timer = setTimeout(end, limit);
    const take = (part) => { if (parts.length < 4096) parts.push(part); };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (status) => {
      clearTimeout(timer);
      done({ status: ended ? null : status ?? 128, out: Buffer.concat(parts).toString("utf8"), ms: Date.now() - began });
    });
  });
}

function copyTree(from, to) {
  const listed = told("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: from });
  const names = new Set(listed.split("\0").filter((name) => name !== "" && fs.existsSync(path.join(from, name))));
  for (const name of names) {
    const [source, copy] = [path.join(from, name), path.join(to, name)];
    const bytes = fs.readFileSync(source);
    if (fs.existsSync(copy) && fs.readFileSync(copy).equals(bytes)) continue;
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.rmSync(copy, { force: true });
    fs.writeFileSync(copy, bytes, { mode: fs.statSync(source).mode });
  }
  const folders = ["evidence", "importers", "service", "tests"];
  for (const folder of folders)
    for (const entry of fs.readdirSync(path.join(to, folder), { recursive: true, withFileTypes: true })) {
      const name = path.relative(to, path.join(entry.parentPath ?? entry.path, entry.name));
      if (entry.isFile() && !names.has(name)) fs.rmSync(path.join(to, name));
    }
}

const filesOf = (root, folder, pattern) =>
  fs.readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.join(folder, name)).filter((name) => pattern.test(name)).sort();

function digest(root, names) {
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(fs.readFileSync(path.join(root, name)));
  return hash.digest("hex");
}

export class Ground {
  /** `cc`, `flags`, `libs`: as the Makefile compiles and links. `budget` ms: how long the tests of one mutant may take.
   * `keepReach`: what a test reaches is as it was at the last run, though the code has changed since. */
  constructor({ root, folder, cc, flags, libs, budget, keepReach, say }) {
    Object.assign(this, { root, cc, libs, budget, keepReach, say });
    this.folder = path.resolve(folder);
    this.tree = path.join(this.folder, "tree");
    this.flags = flags.filter((flag) => !/^(-W|-M|-I\.$|-Ibuild)/.test(flag));
  }

  async prepare() {
    fs.mkdirSync(this.tree, { recursive: true });
    copyTree(this.root, this.tree);
    const shared = path.join(this.folder, "shared");
    if (!fs.existsSync(shared) && fs.existsSync(path.join(this.root, "../shared")))
      fs.symlinkSync(path.resolve(this.root, "../shared"), shared);
    await this.buildLibrary(plain);
    await this.buildLibrary(counted);
    await this.buildTests();
    await this.reach();
  }

  async make(args) {
    const made = await run("make", ["--no-print-directory", "-s", "-j2", `CC=${this.cc.join(" ")}`, ...args], { cwd: this.tree, limit: 3600000 });
    if (made.status !== 0) throw new Error(made.out.slice(-3000));
  }

  async buildLibrary({ build, flags }) {
    this.say(`building with ${flags}`);
    await this.make([`BUILD=${build}`, `CFLAGS=${flags}`, `PROGRAM=${build}/unused`, `${build}/libtouchstone.a`, `${build}/service/command/main.o`]);
    const [archive, library] = ["a", "so"].map((end) => path.join(this.tree, build, `libtouchstone.${end}`));
    if (fs.existsSync(library) && fs.statSync(library).mtimeMs > fs.statSync(archive).mtimeMs) return;
    const more = flags.includes("--coverage") ? ["--coverage"] : [];
    told(this.cc[0], [...this.cc.slice(1), "-shared", "-o", library, "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive", ...this.libs, ...more]);
    const main = path.join(this.tree, build, "service/command/main.o");
    told(this.cc[0], [...this.cc.slice(1), "-o", path.join(this.tree, build, "touchstone"), main, library, `-Wl,-rpath,${path.dirname(library)}`, ...this.libs, ...more]);
  }

  /* Tests that wait for a network or a server are not tried: they are slow and judge other things. */
  async buildTests() {
    this.tests = [];
    const heads = filesOf(this.tree, "tests", /\.h$/);
    const sources = [...filesOf(this.tree, ".", /^(evidence|importers|service)\/.*\.h$/), ...heads];
    const headsDigest = digest(this.tree, sources);
    for (const source of filesOf(this.tree, "tests", /^tests\/(evidence|importers\/intake|service\/(api|command|views))\/.*test_[^/]*\.c$/)) {
      const name = source.replace(/\.c$/, "");
      const program = path.join(this.tree, plain.build, "tests-over", name);
      const stamp = headsDigest + digest(this.tree, [source]);
      if (!fs.existsSync(program) || fs.readFileSync(`${program}.stamp`, "utf8") !== stamp) {
        fs.mkdirSync(path.dirname(program), { recursive: true });
        const library = path.join(this.tree, plain.build);
        const args = [...this.flags, "-w", "-I.", `-I${plain.build}`, "-O1", "-o", program, source, `-L${library}`, "-ltouchstone", ...this.libs, "-lcmocka"];
        const made = await run(this.cc[0], [...this.cc.slice(1), ...args], { cwd: this.tree });
        if (made.status !== 0) throw new Error(made.out.slice(-3000));
        fs.writeFileSync(`${program}.stamp`, stamp);
      }
      this.tests.push({ name, program, source });
    }
  }

  /** Environment of a test: which library, and the mutant over it. */
  environment(mutant, build = plain.build) {
    const library = path.join(this.tree, build);
    const env = { ...process.env, LD_LIBRARY_PATH: library, TOUCHSTONE_PROGRAM: path.join(this.tree, plain.build, "touchstone"), WITHOUT_NODE: "1" };
    if (mutant) env.LD_PRELOAD = mutant;
    return env;
  }

  /* Runs each test once with counting code: how long it takes, and which lines it reaches. What has not changed is remembered. */
  async reach() {
    const library = digest(this.tree, filesOf(this.tree, ".", /^(evidence|importers|service)\/.*\.[ch]$/));
    const data = digest(this.tree, filesOf(this.tree, "evidence/data", /\.json$/));
    const heads = digest(this.tree, filesOf(this.tree, "tests", /\.h$/));
    const at = path.join(this.folder, "reach");
    fs.mkdirSync(at, { recursive: true });
    this.lines = new Map(); // file -> Map(line -> [tests])
    this.branches = new Map(); // file -> Map(line -> [times each branch was taken])
    this.counts = new Map(); // file -> Map(line -> times it ran)
    for (const test of this.tests) {
      const file = path.join(at, `${test.name.replaceAll("/", "-")}.json`);
      const stamp = library + data + heads + digest(this.tree, [test.source]);
      let known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null;
      const kept = this.keepReach && known?.status === 0 && known.stamp.slice(-64) === stamp.slice(-64);
      if (known?.stamp !== stamp && !kept) {
        known = { stamp, ...(await this.reachOf(test)) };
        fs.writeFileSync(file, JSON.stringify(known));
      }
      test.ms = known.ms;
      test.left_out = known.status !== 0;
      if (known.status !== 0) this.say(`${test.name} fails without a mutant (${known.status}); left out`);
      this.remember(test, known.files);
    }
  }

  async reachOf(test) {
    this.say(`what ${test.name} reaches`);
    const ordinary = await run(test.program, [], { cwd: this.tree, env: this.environment(), limit: 120000 });
    if (ordinary.status !== 0) return { ms: ordinary.ms, status: ordinary.status, files: {} };
    const remains = () => filesOf(this.tree, counted.build, /\.gcda$/);
    for (const old of remains()) fs.rmSync(path.join(this.tree, old));
    await run(test.program, [], { cwd: this.tree, env: this.environment(null, counted.build), limit: 240000 });
    const files = {};
    const counts = remains();
    if (counts.length > 0) {
      const out = told("gcov", ["-t", "-j", "-b", ...counts], { cwd: this.tree, stdio: ["ignore", "pipe", "ignore"] });
      for (const line of out.split("\n").filter((one) => one.startsWith("{")))
        for (const file of JSON.parse(line).files.filter((one) => one.file.startsWith("evidence/")))
          files[file.file] = file.lines.map((one) => [one.line_number, one.count, one.branches.map((branch) => branch.count)]);
    }
    return { ms: ordinary.ms, status: 0, files };
  }

  remember(test, files) {
    for (const [file, lines] of Object.entries(files)) {
      if (!this.lines.has(file)) for (const map of [this.lines, this.branches, this.counts]) map.set(file, new Map());
      for (const [line, count, branches] of lines) {
        const tests = this.lines.get(file).get(line) ?? [];
        if (count > 0 && !test.left_out) tests.push(test);
        this.lines.get(file).set(line, tests);
        this.counts.get(file).set(line, (this.counts.get(file).get(line) ?? 0) + count);
        const before = this.branches.get(file).get(line) ?? [];
        this.branches.get(file).set(line, branches.map((one, i) => one + (before[i] ?? 0)));
      }
    }
  }

  /** The tests that reach a line, nearest and quickest first, as far as the budget goes. A line of a table is reached by whatever reaches its file. */
  testsOf(file, line, inFunction) {
    const lines = this.lines.get(file) ?? new Map();
    let found = [];
    if (inFunction) {
      let at = line;
      while (at > 0 && !lines.has(at)) at--;
      found = lines.get(at) ?? [];
    } else found = [...new Set([...lines.values()].flat())];
    return this.ordered(found, file);
  }

  /** The tests that read files, so perhaps this one: the quickest first, and more of them than of a line. */
  testsOfData() {
    const readers = new Set([...(this.lines.get("evidence/base/file.c")?.values() ?? [])].flat());
    return this.within(2 * this.budget, [...readers].sort((a, b) => a.ms - b.ms));
  }

  ordered(tests, file) {
    const noun = path.basename(file, ".c");
    const near = (test) => (path.basename(test.name) === `test_${noun}` ? 0 : test.name.includes(path.dirname(file)) ? 1 : test.name.includes("/evidence/") ? 2 : 3);
    return this.within(this.budget, [...tests].sort((a, b) => near(a) - near(b) || a.ms - b.ms));
  }

  within(budget, tests) {
    let spent = 0;
    return tests.filter((test) => (spent += test.ms) <= budget);
  }

  /** Compiles a mutated text of a file: the path of what to load over the library, "same" where the code is the same, null where it does not compile. */
  async compile(file, text, place) {
    const source = path.join(this.folder, place, file);
    fs.mkdirSync(path.dirname(source), { recursive: true });
    fs.writeFileSync(source, text);
    const object = source.replace(/\.c$/, ".o");
    const made = await run(this.cc[0], [...this.cc.slice(1), ...this.flags, "-w", "-I.", `-I${plain.build}`, ...plain.flags.split(" "), "-c", "-o", object, source], { cwd: this.tree });
    if (made.status !== 0) return null;
    const own = path.join(this.tree, plain.build, file.replace(/\.c$/, ".o"));
    if (this.codeOf(object) === this.codeOf(own)) return "same";
    const library = object.replace(/\.o$/, ".so");
    told(this.cc[0], [...this.cc.slice(1), "-shared", "-o", library, object]);
    return library;
  }

  codeOf(object) {
    const bare = `${object}.bare`;
    told("objcopy", ["--strip-debug", "--remove-section=.comment", "--remove-section=.note*", object, bare]);
    return createHash("sha256").update(fs.readFileSync(bare).toString("latin1").replaceAll(/[^\0]*\.c\0/g, "")).digest("hex");
  }

  /** A second copy of the tree, in which data may be changed. */
  copyForData(place) {
    const copy = path.join(this.folder, place);
    fs.rmSync(copy, { recursive: true, force: true });
    fs.mkdirSync(copy);
    for (const name of fs.readdirSync(this.tree)) {
      if (name === "evidence") told("cp", ["-al", path.join(this.tree, name), copy]);
      else fs.symlinkSync(path.join(this.tree, name), path.join(copy, name));
    }
    return copy;
  }

  /** Runs tests until one fails: its name and which of its sentences, or null. */
  async killedBy(tests, env, cwd) {
    for (const test of tests) {
      const ran = await run(test.program, [], { cwd, env, limit: Math.max(3000, 6 * test.ms) });
      if (ran.status === 0) continue;
      const sentence = /^\[  FAILED  \] ([a-z]\w*)/m.exec(ran.out)?.[1] ?? (ran.status === null ? "time limit" : `status ${ran.status}`);
      return `${test.name}: ${sentence}`;
    }
    return null;
  }

  /** The program from outside, over the mutant, for what no C test notices. */
  async killedFromOutside(files, mutant, cwd, place) {
    const wrapper = path.join(this.folder, place, "touchstone");
    const library = path.join(this.tree, plain.build);
    fs.mkdirSync(path.dirname(wrapper), { recursive: true });
    fs.writeFileSync(wrapper, `#!/bin/sh\nLD_LIBRARY_PATH=${library} LD_PRELOAD=${mutant ?? ""} exec ${library}/touchstone "$@"\n`, { mode: 0o755 });
    for (const file of files) {
      const ran = await run("node", ["--test", "--test-reporter=tap", file], { cwd, env: { ...process.env, TOUCHSTONE_PROGRAM: wrapper }, limit: 90000 });
      if (ran.status !== 0) return `${file}: ${/^\s*not ok \d+ - (.*)$/m.exec(ran.out)?.[1] ?? `status ${ran.status}`}`;
    }
    return null;
  }
}
