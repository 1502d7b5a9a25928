// The diary page, as a person would use it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, fitsEveryWidth, inPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const SECRET = "zanzibarian7341";
const DAY_MS = 86400000;
const KEY = "touchstone-diary";

const daysAgo = (days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

describe("the diary", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const tapScore = (page, name, score) =>
    page.locator(`[name=${name}][value="${score}"]`).check({ force: true });

  async function fill(page, { weeks = 6, now = 7 } = {}) {
    await page.goto(`${stage.url}/stop`);
    await page.locator("#intervention").fill("TENS");
    await page.locator("#condition").fill("long-lasting low back pain");
    await page.locator("#started").fill(daysAgo(7 * weeks));
    await tapScore(page, "before", 7);
    await tapScore(page, "now", now);
    for (let i = 0; i < 3; i++) {
      await page.locator("[name=day]").nth(i).fill(daysAgo(7 * (weeks - 1 - i)));
      await page.locator("[name=score]").nth(i).selectOption("7");
    }
  }

  async function ask(page) {
    await page.getByRole("button", { name: "Go on, or stop?" }).click();
    await page.locator(".decided").waitFor();
  }

  for (const javaScriptEnabled of [true, false])
    for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const how = `${javaScriptEnabled ? "with" : "without"} JavaScript on a ${name}`;

      test(`a diary is filled in and answered, ${how}`, () =>
        inPage(stage, { javaScriptEnabled, viewport }, async (page) => {
          await fill(page);
          await ask(page);
          const sentence = await page.locator(".lead").boundingBox();
          const chart = await page.locator(".chart img").boundingBox();
          assert.ok(sentence.y < chart.y, "the sentence stands above the chart");
          assert.ok(chart.width >= 280 && chart.width <= viewport.width && chart.height > 200);
          assert.match(await page.locator(".answer").innerText(), /With no treatment about [0-9.]+ of 10/);
          assert.match(await page.locator("h1").innerText(), /TENS.*low back pain/s);
          assert.equal(await page.locator("#intervention").inputValue(), "TENS");
          assert.ok(await page.locator('[name=now][value="7"]').isChecked());
          assert.equal(await page.locator("[name=day]").nth(2).inputValue(), daysAgo(21));
          assert.equal(page.url(), `${stage.url}/stop`);
        }));

      test(`a danger sign is answered first and alone, whatever is missing, ${how}`, () =>
        inPage(stage, { javaScriptEnabled, viewport }, async (page) => {
          await page.goto(`${stage.url}/stop`);
          await page.getByRole("checkbox", { name: /crushing chest pain/i }).check();
          await page.getByRole("button", { name: /what now/ }).click();
          const alarm = page.locator("article > :first-child");
          await page.locator(".alarm").waitFor();
          assert.match(await alarm.getAttribute("class"), /alarm/);
          assert.match(await alarm.innerText(), /ambulance/);
          assert.equal(await page.locator(".chart").count(), 0);
        }));
    }

  test("no danger sign beside a whole diary shows a chart", () =>
    inPage(stage, {}, async (page) => {
      await fill(page);
      await page.locator("#symptoms").fill("I can't feel when I need to pee and my legs are numb");
      await ask(page);
      assert.match(await page.locator("article > :first-child").getAttribute("class"), /alarm/);
      assert.equal(await page.locator(".chart").count(), 0);
    }));

  test("everything can be done with the keyboard alone", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/stop`);
      await tabTo(page, "#intervention");
      await page.keyboard.type("TENS");
      await tabTo(page, "#condition");
      await page.keyboard.type("neck pain");
      await tabTo(page, "#started");
      const [year, month, day] = daysAgo(28).split("-");
      await page.keyboard.type(`${month}${day}${year}`);
      assert.equal(await page.locator("#started").inputValue(), daysAgo(28));
      await tabTo(page, "[name=before]");
      await page.keyboard.press("Space");
      for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowRight");
      await tabTo(page, "[name=now]");
      await page.keyboard.press("Space");
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
      assert.ok(await page.locator('[name=before][value="7"]').isChecked());
      await tabTo(page, "p > [type=submit]:not([formnovalidate])");
      await page.keyboard.press("Enter");
      await page.locator(".decided").waitFor();
      assert.ok(await page.evaluate(() => document.activeElement.matches("h1")));
    }));

  test("nothing is kept until asked, then it comes back, and one tap deletes it", () =>
    inPage(stage, {}, async (page) => {
      const kept = () => page.evaluate((key) => localStorage.getItem(key), KEY);
      await fill(page);
      await page.locator("#adverse_events").evaluate((one) => (one.closest("details").open = true));
      await page.locator("#adverse_events").fill("a sore patch");
      await ask(page);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      await page.getByLabel(/Keep on this device/).check();
      assert.match(await kept(), /TENS/);
      await page.goto(`${stage.url}/stop`);
      assert.equal(await page.locator("#intervention").inputValue(), "TENS");
      assert.equal(await page.locator("#adverse_events").inputValue(), "a sore patch");
      assert.ok(await page.locator('[name=before][value="7"]').isChecked());
      assert.equal(await page.locator("[name=day]").nth(2).inputValue(), daysAgo(21));
      await page.getByRole("button", { name: "Delete all of it" }).click();
      assert.equal(await kept(), null);
      assert.equal(await page.locator("#intervention").inputValue(), "");
      assert.equal(await page.getByLabel(/Keep on this device/).isChecked(), false);
      await page.reload();
      assert.equal(await page.locator("#intervention").inputValue(), "");
    }));

  test("the score of an earlier day is put among the days when the diary is opened again", () =>
    inPage(stage, {}, async (page) => {
      await fill(page);
      await page.locator("#today").fill(daysAgo(2));
      await page.getByLabel(/Keep on this device/).check();
      await page.goto(`${stage.url}/stop`);
      assert.equal(await page.locator("[name=now]:checked").count(), 0);
      assert.equal(await page.locator("#today").inputValue(), daysAgo(0));
      assert.equal(await page.locator("[name=day]").nth(3).inputValue(), daysAgo(2));
      assert.equal(await page.locator("[name=score]").nth(3).inputValue(), "7");
    }));

  test("what is kept and is no diary is passed over", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/stop`);
      for (const junk of ["{", "7", '[["day"]]', '[["x\\"]","y"]]']) {
        await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, junk]);
        await page.reload();
        assert.ok(await page.locator("#intervention").isVisible());
      }
    }));

  test("the download is what POST /v1/stop takes, and it decides the same", () =>
    inPage(stage, {}, async (page) => {
      await fill(page);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "diary.json");
      const reply = await fetch(`${stage.url}/v1/stop`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: await readFile(await download.path(), "utf8"),
      });
      assert.equal(reply.status, 200);
      const { sentence } = await reply.json();
      await ask(page);
      assert.equal(await page.locator(".lead").innerText(), sentence);
    }));

  test("a day can be added", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/stop`);
      const rows = await page.locator("[name=day]").count();
      await page.getByRole("button", { name: "Add a day" }).click();
      assert.equal(await page.locator("[name=day]").count(), rows + 1);
      assert.ok(await page.getByLabel(`Day ${rows + 1}`).isVisible());
    }));

  test("nothing typed reaches the log, an address or a cookie, and no cache keeps it", () =>
    inPage(stage, {}, async (page, requests, context) => {
      const replies = [];
      page.on("response", (reply) => replies.push(reply));
      await fill(page);
      await page.locator("#symptoms").fill(SECRET);
      await ask(page);
      assert.ok(!requests.some((url) => !url.startsWith("data:") && url.includes(SECRET)));
      const answer = replies.find((reply) => reply.request().method() === "POST");
      assert.equal(answer.headers()["cache-control"], "no-store");
      assert.equal(answer.headers()["x-robots-tag"], "noindex");
      assert.deepEqual(await context.cookies(), []);
      const log = await stage.logged();
      if (log === null) return;
      assert.match(log, /"\/stop"/);
      for (const typed of [SECRET, "TENS"]) assert.ok(!log.includes(typed), typed);
    }));

  test("what is tapped is large enough for a finger", () =>
    inPage(stage, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }, async (page) => {
      await page.goto(`${stage.url}/stop`);
      for (const one of await page.locator(".diary button:visible, .scale label, .ticks label:visible, .diary select:visible, .diary input[type=date]:visible").all())
        assert.ok((await one.boundingBox()).height >= 44 - 0.5, await one.evaluate((el) => el.outerHTML));
      await page.locator(".scale label").nth(3).tap();
      assert.ok(await page.locator('[name=before][value="3"]').isChecked());
    }));

  for (const colorScheme of ["light", "dark"])
    for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP }))
      test(`axe finds nothing before and after, ${colorScheme}, ${name}`, () =>
        inPage(stage, { colorScheme, viewport }, async (page) => {
          await page.goto(`${stage.url}/stop`);
          for (const details of await page.locator("details").all()) await details.evaluate((one) => (one.open = true));
          await isAccessible(page);
          await fill(page);
          await ask(page);
          await isAccessible(page);
        }));

  test("it fits every width before and after", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/stop`);
      await fitsEveryWidth(page);
      await fill(page);
      await ask(page);
      await fitsEveryWidth(page);
    }));

  test("the page is found from the front page, and is light", async (context) => {
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url);
      await page.getByRole("link", { name: "Go on, or stop?" }).first().click();
      assert.equal(page.url(), `${stage.url}/stop`);
    });
    const bytes = await weight(stage, "/stop");
    context.diagnostic(`${bytes} bytes gzipped`);
    assert.ok(bytes < 60000);
  });
});
