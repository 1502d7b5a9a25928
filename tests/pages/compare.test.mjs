// Treatments side by side: pick a complaint, tick some, read, share; and the form for a wrong figure.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PHONE, fitsEveryWidth, inPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const picked = "/compare?condition=neck-pain&interventions=massage,acupuncture,exercise";

describe("treatments side by side", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const javaScriptEnabled of [true, false])
    test(`a complaint is chosen, two are ticked, and the address can be shared${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
      await inPage(stage, { javaScriptEnabled, viewport: PHONE }, async (page) => {
        await page.goto(`${stage.url}/compare`);
        await page.getByLabel("Which complaint?").selectOption("knee-osteoarthritis");
        await page.getByRole("button", { name: "Show its treatments" }).click();
        const all = await page.locator(".compared tbody tr").count();
        assert.ok(all > 5);
        const names = await page.locator(".compared th a").allInnerTexts();
        await page.getByText("Pick treatments").click();
        for (const name of names.slice(1, 3))
          await page.getByRole("checkbox", { name, exact: true }).check();
        await page.getByRole("button", { name: "Compare" }).click();
        assert.deepEqual((await page.locator(".compared th a").allInnerTexts()).toSorted(), names.slice(1, 3).toSorted());
        const shared = await page.locator("section", { hasText: "Share it" }).getByRole("link").getAttribute("href");
        await page.goto(stage.url + shared);
        assert.equal(await page.locator(".compared tbody tr").count(), 2);
      });
    });

  test("the keyboard alone chooses and ticks", async () => {
    await inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/compare?condition=neck-pain`);
      await tabTo(page, ".pick summary");
      await page.keyboard.press("Enter");
      await tabTo(page, ".picks input");
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await page.waitForURL(/interventions=/);
      assert.equal(await page.locator(".compared tbody tr").count(), 2);
    });
  });

  test("each row says what the API says of its treatment", async () => {
    const reply = await fetch(`${stage.url}/v1${picked}`);
    const { items, direct } = await reply.json();
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url + picked);
      const rows = page.locator(".compared tbody tr");
      assert.equal(await rows.count(), items.length);
      for (const [i, item] of items.entries()) {
        const text = await rows.nth(i).innerText();
        if (item.rating?.n > 0)
          assert.ok(text.includes(`${item.rating.n} people`), text);
      }
      assert.equal(await page.locator(".faced > li").count(), direct.length);
      assert.ok(await page.getByText("is no comparison of the two").isVisible());
    });
  });

  test("where no study sets two against each other, the page says that nobody knows", async () => {
    await inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/compare?condition=neck-pain&interventions=static-magnets,tens`);
      assert.ok(await page.getByText("nobody knows which is better").isVisible());
    });
  });

  for (const path of ["/compare", picked, "/compare?condition=low-back-pain", "/compare?condition=nothing"])
    for (const colorScheme of ["light", "dark"])
      test(`${path} fits every width and can be used by all, ${colorScheme === "dark" ? "dark on a phone" : "light"}`, async () => {
        await inPage(stage, { colorScheme, ...(colorScheme === "dark" && { viewport: PHONE }) }, async (page) => {
          await page.goto(stage.url + path);
          await isAccessible(page);
          await fitsEveryWidth(page);
        });
      });

  test("a page weighs little", async () => {
    for (const path of [picked, "/compare?condition=low-back-pain"]) {
      const bytes = await weight(stage, path);
      assert.ok(bytes < 60000, `${path}: ${bytes} bytes`);
    }
  });
});

describe("a wrong figure", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const javaScriptEnabled of [true, false])
    test(`is reported from the foot of the page that it stands on${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
      await inPage(stage, { javaScriptEnabled, viewport: PHONE }, async (page) => {
        await page.goto(`${stage.url}/?q=tens+for+neck+pain`);
        await page.getByRole("link", { name: "Report a wrong figure" }).click();
        assert.equal(await page.getByLabel("What is it about?").inputValue(), "/t/tens/neck-pain");
        await page.getByLabel("What is wrong").fill("The second trial had 44 people: table 1.");
        await page.getByRole("button", { name: "Send the report" }).click();
        assert.match(await page.locator("main").innerText(), /Your report has the number \d+/);
        if (javaScriptEnabled)
          await isAccessible(page);
        await page.getByRole("link", { name: "Back to the page" }).click();
        assert.equal(page.url(), `${stage.url}/t/tens/neck-pain`);
      });
    });

  test("what was typed is still there when something is missing", async () => {
    const reply = await fetch(`${stage.url}/report`, { method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "about=&text=kept+words" });
    assert.equal(reply.status, 422);
    assert.match(await reply.text(), /kept words<\/textarea>/);
  });

  test("every kind of page leads there", async () => {
    for (const path of ["/", "/t/tens", "/c/neck-pain", "/vet", "/stop", "/studies", "/compare", "/nothing"]) {
      const html = await (await fetch(stage.url + path, { headers: { Accept: "text/html" } })).text();
      assert.match(html, /<a href="\/report(\?about=[^"]*)?">Report a wrong figure<\/a>/, path);
    }
  });

  for (const colorScheme of ["light", "dark"])
    test(`the form fits every width and can be used by all, ${colorScheme === "dark" ? "dark on a phone" : "light"}`, async () => {
      await inPage(stage, { colorScheme }, async (page) => {
        await page.goto(`${stage.url}/report?about=/t/tens`);
        await isAccessible(page);
        await fitsEveryWidth(page);
      });
    });

  test("the form weighs little", async () => {
    const bytes = await weight(stage, "/report");
    assert.ok(bytes < 60000, `${bytes} bytes`);
  });
});
