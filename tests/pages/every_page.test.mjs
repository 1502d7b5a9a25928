// What holds for every page, whoever made it: it can be read by anybody, on any screen, with or
// without JavaScript; nothing of it comes from elsewhere or stays behind; it is light.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE } from "./inpage.mjs";
import { largestPaint, watchPaint, weigh } from "./measure.mjs";
import { everyPage } from "./pages.mjs";
import { axeSource, missing, openStage } from "./stage.mjs";

const MOST_BYTES = 60_000;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// The smallest phone, a desktop magnified twice, and both usual ones.
const WIDTHS = [320, PHONE.width, 640, DESKTOP.width];

// The browser itself tells of a page that is refused, as it should.
const isRefusal = (text) => /status of 4\d\d/.test(text);

async function violations(page, rules) {
  await page.evaluate(`void (window.axe || (() => {${axeSource}})())`);
  const found = await page.evaluate((options) => axe.run(document, { resultTypes: ["violations"], ...options }), rules);
  return found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}

// All rules on a phone; then, in the dark and on a desktop, those whose answer that can change. All
// of them are asked again on a desktop of the page without its scripts.
async function isReadable(page) {
  const only = (...values) => ({ type: "rule", values });
  for (const [name, viewport, colorScheme, runOnly] of [
    ["phone", PHONE, "light", TAGS],
    ["desktop", DESKTOP, "dark", only("color-contrast", "target-size", "scrollable-region-focusable")],
  ]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page, { runOnly }), [], `${name}, ${colorScheme}`);
  }
}

async function fits(page, where) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => {
      const there = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= there) return [];
      return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > there + 1)
        .slice(-3).map((one) => one.outerHTML.slice(0, 160));
    });
    assert.deepEqual(wide, [], `${where}, ${width} px wide`);
  }
}

// Whatever Tab reaches shows that it is there; a field that is drawn by what stands behind it (a
// tapped number) may show it there.
async function showsFocus(page) {
  await page.keyboard.press("Tab");
  const hidden = await page.evaluate(() => {
    const shows = (one) => one && ((getComputedStyle(one).outlineStyle !== "none" &&
      parseFloat(getComputedStyle(one).outlineWidth) >= 2) || isDrawnThicker(one));
    // A link within a picture has a thicker line round its shapes.
    const isDrawnThicker = (one) => one instanceof SVGElement &&
      [...one.querySelectorAll("path")].some((path) => parseFloat(getComputedStyle(path).strokeWidth) >= 3);
    const wanted = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
    return wanted.filter((one) => {
      one.focus({ preventScroll: true });
      return document.activeElement === one && !shows(one) && !shows(one.nextElementSibling);
    }).slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
  });
  assert.deepEqual(hidden, [], "no focus to be seen");
}

// What is held back for the second frame is there afterwards, whatever was loaded.
async function isWhole(page, where) {
  await page.waitForTimeout(100);
  const held = page.locator(".below").evaluateAll((all) =>
    all.filter((one) => getComputedStyle(one).contentVisibility !== "visible").length);
  assert.equal(await held, 0, `something stays hidden ${where}`);
}

async function keepsStill(page) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const moving = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("body *")].filter((one) => {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
    return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth";
  }).slice(0, 5).map((one) => one.outerHTML.slice(0, 160)));
  assert.deepEqual(moving, [], "moves though less motion is asked for");
}

// From the first frame on; asked before anything else is done with the page. What Web Vitals calls
// good: a page that comes in slowly may be painted while its head is all there is.
const MOST_MOVED = 0.1;

async function cameInStill(page) {
  const moved = await page.evaluate(() => window.seen.moved);
  assert.ok(moved < MOST_MOVED, `moves by ${moved} while it comes in`);
}

async function headersAreStrict(address) {
  const { headers } = await fetch(address, { headers: { Accept: "text/html" } });
  const policy = headers.get("content-security-policy") ?? "";
  assert.match(headers.get("content-type"), /^text\/html/);
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy.replace("frame-ancestors *", ""), /unsafe|https?:|\*/);
  assert.match(policy, /frame-ancestors/);
  assert.equal(headers.get("set-cookie"), null);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
}

describe("every page", { skip: missing }, () => {
  let stage, contexts, pages;

  before(async () => {
    stage = await openStage();
    pages = await everyPage(stage.url);
    contexts = await Promise.all([[true, null], [false, null], [true, "reduce"]].map(([javaScriptEnabled, reducedMotion]) =>
      stage.browser.newContext({ javaScriptEnabled, reducedMotion, viewport: PHONE })));
    await contexts[2].route("**/*.js*", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  });
  after(async () => {
    await Promise.all(contexts?.map((context) => context.close()) ?? []);
    await stage?.close();
  });

  // Loads it and then does `use`; what is wrong on the console or on the wire is told at the end.
  async function visit(context, path, use) {
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !isRefusal(message.text())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.origin !== stage.url) wrong.push(`request to ${url.href}`);
    });
    try {
      await watchPaint(page);
      await page.goto(stage.url + path, { waitUntil: "load" });
      await use(page);
      assert.deepEqual(await context.cookies(), []);
    } finally {
      await page.close();
    }
    assert.deepEqual(wrong, []);
  }

  async function look(path) {
    await headersAreStrict(stage.url + path);
    const [scripted, plain, empty] = contexts;
    let painted = null;
    await visit(scripted, path, async (page) => {
      painted = await largestPaint(page);
      await isWhole(page, "with JavaScript");
      await cameInStill(page);
      await isReadable(page);
      await fits(page, "with JavaScript");
      await showsFocus(page);
      await keepsStill(page);
    });
    await visit(plain, path, async (page) => {
      assert.ok((await page.locator("h1").innerText()).trim().length > 0, "a heading without JavaScript");
      await isWhole(page, "without JavaScript");
      await fits(page, "without JavaScript");
    });
    // axe is JavaScript itself: it looks at the page without the page's own
    await visit(empty, path, async (page) => {
      await page.setViewportSize(DESKTOP);
      assert.deepEqual(await violations(page, { runOnly: TAGS }), [], "without JavaScript");
    });
    return painted;
  }

  test("the list holds what is linked, what is in the sitemap and what nobody links to", () => {
    for (const path of ["/", "/vet", "/stop", "/method", "/api"]) assert.ok(pages.includes(path), path);
    for (const start of ["/t/", "/c/", "/claim/", "/embed/", "/?q="])
      assert.ok(pages.some((path) => path.startsWith(start)), start);
  });

  // Two at a time: each waits for the browser most of the time.
  test("can be read by anybody, keeps to this host, and is light", { concurrency: 2 }, async (context) => {
    const lines = [];
    await Promise.all(pages.map((path) => context.test(path, { timeout: 120_000 }, async () => {
      const painted = await look(path);
      const { total } = await weigh(stage.url + path);
      lines.push(`${path}: ${total} bytes gzipped, largest paint ${painted === null ? "none" : `${Math.round(painted)} ms`}`);
      assert.ok(total < MOST_BYTES, `${total} bytes`);
    })));
    for (const line of lines.sort()) context.diagnostic(line);
  });
});
