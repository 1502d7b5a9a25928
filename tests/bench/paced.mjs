// How long answers take where a server is asked half as often as it can answer: 64 connections ask at
// even times whether the last answer has come or not (h2load --rps), nginx from a file as often.
//
//     node tests/bench/paced.mjs PROGRAM STORE
//
// Lines of p50 and p99 for table.mjs. h2load is of Debian's nghttp2-client; without it this is skipped.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { measure, median } from './load.mjs';
import { installed, startListening, startNginx } from './peers.mjs';

const connections = 64;
const seconds = Number(process.env.BENCH_SECONDS ?? 1) * 8;
const question = '/v1/ratings/dry-needling.neck-pain.sham.pain-intensity.short';
const share = (sorted, of) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))];

async function highest(server, url, folder) {
    const rounds = [];
    for (let i = 0; i < 3; i++)
        rounds.push((await measure(server, url, {}, connections, 2, folder)).per_second);
    return median(rounds);
}

// Times of all answers in microseconds, sorted. A line of h2load's log: began, status, took.
function pacedTimes(url, perSecond, folder) {
    const log = path.join(folder, 'paced.log');
    rmSync(log, { force: true });
    const asked = spawnSync('h2load', ['--h1', '-t1', `-c${connections}`, `-D${seconds}`, '--warm-up-time=1',
                                       `--rps=${Math.max(1, Math.round(perSecond / connections))}`, `--log-file=${log}`, url],
                            { encoding: 'utf8' });
    if (asked.status !== 0)
        throw new Error(`h2load said:\n${asked.stdout}${asked.stderr}`);
    const answers = readFileSync(log, 'utf8').trimEnd().split('\n').map((line) => line.split('\t').map(Number));
    const failed = answers.filter(([, status]) => status !== 200).length;
    if (failed > 0)
        throw new Error(`${failed} of ${answers.length} answers of ${url} were none`);
    return answers.map(([, , took]) => took).sort((a, b) => a - b);
}

function tell(name, perSecond, times) {
    const asked = times.length / seconds;
    console.log(`${`${name}, ${Math.round(perSecond)} requests/s wanted, ${Math.round(asked)} had`.padEnd(60)} `
                + `p50 ${share(times, 0.5)} us   p99 ${share(times, 0.99)} us   p99.9 ${share(times, 0.999)} us   (${times.length} asked)`);
}

async function main([program, store]) {
    const lacking = ['wrk', 'h2load'].filter((name) => !installed(name));
    if (lacking.length > 0) {
        console.log(`paced: skipped, ${lacking.join(' and ')} not installed`);
        return;
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-paced-'));
    const ours = await startListening('touchstone', program, ['serve', '--db', store, '--listen', '127.0.0.1:0', '--log', '/dev/null']);
    const text = await (await fetch(ours.url + question)).text();
    const nginx = await startNginx(folder, [{ id: 'rating', text, type: 'application/json' }]);
    try {
        const half = await highest(ours, ours.url + question, folder) / 2;
        tell('a rating at half load', half, pacedTimes(ours.url + question, half, folder));
        if (nginx !== null)
            tell('nginx, as often', half, pacedTimes(`${nginx.url}/file/rating`, half, folder));
    } finally {
        ours.stop();
        nginx?.stop();
        rmSync(folder, { recursive: true, force: true });
    }
}

await main(process.argv.slice(2));
