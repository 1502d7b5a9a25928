// make install into a folder of its own, what it put there in use, and make uninstall.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { remove, root, temporaryFolder } from "./support.mjs";

const folder = temporaryFolder();
const below = (name) => path.join(folder, "usr", name);
const installed = below("bin/touchstone");

// Nothing of a make that runs these tests is to reach the one they run.
const plain = Object.fromEntries(Object.entries(process.env).filter(
  ([name]) => !/^(TOUCHSTONE_|MAKE|MFLAGS)/.test(name)));

function told(program, args, options = {}) {
  return new Promise((done) => execFile(program, args, { env: plain, maxBuffer: 16 << 20, ...options },
    (error, out, err) => done({ status: error === null ? 0 : error.code, out, err })));
}

const make = (target) => told("make", [target, `DESTDIR=${folder}`, "PREFIX=/usr"], { cwd: root });

function files(of = folder) {
  return fs.readdirSync(of, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath ?? one.path, one.name));
}

const has = (program, ...args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

async function commands() {
  const { out } = await told(installed, ["help", "--words"]);
  return out.trim().split("\n").map((line) => line.split("\t")[0]);
}

before(async () => {
  const made = await make("install");
  assert.equal(made.status, 0, made.err);
});

after(() => remove(folder));

test("the installed program answers from the installed base, wherever it is run and was moved to", async () => {
  const answer = await told(installed, ["check", "does dry needling help neck knots"], { cwd: "/" });
  assert.equal(answer.status, 0, answer.err);
  assert.match(answer.out, /Dry needling/);
  const elsewhere = path.join(folder, "moved");
  fs.cpSync(below("."), elsewhere, { recursive: true });
  const moved = await told(path.join(elsewhere, "bin/touchstone"), ["verify", "--json"], { cwd: "/" });
  assert.equal(JSON.parse(moved.out).db, path.join(elsewhere, "share/touchstone/touchstone.db"));
  remove(elsewhere);
});

test("a touchstone.db in the folder goes before the installed one", async () => {
  const own = path.join(folder, "own");
  fs.mkdirSync(own);
  fs.copyFileSync(below("share/touchstone/touchstone.db"), path.join(own, "touchstone.db"));
  const answer = await told(installed, ["verify", "--json"], { cwd: own });
  assert.equal(JSON.parse(answer.out).db, "touchstone.db");
  remove(own);
});

test("each command has a page that tells each of its options", async () => {
  const names = await commands();
  assert.ok(names.length >= 13);
  const main = fs.readFileSync(below("share/man/man1/touchstone.1"), "utf8");
  for (const name of names) {
    const page = fs.readFileSync(below(`share/man/man1/touchstone-${name}.1`), "utf8");
    assert.ok(main.includes(`touchstone\\-${name} (1)`));
    const help = (await told(installed, [name, "--help"])).out;
    for (const [, option] of help.matchAll(/^  --([a-z-]+)/gm))
      assert.ok(page.includes(`.TP\n\\fB\\-\\-${option.replaceAll("-", "\\-")}\\fR`), `${name} --${option}`);
  }
});

test("groff has nothing against the pages", { skip: !has("groff", "--version") && "skipped: no groff" }, async () => {
  for (const page of files(below("share/man"))) {
    const set = await told("groff", ["-ww", "-K", "utf8", "-man", "-Tutf8", page]);
    assert.equal(set.err, "", page);
    assert.match(set.out, /touchstone.* - /);
  }
});

test("bash completes commands, options and files", async () => {
  const script = below("share/bash-completion/completions/touchstone");
  const offered = async (...words) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const text = `compopt() { :; }; . "$1"; COMP_WORDS=("$2" ${quoted}); COMP_CWORD=${words.length}
      _touchstone "$2" "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { out, err } = await told("bash", ["-c", text, "bash", script, installed], { cwd: folder });
    assert.equal(err, "");
    return out.trim().split("\n");
  };
  assert.deepEqual(await offered("ve"), ["vet", "verify"]);
  assert.deepEqual(await offered("help", "ra"), ["rate"]);
  assert.deepEqual(await offered("pool", "--me"), ["--measure", "--method"]);
  assert.deepEqual(await offered("rate", "--db", "us"), ["usr"]);
  assert.deepEqual(await offered("pool", "--measure", ""), [""]); // what it takes is no file
});

test("systemd understands the units and finds the service well shut in",
  { skip: !has("systemd-analyze", "--version") && "skipped: no systemd-analyze" }, async () => {
    const units = ["touchstone.service", "touchstone.socket"].map((name) => below(`lib/systemd/system/${name}`));
    // Without a root of its own the program it would begin is not where the unit says.
    const text = (await told("systemd-analyze", ["verify", "--man=no", `--root=${folder}`,
      ...units.map((unit) => unit.slice(folder.length))])).err;
    assert.doesNotMatch(text, /Unknown|Failed to parse|Invalid|Missing/i, text);
    const security = await told("systemd-analyze", ["security", "--offline=true", `--root=${folder}`,
      "--threshold=20", "touchstone.service"]);
    assert.equal(security.status, 0, security.out);
  });

// The packages that the image of the Dockerfile has, and the release of Debian that it is made from.
function image() {
  const text = fs.readFileSync(path.join(root, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  const last = text.slice(text.lastIndexOf("\nFROM "));
  return { release: last.match(/FROM debian:([a-z]+)/)[1], packages: last.match(/apt-get install ([^&]*)/)[1].trim().split(/\s+/) };
}

function release() {
  const file = "/etc/os-release";
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").match(/^VERSION_CODENAME=(\w+)/m)?.[1] : undefined;
}

test("the image has the package of every library that the program is linked with, or loads", {
  skip: (release() !== image().release || !has("readelf", "--version")) &&
    "skipped: needs readelf and the release of Debian that the image is made from",
}, async () => {
  const { packages } = image();
  const linked = (await told("readelf", ["-d", installed])).out;
  const late = fs.readFileSync(path.join(root, process.env.BUILD ?? "build", "late_names.h"), "utf8");
  const libraries = [...linked.matchAll(/\(NEEDED\).*\[(.+)\]/g), ...late.matchAll(/"(.+)"/g)].map(([, name]) => name);
  assert.ok(libraries.length > 5, linked);
  const found = (await told("dpkg-query", ["-S", ...libraries.map((library) => `*/${library}`)])).out.split("\n");
  for (const library of libraries) {
    const owners = found.filter((line) => line.endsWith(`/${library}`)).map((line) => line.split(":")[0]);
    assert.ok(owners.some((owner) => owner === "libc6" || packages.includes(owner)), `${library} is of ${owners}`);
  }
});

test("uninstalling leaves no file", async () => {
  const gone = await make("uninstall");
  assert.equal(gone.status, 0, gone.err);
  assert.deepEqual(files(), []);
});
