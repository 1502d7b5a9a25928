// What a test of the pages needs: the program serving a fresh base, and a browser. Where one of
// them is missing, `missing` says which, and the tests are skipped with those words.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.TOUCHSTONE_PROGRAM ?? join(root, "touchstone");
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Nothing of the browser's own may go out: what leaves the page is to be seen and counted.
const quiet = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

async function load(name) {
  try {
    return await import(name);
  } catch {
    return null;
  }
}

const playwright = await load("playwright-core");

export const missing =
  playwright === null ? "node_modules is missing here: run npm ci in tests/pages"
  : !existsSync(chromium) ? `${chromium} is missing: install chromium, or set CHROMIUM`
  : !process.env.TOUCHSTONE_URL && !existsSync(program) ? `${program} is missing: run make`
  : false;

// The source of axe, to be put into a page. Content-Security-Policy keeps scripts of others out, so
// it is evaluated by the browser's debugger and not added as an element.
export const axeSource = missing
  ? ""
  : await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

// Starts the program on a free port; gives its address and what ends it. With TOUCHSTONE_URL set a
// server that runs already is used.
async function startServer() {
  if (process.env.TOUCHSTONE_URL)
    return { url: process.env.TOUCHSTONE_URL, stop: async () => {}, logged: async () => null, token: null, command: null };
  const folder = await mkdtemp(join(tmpdir(), "touchstone-pages-"));
  const db = join(folder, "pages.db");
  await promisify(execFile)(program, ["build", "--data", "evidence/data", "--db", db], { cwd: root });
  const log = join(folder, "access.log");
  const server = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--log", log], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressOf(server);
  const stop = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true });
  };
  const command = async (name, ...words) =>
    (await promisify(execFile)(program, [name, "--db", db, ...words], { cwd: root })).stdout;
  return { url, stop, logged: () => readFile(log, "utf8"), command, token: (...words) => command("token", ...words) };
}

// From the line "listening on http://…".
function addressOf(server) {
  return new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`serve ended with status ${code}`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      const match = /^listening on (http:\S+)/.exec(line);
      if (match) resolve(match[1]);
    });
  });
}

export async function openStage() {
  const server = await startServer();
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: quiet });
  return {
    url: server.url,
    logged: server.logged, // the access log so far; null where it cannot be read
    token: server.token, // touchstone token with these words: what it prints; null where the store is not ours
    command: server.command, // any other command on that store, "export", "data", folder; null likewise
    browser,
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}
