// One table and one file of JSON from what the benches printed.
//
//     node tests/bench/table.mjs FOLDER OUT.json    FOLDER has NAME.txt of each bench, and service.json
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// The lines of figures that the benches print; other lines are for the reader alone.
const forms = [
    [/^\s*(.*?)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+) (\S+) \(min, median, max of (\d+)\)/,
     (m) => ({ what: m[1], unit: m[5], least: +m[2], median: +m[3], most: +m[4], runs: +m[6] })],
    [/^\s*(.*?)\s+p50\s+([\d.]+) us\s+p99\s+([\d.]+) us/,
     (m) => ({ what: m[1], unit: 'us', median: +m[2], p99: +m[3] })],
    [/^\s*(.*?)\s+([\d.]+) s\s+([\d.]+) MB\/s\s+ours is\s+([\d.]+) times as fast/,
     (m) => ({ what: m[1], unit: 'MB/s', median: +m[3], ratio: +m[4] })],
    [/^\s*(.*?)\s+([\d.]+) (records\/s|ms|us|kB|MB|x)\b/,
     (m) => ({ what: m[1], unit: m[3], median: +m[2] })],
];

function figureOf(line) {
    for (const [form, read] of forms) {
        const match = form.exec(line);
        if (match !== null)
            return read(match);
    }
    return null;
}

function figuresOf(name, text) {
    if (name === 'pool') {
        const told = text.split('\n').find((line) => line.startsWith('{'));
        const pool = told === undefined ? null : JSON.parse(told);
        return pool === null ? [] : [{ what: 'one fit', unit: 'us', median: pool.ours.us_per_fit, ratio: pool.ratio, peer: 'metafor' }];
    }
    return text.split('\n').map(figureOf).filter((figure) => figure !== null);
}

const [folder, out] = process.argv.slice(2);
const benches = {};
for (const file of readdirSync(folder).filter((one) => one.endsWith('.txt')).sort()) {
    const name = file.replace('.txt', '');
    const text = readFileSync(path.join(folder, file), 'utf8');
    benches[name] = { figures: figuresOf(name, text), said: text.trimEnd().split('\n') };
}

const number = (value) => value === undefined || value === null ? '' : String(value);
const row = (cells) => cells.map((cell, i) => i < 2 ? cell.padEnd([9, 52][i]) : cell.padStart(10)).join(' ');
console.log(`\n${row(['bench', 'what', 'least', 'median', 'most', 'p99', 'ratio', 'unit'])}`);
for (const [name, { figures }] of Object.entries(benches))
    for (const one of figures)
        console.log(row([name, one.what, number(one.least), number(one.median), number(one.most), number(one.p99),
                         number(one.ratio), one.unit]));

const service = path.join(folder, 'service.json');
const loaded = existsSync(service) ? JSON.parse(readFileSync(service, 'utf8')) : null;
for (const { case: name, connections, answers, ratios } of loaded?.rows ?? [])
    console.log(row(['service', `${name}, ${connections} connections; ratio: requests, to nginx from a file`,
                     answers.ours.per_second.least.toFixed(0), answers.ours.per_second.median.toFixed(0),
                     answers.ours.per_second.most.toFixed(0), '', number(ratios.nginx_file?.throughput.median.toFixed(2)), 'req/s']));
const machine = { processors: os.cpus().length, model: os.cpus()[0]?.model, load_before: os.loadavg(), at: new Date().toISOString() };
writeFileSync(out, JSON.stringify({ machine, benches, service: loaded }, null, 1) + '\n');
console.log(`\nall of it: ${out}`);
