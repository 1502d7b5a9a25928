// Servers that a bench asks: ours and its peers, each a process of its own on a free port of the
// loopback, ended by its id. A peer that is not installed is null, with the reason in `skipped`.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const here = import.meta.dirname;
const fastify = path.join(here, 'fastify');

export function installed(program) {
    return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

// Many connections need many descriptors; the shell asks for what it may have.
export function withDescriptors(command, args) {
    return ['sh', ['-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh', command, ...args]];
}

function children(pid) {
    const all = [pid];
    for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' '))
        if (child.trim() !== '')
            all.push(...children(Number(child)));
    return all;
}

// Nanoseconds that a process, its threads and its children have had of a processor.
export function cpuNs(pid) {
    let sum = 0;
    for (const one of children(pid))
        for (const task of readdirSync(`/proc/${one}/task`))
            sum += Number(readFileSync(`/proc/${one}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
    return sum;
}

export function residentKb(pid) {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

// A program that says "listening on URL" when it takes requests.
export function startListening(name, command, args) {
    const [shell, rest] = withDescriptors(command, args);
    const child = spawn(shell, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    return new Promise((resolve, reject) => {
        let told = '';
        child.on('exit', (status) => reject(new Error(`${name} ended (${status})`)));
        child.stdout.on('data', (bytes) => {
            told += bytes;
            const url = /listening on (\S+)/.exec(told)?.[1];
            if (url !== undefined)
                resolve({ name, url, pid: child.pid, stop: () => child.kill('SIGTERM') });
        });
    });
}

// nginx quotes as C does, and takes no word beyond 4 kB; a dollar sign cannot be quoted at all.
function inMemory(bodies) {
    const maps = [];
    const locations = bodies.map(({ id, text, type }) => {
        const pieces = [];
        for (let at = 0; at < text.length; at += 800)
            pieces.push(text.slice(at, at + 800));
        const names = pieces.map((piece, i) => {
            const name = `$m_${id.replaceAll('-', '_')}_${i}`;
            const quoted = piece.replace(/[\\"]/g, '\\$&').replaceAll('$', '${dollar}');
            maps.push(`map "" ${name} { default "${quoted}"; }`);
            return name;
        });
        return `location = /memory/${id} { default_type "${type}"; return 200 "${names.join('')}"; }`;
    });
    return { maps, locations };
}

// `bodies`: [{id, text, type}], each at /file/ID and, where it is no longer than 256 kB, /memory/ID.
export async function startNginx(folder, bodies) {
    if (!installed('nginx'))
        return null;
    const port = await freePort();
    const memory = inMemory(bodies.filter((body) => body.text.length <= 256 << 10));
    chmodSync(folder, 0o755); // nginx' workers are somebody else
    mkdirSync(path.join(folder, 'file'), { recursive: true });
    for (const body of bodies)
        writeFileSync(path.join(folder, 'file', body.id), body.text);
    writeFileSync(path.join(folder, 'nginx.conf'), `
daemon off; worker_processes auto; worker_rlimit_nofile 16384; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log crit;
events { worker_connections 8192; }
http {
    access_log /dev/null; sendfile on; tcp_nopush on; keepalive_requests 100000000;
    open_file_cache max=1000; default_type application/json; client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
    geo $dollar { default "$"; }
    variables_hash_max_size 65536; map_hash_max_size 65536; map_hash_bucket_size 8192;
    ${memory.maps.join('\n    ')}
    server { listen 127.0.0.1:${port} backlog=8192; root ${folder}; ${memory.locations.join('\n')} }
}
`);
    const [shell, rest] = withDescriptors('nginx', ['-c', `${folder}/nginx.conf`, '-e', `${folder}/nginx.log`]);
    const child = spawn(shell, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
    for (let i = 0; i < 100; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        const up = await fetch(`http://127.0.0.1:${port}/file/${bodies[0].id}`).then((r) => r.ok, () => false);
        if (up)
            return { name: 'nginx', url: `http://127.0.0.1:${port}`, pid: child.pid, stop: () => child.kill('SIGQUIT') };
    }
    child.kill('SIGTERM');
    return null;
}

// `ratings`: {id: JSON as it is sent}. Its packages are installed by hand: docs/performance.md.
export async function startFastify(store, ratings) {
    if (!existsSync(path.join(fastify, 'node_modules')))
        return null;
    const filled = spawnSync('node', [path.join(fastify, 'fill.mjs'), store],
                             { input: JSON.stringify(ratings), stdio: ['pipe', 'inherit', 'inherit'] });
    if (filled.status !== 0)
        return null;
    return startListening('fastify', 'node', [path.join(fastify, 'server.mjs'), store]);
}
