// `make bench-pages`, its second table: when the largest part of each page is painted with the
// server on the same machine, and what that cost. A page of one sentence is measured in turn with
// the others: what it needs is the browser's own. PAINT_RUNS says how often. Fails on nothing.
import { DESKTOP, PHONE } from "./inpage.mjs";
import { paint, watchPaint } from "./measure.mjs";
import { missing, openStage } from "./stage.mjs";

const RUNS = Number(process.env.PAINT_RUNS ?? 9);
const NOTHING = "/nothing";
const PAGES = [
  NOTHING, "/", "/t/dry-needling/neck-mtrp", "/c/neck-pain", "/where", "/vet", "/stop", "/studies",
  "/compare?condition=neck-pain", "/method", "/api",
];

if (missing) {
  console.log(`skipped: ${missing}`);
  process.exit(0);
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Each run in a context of its own: nothing is kept from the one before.
async function paintOf(stage, path, viewport) {
  const context = await stage.browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    await page.route(stage.url + NOTHING, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Nothing</title><p>A sentence." }));
    await watchPaint(page);
    return await paint(page, stage.browser, stage.url + path);
  } finally {
    await context.close();
  }
}

const stage = await openStage();
try {
  for (const viewport of [DESKTOP, PHONE]) {
    const runs = new Map(PAGES.map((path) => [path, []]));
    for (let run = 0; run < RUNS; run++)
      for (const path of PAGES) runs.get(path).push(await paintOf(stage, path, viewport));
    console.log(`\n| ${viewport.width} by ${viewport.height} | largest paint, ms (least) | above nothing | ` +
      "main thread until the first frame, processor ms | elements | layout shift |\n|---|---|---|---|---|---|");
    const of = (path, what) => runs.get(path).map((one) => one[what]).filter((value) => value !== null);
    for (const path of PAGES) {
      const [painted, own, work] = [of(path, "largest"), of(NOTHING, "largest"), of(path, "work")].map(middle);
      console.log(`| ${path === NOTHING ? "a page of one sentence" : path} | ${Math.round(painted)} ` +
        `(${Math.round(Math.min(...of(path, "largest")))}) | ${Math.round(painted - own)} | ${Math.round(work)} | ` +
        `${middle(of(path, "elements"))} | ${Math.max(...of(path, "moved")).toFixed(4)} |`);
    }
  }
} finally {
  await stage.close();
}
