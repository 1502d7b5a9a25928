// What a page weighs, and when the largest part of it is painted.
import { gzipSync } from "node:zlib";

const kept = new Map(); // assets, by address

async function gzipped(address) {
  if (!kept.has(address)) {
    const text = await (await fetch(address)).text();
    kept.set(address, { bytes: gzipSync(text).length, text });
  }
  return kept.get(address);
}

// Addresses of the sheets and scripts that a page loads, with the modules that these import.
async function assetsOf(html, address) {
  const found = new Set([...html.matchAll(/<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"/g)]
    .map(([, path]) => new URL(path.replaceAll("&amp;", "&"), address).href));
  for (const one of found) { // grows while it is walked
    if (!new URL(one).pathname.endsWith(".js")) continue;
    for (const [, path] of (await gzipped(one)).text.matchAll(/^import .*?from "([^"]+)"|^import "([^"]+)"/gms))
      if (path) found.add(new URL(path, one).href);
  }
  return [...found];
}

// Bytes gzipped each: {html, assets, total}.
export async function weigh(address) {
  const html = await (await fetch(address, { headers: { Accept: "text/html" } })).text();
  let assets = 0;
  for (const one of await assetsOf(html, address)) assets += (await gzipped(one)).bytes;
  const own = gzipSync(html).length;
  return { html: own, assets, total: own + assets };
}

// Milliseconds from the start of loading; null where nothing was painted.
export const largestPaint = (page) =>
  page.evaluate(() => new Promise((resolve) => {
    let at = null;
    new PerformanceObserver((list) => (at = list.getEntries().at(-1).startTime))
      .observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => resolve(at), 60);
  }));

// To be called before a page is opened whose paint is asked for with paint().
export const watchPaint = (page) =>
  page.addInitScript(() => {
    const seen = (window.seen = { largest: null, moved: 0 });
    const watch = (type, tell) =>
      new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => (seen.largest = entry.startTime));
    watch("layout-shift", (entry) => (seen.moved += entry.value));
  });

// Processor milliseconds of the thread that lays out, from the start of loading to the end of the
// frame that is painted first; null where the trace has none.
function workOf(events, address) {
  const start = events.findLast(({ name, args }) => name === "navigationStart" && args?.data?.documentLoaderURL === address);
  const own = events.filter(({ ph, pid, ts }) => start && ph === "X" && pid === start.pid && ts >= start.ts);
  const painted = own.filter(({ name, args }) => name === "Paint" && args?.data?.frame === start.args.frame)
    .reduce((first, one) => (first && first.ts <= one.ts ? first : one), null);
  if (!painted) return null;
  return own.filter(({ name, tid, ts }) => name === "RunTask" && tid === painted.tid && ts <= painted.ts)
    .reduce((sum, { tdur }) => sum + (tdur ?? 0), 0) / 1000;
}

// Opens the page: {largest, moved, elements, work}, milliseconds to the largest paint, the share of
// the screen that moved times how far (cumulative layout shift), and what workOf() tells.
export async function paint(page, browser, address) {
  await browser.startTracing(page, {
    categories: ["devtools.timeline", "toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline"],
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(250);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const told = await page.evaluate(() => ({ ...window.seen, elements: document.querySelectorAll("*").length }));
  return { ...told, work: workOf(traceEvents, address) };
}
