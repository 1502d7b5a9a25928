// The front page in a real browser: asking, reading, and what must never happen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { axeSource, missing, openStage } from "./stage.mjs";

const PHONE = { width: 360, height: 740 };
const SMALLEST = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 900 };

const ANSWERED = "acupuncture for long-lasting low back pain";
const EVERY_KIND = {
  "the front page": "",
  "an answer": ANSWERED,
  "a condition alone": "low back pain",
  "a treatment alone": "kinesio tape",
  "a question back": "headache",
  "an untested pair": "massage gun for carpal tunnel",
  "an unknown treatment": "moon crystals for neck pain",
  "nothing understood": "asdf qwer",
};

describe("the front page", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const addressOf = (question) =>
    question === "" ? `${stage.url}/` : `${stage.url}/?q=${encodeURIComponent(question)}`;

  // Runs `use` in a page of its own and then asserts what holds for all: nothing on the console,
  // no request to another host, no script of a stranger's.
  async function inPage(options, use) {
    const context = await stage.browser.newContext({ viewport: DESKTOP, ...options });
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
    page.on("dialog", (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== stage.url) wrong.push(`request to ${request.url()}`);
    });
    try {
      await use(page, context);
    } finally {
      await context.close();
    }
    assert.deepEqual(wrong, []);
  }

  test("a question can be asked with the keyboard alone", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      for (let i = 0; i < 2; i++) await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      await page.keyboard.type(ANSWERED);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\?q=acupuncture/);
      assert.match(await page.locator("h1").innerText(), /Acupuncture/);
      assert.ok(await page.locator("h1 .verdict").isVisible());
    }));

  test("suggestions come while typing, and arrow keys and Enter take one", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      const field = page.getByRole("combobox", { name: /^Ask/ });
      await field.pressSequentially("dry nee");
      await page.getByRole("listbox").getByRole("option", { name: /^Dry needling/ }).waitFor();
      assert.equal(await field.getAttribute("aria-expanded"), "true");
      await field.press("ArrowDown");
      const marked = await field.getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${marked}`).getAttribute("aria-selected"), "true");
      await field.press("Enter");
      await page.waitForURL(/\?q=Dry/);
      assert.match(await page.locator("h1").innerText(), /Dry needling/);
    }));

  test("Escape closes the suggestions and keeps what was typed", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      const field = page.getByRole("combobox", { name: /^Ask/ });
      await field.pressSequentially("massage");
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      await field.press("Escape");
      assert.equal(await page.getByRole("listbox").getByRole("option").count(), 0);
      assert.equal(await field.inputValue(), "massage");
    }));

  test("after 'for' the complaint is completed and the treatment stays", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      const field = page.getByRole("combobox", { name: /^Ask/ });
      await field.pressSequentially("dry needling for migr");
      await page.getByRole("listbox").getByRole("option", { name: /^Migraine/ }).click();
      await page.waitForURL(/\?q=dry/);
      assert.match(await page.locator("h1").innerText(), /Dry needling.*migraine/s);
    }));

  test("a misspelt name is found, and how many were found is said", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      await page.getByRole("combobox", { name: /^Ask/ }).pressSequentially("accupunctre");
      await page.getByRole("listbox").getByRole("option", { name: /^Acupuncture/ }).waitFor();
      assert.match(await page.locator(".ask [role=status]").textContent(), /^\d+ suggestions?$/);
    }));

  test("where the whole begins no name its last words are completed, and the rest stays", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      await page.getByRole("combobox", { name: /^Ask/ }).pressSequentially("massage gun fibrom");
      await page.getByRole("listbox").getByRole("option", { name: /^Fibromyalgia/ }).click();
      await page.waitForURL(/\?q=massage(%20|\+)gun(%20|\+)Fibromyalgia/i);
      assert.match(await page.locator("h1").innerText(), /Massage gun.*fibromyalgia/s);
    }));

  test("what nothing is called like gets no list, and that is said", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      await page.getByRole("combobox", { name: /^Ask/ }).pressSequentially("qqqqqq");
      await page.getByText("No suggestions").waitFor({ state: "attached" });
      assert.equal(await page.getByRole("listbox").count(), 0);
    }));

  test("the down arrow opens a list that was closed", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf("massage"));
      const field = page.getByRole("combobox", { name: /^Ask/ });
      await field.press("End");
      assert.equal(await page.getByRole("listbox").count(), 0);
      await field.press("ArrowDown");
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      await field.press("ArrowUp");
      assert.equal(await page.locator("[aria-selected=true]").count(), 1);
      await field.press("ArrowLeft"); // back in what is typed
      assert.equal(await page.locator("[aria-selected=true]").count(), 0);
    }));

  test("a slow answer to what was typed before never takes the place of a later one", () =>
    inPage({}, async (page) => {
      await page.route(/suggest.*q=mass$/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await route.continue().catch(() => {}); // given up meanwhile, as it should be
      });
      await page.goto(addressOf(""));
      const field = page.getByRole("combobox", { name: /^Ask/ });
      const asked = page.waitForRequest(/suggest.*q=mass$/);
      await field.pressSequentially("mass");
      await asked;
      await field.fill("cupping");
      const option = page.getByRole("listbox").getByRole("option");
      await page.getByRole("listbox").getByRole("option", { name: /^Cupping/ }).waitFor();
      const before = await option.allInnerTexts();
      await page.waitForTimeout(900);
      assert.deepEqual(await option.allInnerTexts(), before);
    }));

  test("on a phone a suggestion is taken with a finger", () =>
    inPage({ viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await page.goto(addressOf(""));
      await page.locator("#q").tap();
      await page.locator("#q").pressSequentially("tennis");
      const option = page.getByRole("listbox").getByRole("option", { name: /tennis elbow/ });
      await option.waitFor();
      assert.ok((await option.boundingBox()).height >= 44, "a finger needs 44 px");
      await option.tap();
      await page.waitForURL(/\?q=/);
      assert.match(await page.locator("h1").innerText(), /tennis elbow/);
    }));

  test("without JavaScript a question is asked and answered whole", () =>
    inPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(addressOf(""));
      await page.locator("#q").fill(ANSWERED);
      await page.getByRole("button", { name: "Ask" }).click();
      for (const row of ["How big", "How sure, and why", "How safe", "The studies"])
        await page.getByRole("heading", { name: row }).waitFor(); // what is below the first screen comes a frame later
      assert.ok((await page.getByRole("row").count()) > 1);
      assert.equal(await page.locator("#q").inputValue(), ANSWERED);
    }));

  test("every study in the table leads to where it can be read", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(ANSWERED));
      const links = await page.locator(".studies tbody th a").all();
      assert.ok(links.length > 0);
      for (const link of links) assert.match(await link.getAttribute("href"), /^https?:\/\//);
    }));

  test("an unknown treatment is said to be unknown, and the complaint leads on", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf("moon crystals for neck pain"));
      assert.equal(await page.locator("h1").innerText(), "Not in this base");
      await page.getByRole("link", { name: "All that is rated for neck pain" }).click();
      assert.equal(await page.locator("h1").innerText(), "What helps neck pain");
    }));

  test("a ranked list leads to the answer that it showed", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf("low back pain"));
      const first = page.locator(".rated li").first();
      const verdict = await first.locator(".verdict").innerText();
      await first.getByRole("link").click();
      assert.equal(await page.locator("h1 .verdict").innerText(), verdict);
    }));

  for (const hostile of [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)> dry needling',
    "<svg/onload=alert(1)> for neck pain",
    "' autofocus onfocus='alert(1)",
  ])
    test(`${hostile} is shown as text`, () =>
      inPage({}, async (page) => {
        await page.goto(addressOf(hostile));
        assert.equal(await page.locator("#q").inputValue(), hostile);
        const data = 'script[type="application/ld+json"]'; // does not run
        assert.equal(await page.locator(`script:not(${data}, [src^="/assets/"])`).count(), 0);
        for (const text of await page.locator(data).allTextContents())
          assert.equal(JSON.parse(text)["@context"], "https://schema.org");
        assert.equal(await page.locator(
          `main img:not(.plot img), main script:not(${data}), [onerror], [onload]`).count(), 0);
      }));

  test("a question tells no other site where the reader came from", () =>
    inPage({}, async (page) => {
      const reply = await page.goto(addressOf(ANSWERED));
      const headers = reply.headers();
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.match(headers["content-security-policy"], /^default-src 'none';/);
      assert.match(headers["cache-control"], /private/);
    }));

  for (const [kind, question] of Object.entries(EVERY_KIND)) {
    test(`${kind} fits every width without scrolling sideways`, () =>
      inPage({}, async (page) => {
        await page.goto(addressOf(question));
        for (const viewport of [SMALLEST, PHONE, { width: 736, height: 900 }, DESKTOP]) {
          await page.setViewportSize(viewport);
          const [needed, there] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          assert.ok(needed <= there, `${needed} px in ${there} at ${viewport.width}`);
        }
      }));

    for (const colorScheme of ["light", "dark"])
      test(`${kind} has no accessibility violation that axe finds, ${colorScheme}`, () =>
        inPage({ colorScheme, viewport: colorScheme === "light" ? DESKTOP : PHONE }, async (page) => {
          await page.goto(addressOf(question));
          await page.evaluate(axeSource);
          const { violations } = await page.evaluate(() =>
            axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
          );
          assert.deepEqual(
            violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`),
            [],
          );
        }));
  }

  test("the open list of suggestions has no accessibility violation that axe finds", () =>
    inPage({}, async (page) => {
      await page.goto(addressOf(""));
      await page.getByRole("combobox", { name: /^Ask/ }).pressSequentially("massage");
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`), []);
    }));
});
