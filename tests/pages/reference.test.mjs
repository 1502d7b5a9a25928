// How verdicts are made, and the reference of the API, in a real browser: what a reader comes for.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, fitsEveryWidth, inPage, isAccessible, PHONE, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

describe("how verdicts are made", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  test("five steps stand on the first screen of a desktop, without JavaScript too", () =>
    inPage(stage, { viewport: DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${stage.url}/method`);
      const steps = page.locator(".steps > li");
      assert.equal(await steps.count(), 5);
      const { y, height } = await steps.nth(4).boundingBox();
      assert.ok(y + height <= DESKTOP.height, `${y + height}`);
    }));

  test("a rule that a judged advert names is one tap away, and stands out there", () =>
    inPage(stage, { viewport: PHONE }, async (page) => {
      await page.goto(`${stage.url}/claim/tens.blocks-pain-signals`);
      const link = page.locator('a[href^="/method#C"]').first();
      const id = (await link.getAttribute("href")).split("#")[1];
      await link.click();
      const rule = page.locator(`#${id}`);
      assert.ok(await rule.evaluate((one) => one.matches(":target")));
      await assert.doesNotReject(rule.getByRole("heading").waitFor());
      const { y } = await rule.boundingBox();
      assert.ok(y > -1 && y < PHONE.height, `${y}`);
    }));

  test("every rule that a trace names stands on the page", () =>
    inPage(stage, {}, async (page) => {
      const trace = await (await fetch(
        `${stage.url}/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/trace`)).json();
      await page.goto(`${stage.url}/method`);
      const named = [...new Set(trace.steps.map(({ rule }) => rule))];
      assert.ok(named.length > 5);
      for (const rule of named) assert.equal(await page.locator(`.rule#${rule}`).count(), 1, rule);
    }));

  test("the table of verdicts never says that it works where it is very unsure", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/method`);
      const last = await page.locator(".verdicts tbody tr td:last-child").allInnerTexts();
      assert.equal(last.length, 5);
      for (const words of last) assert.match(words, /We don't know yet/);
    }));
});

describe("the reference of the API", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const opened = async (page, id) => {
    await page.goto(`${stage.url}/api#op-${id}`);
    const place = page.locator(`[data-op="${id}"]`);
    await place.waitFor({ state: "visible" });
    return place;
  };

  test("three calls stand on the first screen, and work as they are written", () =>
    inPage(stage, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${stage.url}/api`);
      const calls = await page.locator(".first code").allInnerTexts();
      assert.equal(calls.length, 3);
      for (const call of calls) {
        const [, url] = /^curl '([^']+)'/.exec(call);
        const body = / -d '(.*)'$/s.exec(call)?.[1];
        const reply = await fetch(url, body && { method: "POST", body, headers: { "Content-Type": "application/json" } });
        assert.equal(reply.status, 200, call);
      }
      const { y, height } = await page.locator(".first li").last().boundingBox();
      assert.ok(y + height <= DESKTOP.height, `${y + height}`);
    }));

  test("an operation can be opened and its answer seen with JavaScript off", () =>
    inPage(stage, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${stage.url}/api`);
      await page.getByText("Does this help that?").nth(1).click();
      const place = page.locator('[data-op="getHeadline"]');
      assert.ok(await place.isVisible());
      const link = await place.getByRole("link", { name: "See this answer" }).getAttribute("href");
      assert.equal(link, "/v1/ratings/dry-needling/neck-mtrp");
      assert.equal((await fetch(stage.url + link)).status, 200);
    }));

  test("a question is tried with the keyboard alone", () =>
    inPage(stage, {}, async (page) => {
      const place = await opened(page, "check");
      await place.getByRole("button", { name: "Try it" }).focus();
      await page.keyboard.press("Enter");
      const field = place.getByLabel("q (needed)");
      await field.waitFor();
      assert.ok(await field.evaluate((one) => one === document.activeElement));
      assert.match(await field.inputValue(), /dry needling/);
      await field.fill("what helps with migraine");
      await tabTo(page, '[data-op="check"] [type=submit]', 5);
      await page.keyboard.press("Enter");
      await place.getByRole("status").getByText(/^200 OK, \d+ ms, [\d.]+ kB/).waitFor();
      const body = JSON.parse(await place.getByRole("region", { name: "Body" }).innerText());
      assert.equal(body.understood.condition.id, "migraine");
      await place.locator("summary", { hasText: "Headers" }).click();
      assert.match(await place.getByRole("region", { name: "Headers" }).innerText(), /content-type: application\/json/);
    }));

  test("what is needed is asked for before anything is sent", () =>
    inPage(stage, {}, async (page, requests) => {
      const place = await opened(page, "check");
      await place.getByRole("button", { name: "Try it" }).click();
      await place.getByLabel("q (needed)").fill("");
      await place.getByRole("button", { name: "Send" }).click();
      await place.getByRole("status").getByText("q is needed.").waitFor();
      assert.ok(requests.every((one) => !one.includes("/v1/check")));
    }));

  test("a body is filled in from the example and can be changed; refusals are shown", () =>
    inPage(stage, { viewport: PHONE }, async (page) => {
      page.removeAllListeners("console"); // the browser tells of the 400 there, as it should
      const place = await opened(page, "vetClaim");
      await place.getByRole("button", { name: "Try it" }).click();
      const box = place.getByLabel("Body (JSON)");
      assert.match(await box.inputValue(), /massage gun/);
      await place.getByRole("button", { name: "Send" }).click();
      await place.getByRole("status").getByText(/^200/).waitFor();
      await box.fill('{"words": 1}');
      await place.getByRole("button", { name: "Send" }).click();
      await place.getByRole("status").getByText(/^400/).waitFor();
      assert.match(await place.getByRole("region", { name: "Body" }).innerText(), /"pointer"/);
    }));

  test("an import asks for a token, which is kept nowhere", () =>
    inPage(stage, {}, async (page, requests, context) => {
      page.removeAllListeners("console");
      const place = await opened(page, "listImports");
      assert.match(await place.innerText(), /Needs the operator's token/);
      await place.getByRole("button", { name: "Try it" }).click();
      await place.getByLabel(/Operator's token/).fill("wrong");
      await place.getByRole("button", { name: "Send" }).click();
      await place.getByRole("status").getByText(/^401/).waitFor();
      assert.deepEqual(await context.cookies(), []);
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    }));

  test("a picture that comes back is shown", () =>
    inPage(stage, {}, async (page) => {
      const place = await opened(page, "drawForest");
      await place.getByRole("button", { name: "Try it" }).click();
      await place.getByRole("button", { name: "Send" }).click();
      const picture = place.getByRole("img");
      await picture.waitFor();
      assert.ok(await picture.evaluate(async (one) => (await one.decode(), one.naturalWidth > 0)));
    }));

  test("with an operation and a shape open it fits, and nothing is wrong for axe", () =>
    inPage(stage, { viewport: PHONE }, async (page) => {
      const place = await opened(page, "vetClaim");
      await place.getByRole("button", { name: "Try it" }).click();
      await place.getByRole("button", { name: "Send" }).click();
      await place.getByRole("status").getByText(/^200/).waitFor();
      await place.getByRole("link", { name: "Claim", exact: true }).click();
      await page.locator("#s-Claim").waitFor({ state: "visible" });
      await isAccessible(page);
      await fitsEveryWidth(page);
    }));

  test("it weighs less than 60 kB", async () => {
    for (const path of ["/api", "/method"]) {
      const bytes = await weight(stage, path);
      assert.ok(bytes < 60_000, `${path}: ${bytes}`);
    }
  });
});
