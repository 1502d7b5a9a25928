// The pages of claims in a real browser: readable without JavaScript, at every width, in both schemes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { axeSource, missing, openStage } from "./stage.mjs";

const WIDTHS = [320, 360, 736, 1280];

// One of each kind: several parts, one part, a regulator's action, a part that cannot be checked, long
// words, and one in which nothing was found to judge.
const KINDS = {
  "several parts": "tens.is-clinically-proven-and-fda-cleared-for-all-pain",
  "one part": "massage-gun.breaks-up-scar-tissue-and-adhesions",
  "a regulator's action": "traction.relieves-pinched-nerves",
  "what cannot be checked": "whole-body-vibration.burns-fat-without-effort",
  "a long claim": "topical-nsaids.said-to-ease-sprains-strains-and-muscle-pain-without-the-stomach-17d056c0",
  "a claim that is supported in part": "exercise.said-to-lower-pain-and-improve-function-over-weeks-to-months",
};

describe("the page of a claim", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  // A page of its own; nothing may stand on the console and nothing be asked of another host.
  async function inPage(options, path, use) {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== stage.url) wrong.push(`request to ${request.url()}`);
    });
    try {
      await page.goto(stage.url + path);
      await use(page);
    } finally {
      await context.close();
    }
    assert.deepEqual(wrong, []);
  }

  test("without JavaScript verdict, parts, wording and review are all there", () =>
    inPage({ javaScriptEnabled: false }, `/claim/${KINDS["several parts"]}`, async (page) => {
      assert.ok(await page.locator("h1 .verdict").isVisible());
      for (const row of ["Part by part", "What could honestly be said", "How safe", "To cite this"])
        assert.ok(await page.getByRole("heading", { name: row }).isVisible(), row);
      assert.equal(await page.locator(".parts > li").count(), 2);
      const script = page.locator('script[type="application/ld+json"]');
      assert.equal(await script.count(), 1);
      const review = JSON.parse(await script.textContent());
      assert.equal(review["@type"], "ClaimReview");
      assert.equal(review.reviewRating.alternateName, await page.locator("h1 .verdict").innerText());
    }));

  test("a marked part leads to why it was judged so", () =>
    inPage({}, `/claim/${KINDS["several parts"]}`, async (page) => {
      const part = page.locator(".said a.part").nth(1);
      assert.match(await part.innerText(), /FDA cleared/);
      await part.click();
      assert.equal(await page.evaluate(() => document.querySelector(":target").id), "part-2");
    }));

  test("the treatment's page lists the claims, and each leads to its own verdict", () =>
    inPage({}, "/t/massage-gun", async (page) => {
      assert.match(await page.locator("h1").innerText(), /Massage gun/);
      const first = page.locator(".claims li").first();
      const verdict = await first.locator(".verdict").innerText();
      const words = await first.getByRole("link").innerText();
      await first.getByRole("link").click();
      assert.equal(await page.locator("h1 .verdict").innerText(), verdict);
      assert.ok(words.startsWith("“") && words.endsWith("”"));
      await page.getByRole("link", { name: /What the studies say about/ }).click();
      assert.match(page.url(), /\/t\/massage-gun$/);
    }));

  for (const [kind, id] of Object.entries(KINDS)) {
    test(`${kind} fits every width without scrolling sideways`, () =>
      inPage({}, `/claim/${id}`, async (page) => {
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          const [needed, there] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          assert.ok(needed <= there, `${needed} px in ${there} at ${width}`);
        }
      }));

    for (const colorScheme of ["light", "dark"])
      test(`${kind} has no accessibility violation that axe finds, ${colorScheme}`, () =>
        inPage({ colorScheme, viewport: { width: colorScheme === "light" ? 1280 : 360, height: 800 } },
          `/claim/${id}`, async (page) => {
            await page.evaluate(axeSource);
            const { violations } = await page.evaluate(() =>
              axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
            );
            assert.deepEqual(violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`), []);
          }));
  }
});
