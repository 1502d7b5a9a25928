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
