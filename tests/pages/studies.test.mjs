// The studies as a reader finds them: search, narrow down, read one, report what is wrong with it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, fitsEveryWidth, inPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const trial = "/study/pmid:27582622";
const retracted = "/study/pmid:28182513";
const review = "/study/doi:10.1002/14651858.cd008112.pub3";

describe("the studies", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const answered = async (path) => {
    const reply = await fetch(stage.url + path);
    assert.equal(reply.status, 200, path);
    return reply.json();
  };

  for (const javaScriptEnabled of [true, false])
    test(`words are typed, filters are tapped, a study is opened${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
      await inPage(stage, { javaScriptEnabled }, async (page) => {
        await page.goto(`${stage.url}/studies`);
        await page.getByLabel("Words in the title").fill("needling");
        await page.getByRole("button", { name: "Search" }).click();
        const found = Number(/^\d+/.exec(await page.locator("#found").innerText())[0]);
        assert.equal(found, (await answered("/v1/studies?q=needling&limit=1")).total);
        await page.getByText("Complaint", { exact: true }).click();
        const filter = page.locator(".filters li", { has: page.locator("a[href*='neck-mtrp']") });
        const left = Number(/(\d+)\D*$/.exec(await filter.innerText())[1]);
        await filter.getByRole("link").click();
        assert.equal(Number(/^\d+/.exec(await page.locator("#found").innerText())[0]), left, "as the filter said");
        assert.ok(left < found);
        const shared = page.url();
        assert.match(shared, /q=needling&condition=/);
        await page.locator(".results h3 a").first().click();
        assert.match(page.url(), /\/study\//);
        for (const heading of ["What was asked, of whom", "What came out", "How far to trust it",
          "Which verdicts it feeds", "Read it yourself", "To cite"])
          assert.ok(await page.getByRole("heading", { name: heading }).isVisible(), heading);
        await page.goto(shared);
        await page.getByRole("list", { name: "Filters that are on" }).getByRole("link").click();
        assert.equal(Number(/^\d+/.exec(await page.locator("#found").innerText())[0]), found, "taken off again");
      });
    });

  test("the keyboard alone goes from the list to a study and back", async () => {
    await inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/studies`);
      await tabTo(page, "#words");
      await page.keyboard.type("massage gun");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=massage/);
      await tabTo(page, ".results h3 a");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/study\//);
      await tabTo(page, ".crumb a");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/studies$/);
    });
  });

  test("pages of the list give each study once, and as many as there are", async () => {
    const total = (await answered("/v1/studies?design=systematic-review&limit=1")).total;
    await inPage(stage, {}, async (page) => {
      const seen = new Set();
      await page.goto(`${stage.url}/studies?design=systematic-review`);
      for (;;) {
        for (const link of await page.locator(".results h3 a").all())
          seen.add(await link.getAttribute("href"));
        const next = page.getByRole("link", { name: "Next page" });
        if ((await next.count()) === 0) break;
        await next.click();
      }
      assert.equal(seen.size, total);
    });
  });

  test("a trial says nobody has judged it, and what it counts for is as the API has it", async () => {
    const { feeds } = await answered("/v1/studies/pmid:27582622");
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url + trial);
      assert.ok(await page.getByText("Nobody has judged it yet").isVisible());
      assert.equal(await page.locator(".places tbody tr").count(), feeds.length);
      await page.getByRole("link", { name: "Report a wrong figure" }).click();
      assert.equal(await page.getByLabel("What is it about?").inputValue(), trial);
    });
  });

  test("a retraction is the first thing that is seen, at every size", async () => {
    for (const viewport of [PHONE, DESKTOP])
      await inPage(stage, { viewport }, async (page) => {
        await page.goto(stage.url + retracted);
        const alarm = page.locator(".retracted").first();
        assert.match(await alarm.innerText(), /^Retracted\. Do not rely on it/);
        const { y } = await alarm.boundingBox();
        assert.ok(y < viewport.height, `${y} of ${viewport.height}`);
        assert.match(await page.title(), /^Retracted/);
        assert.ok(await page.getByText("It counts to none of them").isVisible());
      });
  });

  test("many results stand a tap away, and none is lost", async () => {
    const { results } = await answered("/v1/studies/doi:10.1002/14651858.cd008112.pub3");
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url + review);
      assert.equal(await page.locator(".found tbody tr").count(), results.length);
      const more = page.getByText(/more results/);
      await more.click();
      assert.ok(await page.locator(".found tbody tr").last().isVisible());
    });
  });

  test("what it tells programs is a study of schema.org", async () => {
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url + trial);
      const linked = JSON.parse(await page.locator("script[type='application/ld+json']").textContent());
      assert.equal(linked.mainEntity["@type"], "MedicalTrial");
      assert.equal(linked.mainEntity.identifier, "pmid:27582622");
      assert.equal(linked.url, stage.url + trial);
    });
  });

  for (const path of ["/studies", "/studies?q=needling&design=rct", "/studies?q=nothingofthekind",
    "/studies?status=unscreened", trial, retracted, review])
    for (const colorScheme of ["light", "dark"])
      test(`${path} fits every width and can be used by all, ${colorScheme === "dark" ? "dark on a phone" : "light"}`, async () => {
        await inPage(stage, { colorScheme, ...(colorScheme === "dark" && { viewport: PHONE }) }, async (page) => {
          await page.goto(stage.url + path);
          await isAccessible(page);
          await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
          await fitsEveryWidth(page);
        });
      });

  test("every fortieth study fits a phone and a desk, and nothing in it is undefined", async () => {
    const { items } = await answered("/v1/studies?limit=500");
    await inPage(stage, {}, async (page) => {
      for (const { id } of items.filter((_, i) => i % 40 === 0)) {
        await page.goto(`${stage.url}/study/${id.split("/").map(encodeURIComponent).join("/")}`);
        await fitsEveryWidth(page);
        assert.doesNotMatch(await page.locator("main").innerText(), /\bnan\b|\(null\)|-1 people|undefined/i, id);
      }
    });
  });

  test("a page weighs little", async () => {
    for (const path of ["/studies", trial, review]) {
      const bytes = await weight(stage, path);
      assert.ok(bytes < 60000, `${path}: ${bytes} bytes`);
    }
  });
});
