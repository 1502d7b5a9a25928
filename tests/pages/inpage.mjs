// What holds for every page whatever is done with it: nothing on the console, no request to another
// host, no dialog. And what is asked of pages at every width and in both schemes.
import assert from "node:assert/strict";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { axeSource } from "./stage.mjs";

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };

// Runs `use` in a page of its own; `use` gets the page and all requests made so far.
export async function inPage(stage, options, use) {
  const context = await stage.browser.newContext({
    viewport: DESKTOP, reducedMotion: "reduce", ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    requests.push(url.href);
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== stage.url)
      wrong.push(`request to ${request.url()}`);
  });
  try {
    await use(page, requests, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

export async function fitsEveryWidth(page) {
  for (const width of [320, 360, 736, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const [needed, there] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(needed <= there, `${needed} px in ${there} at ${width}`);
  }
}

export async function isAccessible(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  assert.deepEqual(violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`), []);
}

// Bytes of a page with its styles and scripts, gzipped each.
export async function weight(stage, path) {
  const html = await (await fetch(stage.url + path)).text();
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js)[^"]*)"/g)].map((one) => one[1]);
  let bytes = (await promisify(gzip)(html)).length;
  for (const asset of [...new Set(assets), "/assets/answer.js"])
    bytes += (await promisify(gzip)(await (await fetch(stage.url + asset)).text())).length;
  return bytes;
}

// Goes on with Tab until the element that matches has the focus.
export async function tabTo(page, selector, most = 120) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((one) => document.activeElement.matches(one), selector)) return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}
