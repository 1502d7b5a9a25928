// Puts answers into a copy of a store: node fill.mjs STORE < {"id": "json as it is sent", …}
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';

const store = new Database(process.argv[2]);
store.exec('CREATE TABLE IF NOT EXISTS rating (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT');
const put = store.prepare('INSERT OR REPLACE INTO rating VALUES (?, ?)');
const ratings = Object.entries(JSON.parse(readFileSync(0, 'utf8')));
store.transaction(() => ratings.forEach(([id, json]) => put.run(id, json)))();
