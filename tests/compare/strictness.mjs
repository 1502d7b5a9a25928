// The bytes of tests/end_to_end/strictness-cases.mjs sent to Touchstone and to nginx, side by side, as a table of Markdown.
//
//   node tests/compare/strictness.mjs [--db touchstone.db] [--touchstone ./touchstone] [--nginx nginx]
//
// nginx stands as it comes, on loopback, and passes what it takes on to a server of its own that answers 200 and shows
// how many requests it was given; so every body is read to its end. Both are stopped at the end.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { cases, send } from "../end_to_end/strictness-cases.mjs";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};

const freePort = () => new Promise((done) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

const listens = async (port) => {
  for (let tries = 0; tries < 250; tries++) {
    const there = await new Promise((done) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.on("connect", () => { socket.destroy(); done(true); });
      socket.on("error", () => done(false));
    });
    if (there)
      return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`nothing listens on ${port}`);
};

async function startNginx(folder) {
  const port = await freePort();
  const behind = await freePort();
  const config = path.join(folder, "nginx.conf");
  fs.writeFileSync(config, `
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${behind}; location / { return 200 "ok\\n"; } }
  server { listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${behind}; }
    location /assets/ { root ${folder}; } }
}
`);
  const child = spawn(option("nginx", "nginx"), ["-p", folder, "-c", config], { stdio: ["ignore", "ignore", "inherit"] });
  await listens(port);
  return { child, port };
}

async function startTouchstone() {
  const port = await freePort();
  const child = spawn(option("touchstone", "./touchstone"),
    ["serve", "--db", option("db", "touchstone.db"), "--listen", `127.0.0.1:${port}`, "--log", "/dev/null"],
    { stdio: ["ignore", "ignore", "inherit"] });
  await listens(port);
  return { child, port };
}

const shown = ({ answers, closed }) => `${answers.join(", then ") || "nothing"}${closed ? ", closed" : ""}`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strictness-"));
const servers = [await startTouchstone(), await startNginx(folder)];
try {
  const version = execFileSync("sh", ["-c", `${option("nginx", "nginx")} -v 2>&1`]).toString().trim();
  process.stdout.write(`| what is sent | Touchstone | ${version.replace(/^.*: /, "")} |\n|---|---|---|\n`);
  for (const { name, bytes } of cases) {
    const seen = [];
    for (const { port } of servers)
      seen.push(shown(await send(() => net.connect(port, "127.0.0.1"), bytes, 700)));
    process.stdout.write(`| ${name.replaceAll("|", "\\|")} | ${seen.join(" | ")} |\n`);
  }
} finally {
  for (const { child } of servers)
    child.kill("SIGTERM");
  await Promise.all(servers.map(({ child }) => new Promise((done) => child.on("close", done))));
  fs.rmSync(folder, { recursive: true, force: true });
}
