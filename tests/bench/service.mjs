// The service under load, beside its peers in the same run.
//
//     node tests/bench/service.mjs PROGRAM STORE [OUT.json]
//
// BENCH_SECONDS (1) a round, and a second more for each 1,000 connections; BENCH_ROUNDS (3),
// BENCH_CONNECTIONS (1,64,1000,4000), BENCH_ONLY (a name's beginning). In a round everybody answers
// the same case in turn, so a machine that others load is as loaded for all: compare ratios. A ratio above 1 is in our favour.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { measure, spread } from './load.mjs';
import { installed, residentKb, startFastify, startListening, startNginx } from './peers.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 1);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = (process.env.BENCH_CONNECTIONS ?? '1,64,1000,4000').split(',').map(Number);

const question = 'dry-needling.neck-pain.sham.pain-intensity.short';
const advert = 'Melts muscle knots in 60 seconds! Our pocket massage gun is clinically proven to end neck pain '
    + 'for good. No side effects, FDA registered, 10,000 five star reviews.';
const diary = Array.from({ length: 14 }, (_, i) => ({ day: 2 * i, score: 7 - (i % 3) }));

// `fewer`: long answers, on 64 connections at most.
const cases = [
    { name: 'rating', path: `/v1/ratings/${question}` },
    { name: 'headline', path: '/v1/ratings/dry-needling/neck-pain' },
    { name: 'check', path: '/v1/check?q=does+dry+needling+help+neck+knots' },
    { name: 'search', path: '/v1/studies?q=dry+needling+neck&limit=10' },
    { name: 'suggest', path: '/v1/suggest?q=dry+nee' },
    { name: 'vet', path: '/v1/claims', body: { text: advert } },
    { name: 'claim', path: '/v1/claims/tens.blocks-pain-signals' },
    { name: 'stop', path: '/v1/stop', body: { intervention: 'dry-needling', condition: 'neck-pain', diary } },
    { name: 'what-if', path: '/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/what-if',
      body: { leave_out: ['ts:cd004871-kostopoulos-2008'] } },
    { name: 'plot', path: `/v1/ratings/${question}/forest.svg` },
    { name: 'export', path: '/v1/export/ratings.csv', fewer: true },
].filter(({ name }) => name.startsWith(process.env.BENCH_ONLY ?? ''));

async function answerOf(ours, what) {
    const options = what.body === undefined ? {} : {
        method: 'POST', body: JSON.stringify(what.body), headers: { 'Content-Type': 'application/json' } };
    const response = await fetch(ours.url + what.path, { ...options, headers: { ...options.headers, 'Accept-Encoding': 'identity' } });
    if (!response.ok)
        throw new Error(`${what.name}: ${response.status} ${await response.text()}`);
    return { id: what.name, text: await response.text(), type: response.headers.get('content-type') };
}

// Who answers a case, and where.
function contestants(what, servers) {
    const all = { ours: [servers.ours, servers.ours.url + what.path, what] };
    if (servers.nginx !== null) {
        all.nginx_file = [servers.nginx, `${servers.nginx.url}/file/${what.name}`, {}];
        if (what.name !== 'export')
            all.nginx_memory = [servers.nginx, `${servers.nginx.url}/memory/${what.name}`, {}];
    }
    if (servers.fastify !== null && what.name === 'rating')
        all.fastify = [servers.fastify, servers.fastify.url + what.path, what];
    return all;
}

// Many connections take a while to be made, which is nobody's throughput.
const roundOf = (count) => seconds + Math.ceil(count / 1000) - (count < 1000 ? 1 : 0);

// null where one of them answered nothing in its time.
const ratio = (above, below) => above > 0 && below > 0 ? above / below : null;

async function compare(what, count, servers, folder) {
    const taken = {};
    for (let round = 0; round < rounds; round++)
        for (const [who, [server, url, ask]] of Object.entries(contestants(what, servers)))
            (taken[who] ??= []).push(await measure(server, url, ask, count, roundOf(count), folder));
    const row = { case: what.name, connections: count, bytes: what.bytes, answers: {}, ratios: {} };
    for (const [who, list] of Object.entries(taken)) {
        row.answers[who] = Object.fromEntries(['per_second', 'cpu_us', 'p50_ms', 'p99_ms'].map(
            (key) => [key, spread(list.map((one) => one[key]))]));
        row.answers[who].failed = list.reduce((sum, one) => sum + one.failed, 0);
        if (who !== 'ours')
            row.ratios[who] = {
                throughput: spread(list.map((one, i) => ratio(taken.ours[i].per_second, one.per_second))),
                cpu: spread(list.map((one, i) => ratio(one.cpu_us, taken.ours[i].cpu_us))),
            };
    }
    return row;
}

const number = (value) => value === null || value === undefined ? '-'
    : value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
const told = (figure) => figure === undefined || figure === null ? '-'
    : `${number(figure.median)} (${number(figure.least)}-${number(figure.most)})`;

const columns = [['case', 9], ['conns', 5], ['bytes', 7], ['req/s', 9], ['CPU us', 8], ['p50 ms', 8], ['p99 ms', 8],
                 ['/ nginx file', 18], ['CPU / file', 18], ['/ nginx memory', 18], ['/ Fastify', 18], ['failed', 6]];
const line = (cells) => cells.map((cell, i) => String(cell).padStart(columns[i][1])).join(' ');

function tell(row) {
    const { ours } = row.answers;
    console.log(line([row.case, row.connections, row.bytes, number(ours.per_second.median), number(ours.cpu_us?.median),
                      number(ours.p50_ms.median), number(ours.p99_ms.median), told(row.ratios.nginx_file?.throughput),
                      told(row.ratios.nginx_file?.cpu), told(row.ratios.nginx_memory?.throughput),
                      told(row.ratios.fastify?.throughput), ours.failed]));
}

async function startAll(program, store, folder) {
    const ours = await startListening('touchstone', program, ['serve', '--db', store, '--listen', '127.0.0.1:0', '--log', '/dev/null']);
    const bodies = [];
    for (const what of cases) {
        bodies.push(await answerOf(ours, what));
        what.bytes = Buffer.byteLength(bodies.at(-1).text);
    }
    const copy = path.join(folder, 'fastify.db');
    copyFileSync(store, copy);
    const rating = bodies.find(({ id }) => id === 'rating');
    return { ours, nginx: await startNginx(folder, bodies),
             fastify: rating === undefined ? null : await startFastify(copy, { [question]: rating.text }) };
}

async function main([program, store, out]) {
    if (!installed('wrk')) {
        console.log('service: skipped, wrk is not installed');
        return;
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-bench-'));
    const servers = await startAll(program, store, folder);
    const peers = cases.some(({ name }) => name === 'rating') ? ['nginx', 'fastify'] : ['nginx'];
    const skipped = peers.filter((name) => servers[name] === null);
    try {
        console.log(`${rounds} rounds of ${seconds} s (and a second more for each 1,000 connections), everybody in turn; median (least-most); ratios: ours to theirs, above 1 is ours`);
        for (const name of skipped)
            console.log(`${name}: skipped, not installed${name === 'fastify' ? ' (npm install in tests/bench/fastify)' : ''}`);
        console.log(line(columns.map(([name]) => name)));
        const rows = [];
        for (const what of cases)
            for (const count of connections.filter((one) => !what.fewer || one <= 64)) {
                rows.push(await compare(what, count, servers, folder));
                tell(rows.at(-1));
            }
        const resident_kb = residentKb(servers.ours.pid);
        console.log(`resident after all that: ${(resident_kb / 1024).toFixed(1)} MB`);
        if (out !== undefined)
            writeFileSync(out, JSON.stringify({ seconds, rounds, skipped, rows, resident_kb }, null, 1) + '\n');
    } finally {
        Object.values(servers).forEach((server) => server?.stop());
        rmSync(folder, { recursive: true, force: true });
    }
}

await main(process.argv.slice(2));
