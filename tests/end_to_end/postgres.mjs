// PostgreSQL servers of a test's own: a primary and a standby that every commit waits for. They refuse
// root: as root they run as the user postgres (or nobody).

import { execFile } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { program } from "./support.mjs";

const call = promisify(execFile);

function serverFolder() {
  const versions = "/usr/lib/postgresql";
  const known = fs.existsSync(versions) ? fs.readdirSync(versions).sort((a, b) => b - a) : [];
  return known.map((version) => path.join(versions, version, "bin"))
    .find((folder) => fs.existsSync(path.join(folder, "initdb")));
}

const tools = serverFolder();
const isRoot = process.getuid() === 0;
const user = fs.readFileSync("/etc/passwd", "utf8").includes("postgres:") ? "postgres" : "nobody";

/** Why there is none to be had here; false where there is. */
export async function missing() {
  if (tools === undefined)
    return "PostgreSQL is not installed here (Debian: apt-get install postgresql)";
  const told = await call(program, ["verify", "--db", "postgresql:///?host=/nowhere"])
    .catch((failed) => failed);
  return /built without/.test(told.stderr) ? "the program was built without libpq" : false;
}

export async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A server in a folder of its own. `under` is a command that runs another, such as
 * ["ip", "netns", "exec", NAME]; `stop` ends it whatever its state. */
export class Database {
  constructor({ host = "127.0.0.1", port, under = [] }) {
    Object.assign(this, { host, port, under });
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-postgres-"));
    this.data = path.join(this.folder, "data");
    if (isRoot)
      fs.chownSync(this.folder, ...this.owner());
  }

  owner() {
    const [, , uid, gid] = fs.readFileSync("/etc/passwd", "utf8").split("\n")
      .map((line) => line.split(":")).find(([name]) => name === user);
    return [Number(uid), Number(gid)];
  }

  /** Runs one of its tools. */
  run(tool, ...args) {
    const as = isRoot ? ["runuser", "-u", user, "--"] : [];
    const [first, ...rest] = [...this.under, ...as, path.join(tools, tool), ...args];
    return call(first, rest, { cwd: this.folder, timeout: 60000 });
  }

  sql(statement) {
    return this.run("psql", "-X", "-At", "-h", this.folder, "-p", `${this.port}`, "-U", "tester", "-d", "postgres",
      "-c", statement).then(({ stdout }) => stdout.trim());
  }

  async start() {
    const settings = { port: this.port, listen_addresses: `'${this.host}'`, unix_socket_directories: `'${this.folder}'`,
      fsync: "off", wal_level: "replica", wal_receiver_status_interval: "1s" };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`).join(" ");
    const log = path.join(this.folder, "log");
    await this.run("pg_ctl", "-D", this.data, "-w", "-l", log, "-o", options, "start").catch((failed) => {
      throw new Error(`${failed.message}\n${fs.readFileSync(log, "utf8").slice(-2000)}`);
    });
  }

  /** A new one, empty. */
  static async primary(where) {
    const database = new Database(where);
    await database.run("initdb", "-D", database.data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N");
    fs.appendFileSync(path.join(database.data, "pg_hba.conf"),
      "host all all 10.0.0.0/8 trust\nhost replication all 10.0.0.0/8 trust\n");
    await database.start();
    return database;
  }

  /** One that follows it, and that its commits wait for from here on. */
  async standby(where) {
    const standby = new Database(where);
    await standby.run("pg_basebackup", "-D", standby.data, "-R", "-X", "stream", "-c", "fast",
      "-d", `host=${this.host} port=${this.port} user=tester`);
    await standby.start();
    await this.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await this.sql("SELECT pg_reload_conf()");
    return standby;
  }

  promote() {
    return this.run("pg_ctl", "-D", this.data, "-w", "promote");
  }

  halt() {
    return this.run("pg_ctl", "-D", this.data, "-w", "-m", "fast", "stop");
  }

  /** As when its machine loses power: the server and all its processes at once. */
  kill() {
    const file = path.join(this.data, "postmaster.pid");
    if (!fs.existsSync(file))
      return;
    const first = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
    const parent = (process) => {
      try {
        return Number(/^PPid:\t(\d+)/m.exec(fs.readFileSync(`/proc/${process}/status`, "utf8"))[1]);
      } catch {
        return 0; // it has ended
      }
    };
    const children = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parent(name) === first);
    for (const one of [first, ...children.map(Number)])
      try {
        process.kill(one, "SIGKILL");
      } catch { /* it has ended */ }
    /* Where nobody collects the dead, their numbers look alive to the next server here. */
    for (const lock of [file, path.join(this.folder, `.s.PGSQL.${this.port}.lock`)])
      fs.rmSync(lock, { force: true });
  }

  stop() {
    this.kill();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
