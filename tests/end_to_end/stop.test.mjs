// When to stop: diaries at the command line, and the promise that nothing of them is kept.

import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, build, remove, run, temporaryFolder } from "./support.mjs";

let folder, db;

before(async () => {
  folder = temporaryFolder();
  db = path.join(folder, "touchstone.db");
  await build(db);
});

after(() => remove(folder));

const diary = {
  intervention: "TENS", condition: "long-lasting low back pain", scale: "0-10",
  diary: [{ day: 0, score: 7 }, { day: 6, score: 6 }, { day: 12, score: 5 }, { day: 18, score: 5 }],
};
const csv = "day;score;session\n0;7,0;1\n6;6;1\n12;5;1\n\n18;5;1\n";
const options = ["--with", "TENS", "--for", "long-lasting low back pain"];

function stop(args, input) {
  return run(["stop", ...args, "--db", db], { input });
}

function file(name, text) {
  const at = path.join(folder, name);
  fs.writeFileSync(at, text);
  return at;
}

async function answered(args, input) {
  const told = await stop(["--json", ...args], input);
  assert.equal(told.status, 0, told.err);
  return JSON.parse(told.out);
}

// ---- the command ----

test("stop reads JSON and CSV, from a file and from standard input, to one answer", async () => {
  const json = JSON.stringify(diary);
  const from = [
    await answered([file("diary.json", json)]),
    await answered(["-"], json),
    await answered([...options, "--scale", "0-10", file("diary.csv", csv)]),
    await answered([...options, "--scale", "0-10", "-"], csv),
  ];
  for (const answer of from) {
    assert.equal(answer.decision, "continue");
    assert.equal(answer.intervention.id, "tens");
    assert.equal(answer.condition.id, "chronic-low-back-pain");
    assert.equal(answer.probability_of_goal, from[0].probability_of_goal);
  }
  assert.deepEqual(from[1], from[0]);
  assert.deepEqual(from[3], from[2]);
});

test("stop prints the decision, a chart, what it rests on and what to mind", async () => {
  const told = await stop(["-"], JSON.stringify({ ...diary, medicines: ["simvistatin"] }));
  assert.equal(told.status, 0);
  assert.match(told.out, /^Go on {2}\(rule T7\)\n/);
  for (const words of [/chance of reaching the goal/, /\*\s+your scores/, /What it rests on/,
    /Your medicines and your muscles/, /simvastatin \(you wrote\s+simvistatin\)/, /\n {2}Mind\n|Mind/])
    assert.match(told.out, words);
  assert.ok(told.out.split("\n").every((line) => line.length <= 100));
});

test("stop says what to do first where there is danger", async () => {
  const told = await stop(["--symptoms", "crushing chest pain", "-"], JSON.stringify(diary));
  assert.equal(told.status, 0);
  assert.match(told.out, /^Get help {2}\(rule T1\)\n {2}This may be an emergency: call an ambulance/);
  const noted = "day,score,note\n0,7,\n3,,\"fever and chills, my back is agony\"\n";
  assert.equal((await answered([...options, "-"], noted)).decision, "seek-care");
});

test("stop never tells to stop a medicine", async () => {
  const no_better = "day,score\n0,7\n6,7\n12,7\n18,7\n24,7\n";
  const told = await stop(["--with", "valium", "--for", "back pain", "-"], no_better);
  assert.match(told.out, /^Not helping enough/);
  assert.match(told.out.replace(/\s+/g, " "),
    /Talk to whoever prescribed it.*must not be stopped from one day to the next/);
});

test("stop writes the chart as SVG", async () => {
  const told = await stop(["--svg", "-"], JSON.stringify(diary));
  assert.match(told.out, /^<svg [^]*<title[^]*<desc[^]*<\/svg>\s*$/);
});

test("what is wrong with a diary is told in a line, with status 1", async () => {
  const wrong = [
    ["{", /standard input: .*line 1/],
    ["{\"diary\":[]}", /--with/],
    [JSON.stringify({ ...diary, condition: undefined }), /--for/],
    [JSON.stringify({ ...diary, diary: [{ day: 0, score: 12 }] }), /\/diary\/0\/score.*off its scale/],
    ["date,score\n03.04.2026,7\n", /line 2: "03\.04\.2026" may be either of two days/],
    ["day,score\n0,7\n1,eight\n", /line 3, score: "eight"/],
    ["when,how bad\n0,7\n", /must name the columns/],
    ["", /nothing in it/],
    [`day,score\n${"0,7\n".repeat(2100)}`, /at most 2000 scores/],
  ];
  for (const [text, says] of wrong) {
    const told = await stop([...(/^\{/.test(text) ? [] : options), "-"], text);
    assert.equal(told.status, 1, text.slice(0, 60));
    assert.match(told.err, says);
    assert.equal(told.out, "");
    assert.equal(told.err.split("\n").length, 2, told.err);
  }
  assert.equal((await stop([path.join(folder, "absent.csv")])).status, 1);
});

test("stop has its statuses of usage and store", async () => {
  assert.equal((await stop([])).status, 2);
  assert.equal((await stop(["a", "b"])).status, 2);
  assert.equal((await stop(["--frobnicate", "-"])).status, 2);
  const told = await run(["stop", "--db", path.join(folder, "no.db"), "-"],
    { input: JSON.stringify(diary) });
  assert.equal(told.status, 3);
});

// ---- nothing is kept ----

// A word that stands in no other place on this machine.
const marker = `zq${process.pid}x${Date.now().toString(36)}q`;

const bodies = [
  ["/v1/stop", { ...diary, symptoms: `my knee feels ${marker}` }],
  ["/v1/stop", { ...diary, medicines: [marker], adverse_events: [marker] }],
  ["/v1/stop", { ...diary, changes: [{ day: 3, what: `started ${marker}` }] }],
  ["/v1/stop", { ...diary, diary: [{ day: 0, score: 5, note: marker }] }],
  ["/v1/stop.svg", { ...diary, symptoms: marker }],
  ["/v1/red-flags/check", { text: `crushing chest pain ${marker}` }],
  ["/v1/check", { q: `does ${marker} help neck pain` }],
  // refused: the answer may name what was sent, to whoever sent it
  ["/v1/stop", { ...diary, intervention: marker }],
  ["/v1/stop", { ...diary, [marker]: 1 }],
  ["/v1/stop", { ...diary, diary: [{ day: marker, score: marker }] }],
  ["/v1/red-flags/check", { words: marker }],
];

// Bytes on a connection of their own, cut short and broken.
function raw(server, text) {
  const { hostname, port } = new URL(server.url);
  return new Promise((done) => {
    const socket = net.connect(Number(port), hostname, () => socket.end(text));
    socket.on("error", done).on("close", done).resume();
    setTimeout(() => socket.destroy(), 3000).unref();
  });
}

const json = { "Content-Type": "application/json" };

async function sendAll(server) {
  for (const [target, body] of bodies) {
    const answer = await server.ask(target,
      { method: "POST", headers: json, body: JSON.stringify(body) });
    assert.ok([200, 400].includes(answer.status), `${target}: ${answer.status}`);
    assert.equal(answer.headers["cache-control"], "no-store");
  }
  const refused = [
    [{ method: "POST", headers: { "Content-Type": "text/plain" }, body: marker }, 415],
    [{ method: "POST", headers: json, body: `{"symptoms": "${marker}"` }, 400],
    [{ method: "PUT", headers: json, body: marker }, 405],
    [{ method: "POST", headers: json, body: `"${marker.repeat(90000)}"` }, 413],
  ];
  for (const [options, status] of refused)
    assert.equal((await server.ask("/v1/stop", options)).status, status);
  for (const text of [
    `POST /v1/stop HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{"symptoms":"${marker}`,
    `POST /v1/stop HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${marker}\r\n`,
    `POST /v1/stop HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n${marker}`,
    `POST /v1/stop\r\n\r\n${marker}`,
    `\0\0${marker}\r\n\r\n`,
  ])
    await raw(server, text);
}

function everyFile(at) {
  return fs.readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile()).map((one) => path.join(one.parentPath ?? one.path, one.name));
}

test("nothing that people tell of themselves is kept: not in log, store or temporary files", async () => {
  const place = path.join(folder, "private");
  const temporary = path.join(place, "tmp");
  fs.mkdirSync(temporary, { recursive: true });
  const log = path.join(place, "access.log");
  const store = path.join(place, "touchstone.db");
  fs.copyFileSync(db, store);
  const server = await Server.start(["--db", store, "--log", log],
    { env: { TMPDIR: temporary, SQLITE_TMPDIR: temporary }, cwd: place });
  let out;
  try {
    await sendAll(server);
    // The store becomes unreadable: the trouble of whoever runs it, in whose log no question stands.
    for (const name of fs.readdirSync(place).filter((one) => one.startsWith("touchstone.db")))
      fs.renameSync(path.join(place, name), path.join(place, `gone-${name}`));
    fs.writeFileSync(store, "no store at all");
    const broken = await server.get(`/v1/studies?q=${marker}`);
    assert.ok(broken.status >= 500, `${broken.status}`);
    await server.ask("/v1/stop",
      { method: "POST", headers: json, body: JSON.stringify({ ...diary, symptoms: marker }) });
    const metrics = await server.get("/metrics");
    assert.ok(!metrics.body.includes(marker));
    out = server.err;
  } finally {
    await server.stop();
  }
  out += server.err;
  const lines = fs.readFileSync(log, "utf8").trim().split("\n");
  assert.ok(lines.length >= bodies.length, "the requests themselves are logged");
  assert.ok(lines.every((line) => JSON.parse(line).query === undefined ||
    JSON.parse(line).query === null));
  assert.ok(!out.includes(marker), "not on standard error");
  const files = everyFile(place);
  assert.ok(files.length >= 3);
  for (const one of files)
    assert.ok(!fs.readFileSync(one).includes(marker), `not in ${path.relative(place, one)}`);
});

test("the command keeps nothing either", async () => {
  const place = path.join(folder, "command");
  fs.mkdirSync(place);
  const told = await run(["stop", "--db", db, "--symptoms", marker, "-"],
    { input: JSON.stringify(diary), cwd: place, env: { TMPDIR: place } });
  assert.equal(told.status, 0);
  assert.deepEqual(fs.readdirSync(place), []);
  for (const name of fs.readdirSync(folder).filter((one) => one.startsWith("touchstone.db")))
    assert.ok(!fs.readFileSync(path.join(folder, name)).includes(marker), name);
});
