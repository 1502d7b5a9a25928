// One round of wrk against one address, and what the server spent on it.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { cpuNs, withDescriptors } from './peers.mjs';

const tellDone = `
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format('\\nresult {"requests":%d,"us":%d,"p50_us":%d,"p99_us":%d,"failed":%d}\\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;

function script(folder, what) {
    const file = path.join(folder, 'ask.lua');
    const lines = [];
    if (what.body !== undefined)
        lines.push(`wrk.method = "POST"`, `wrk.headers["Content-Type"] = "application/json"`,
                   `wrk.body = ${JSON.stringify(JSON.stringify(what.body))}`);
    writeFileSync(file, lines.join('\n') + tellDone);
    return file;
}

function wrk(args) {
    const [shell, rest] = withDescriptors('wrk', args);
    const child = spawn(shell, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', (bytes) => { told += bytes; });
    return new Promise((resolve, reject) => {
        child.on('exit', () => {
            const result = /result (\{.*\})/.exec(told)?.[1];
            if (result === undefined)
                reject(new Error(`wrk said:\n${told}`));
            else
                resolve(JSON.parse(result));
        });
    });
}

// What one server answers in `seconds` on `connections` kept open.
export async function measure(server, url, what, connections, seconds, folder) {
    const before = cpuNs(server.pid);
    const got = await wrk(['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s',
                           '-s', script(folder, what), url]);
    const spent = cpuNs(server.pid) - before;
    return {
        per_second: got.requests / (got.us / 1e6),
        cpu_us: got.requests === 0 ? null : spent / 1e3 / got.requests,
        p50_ms: got.p50_us / 1e3,
        p99_ms: got.p99_us / 1e3,
        failed: got.failed,
    };
}

export function median(values) {
    const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
    return sorted.length === 0 ? null : sorted[Math.floor(sorted.length / 2)];
}

// {median, least, most}, or null of nothing.
export function spread(values) {
    const known = values.filter((value) => value !== null);
    return known.length === 0
        ? null : { median: median(known), least: Math.min(...known), most: Math.max(...known) };
}
