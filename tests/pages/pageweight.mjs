// `make bench-pages`: what each page weighs and when its largest part is painted, on a phone of
// middling speed with a slow connection. Prints a table; fails on nothing.
import { PHONE } from "./inpage.mjs";
import { largestPaint, weigh } from "./measure.mjs";
import { everyPage } from "./pages.mjs";
import { missing, openStage } from "./stage.mjs";

const RUNS = 5;
// Bytes a second, milliseconds there and back, and how many times slower than this machine.
const CONNECTION = { downloadThroughput: 200_000, uploadThroughput: 94_000, latency: 150, offline: false };
const SLOWER = 4;

if (missing) {
  console.log(`skipped: ${missing}`);
  process.exit(0);
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Each run in a context of its own: nothing is kept from the one before.
async function paintedAfter(stage, path) {
  const context = await stage.browser.newContext({ viewport: PHONE });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", CONNECTION);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(stage.url + path, { waitUntil: "load" });
    return await largestPaint(page);
  } finally {
    await context.close();
  }
}

const stage = await openStage();
try {
  console.log("| page | HTML | CSS and JS | all, bytes gzipped | largest paint, ms |\n|---|---|---|---|---|");
  for (const path of await everyPage(stage.url)) {
    const { html, assets, total } = await weigh(stage.url + path);
    const times = [];
    for (let run = 0; run < RUNS; run++) times.push(await paintedAfter(stage, path));
    console.log(`| ${path} | ${html} | ${assets} | ${total} | ${Math.round(middle(times))} |`);
  }
} finally {
  await stage.close();
}
