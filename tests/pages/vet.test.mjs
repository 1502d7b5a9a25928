// The page that checks an advert, as a person would use it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, fitsEveryWidth, inPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const ADVERT =
  "Our TENS machine is clinically proven and FDA cleared for all pain. It cures back pain for good, " +
  "works in 60 seconds and has no side effects.";
const HOSTILE = `<script>alert(1)</script> "><img src=x onerror=alert(1)> </textarea><b>TENS cures back pain</b>`;
const SECRET = "zanzibarian7341"; // a word that must turn up nowhere

describe("checking an advert", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  async function check(page, text) {
    await page.goto(`${stage.url}/vet`);
    await page.locator("#text").fill(text);
    await page.getByRole("button", { name: "Check it" }).click();
    await page.locator("h1 .verdict").waitFor();
  }

  for (const javaScriptEnabled of [true, false])
    for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const how = `${javaScriptEnabled ? "with" : "without"} JavaScript on a ${name}`;

      test(`an advert is pasted, judged and told, ${how}`, () =>
        inPage(stage, { javaScriptEnabled, viewport }, async (page) => {
          await check(page, ADVERT);
          assert.equal(await page.locator("h1 .verdict").innerText(), "Misleading");
          assert.ok((await page.locator(".pasted a.part").count()) >= 4);
          const first = page.locator(".pasted a.part").first();
          await first.click();
          const told = page.locator(await first.getAttribute("href"));
          assert.ok(await told.isVisible());
          assert.ok(await told.locator(".verdict").isVisible());
          assert.match(await page.locator(".honest").innerText(), /What could honestly be said/);
          assert.ok((await page.locator(".parts .behind a").count()) > 0, "the proof is linked");
          assert.equal(await page.locator("#text").inputValue(), ADVERT);
          assert.equal(page.url().split("#")[0], `${stage.url}/vet`);
        }));

      test(`what is HTML stays text, ${how}`, () =>
        inPage(stage, { javaScriptEnabled, viewport }, async (page) => {
          await check(page, HOSTILE);
          assert.equal(await page.locator("#text").inputValue(), HOSTILE);
          assert.match(await page.locator(".pasted blockquote").innerText(), /<script>alert\(1\)<\/script>/);
          assert.equal(await page.locator("main script, main img, main b, [onerror]").count(), 0);
        }));

      test(`danger that the writer tells of themselves comes first, ${how}`, () =>
        inPage(stage, { javaScriptEnabled, viewport }, async (page) => {
          await check(page, `${ADVERT} I have crushing chest pain going down my left arm.`);
          const alarm = page.locator("article > :first-child");
          assert.match(await alarm.getAttribute("class"), /alarm/);
          assert.match(await alarm.innerText(), /ambulance/);
        }));
    }

  test("the worst parts are told first, and keep the numbers of the text", () =>
    inPage(stage, {}, async (page) => {
      await check(page, ADVERT);
      const order = ["Misleading", "Contradicted", "Not supported", "Overstated", "Partly supported",
        "Can't be checked here", "Supported", "Not judged"];
      const told = await page.locator(".parts .verdict").allInnerTexts();
      assert.deepEqual(told, [...told].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
      for (const mark of await page.locator(".pasted a.part").all()) {
        const [, number] = /#part-(\d+)/.exec(await mark.getAttribute("href"));
        assert.equal(await page.locator(`#part-${number}`).getAttribute("value"), number);
      }
    }));

  test("everything can be done with the keyboard alone", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/vet`);
      await tabTo(page, "#text");
      await page.keyboard.insertText(ADVERT);
      await tabTo(page, "[type=submit]");
      await page.keyboard.press("Enter");
      await page.locator("h1 .verdict").waitFor();
      assert.ok(await page.evaluate(() => document.activeElement.matches("h1")), "the answer has the focus");
      await tabTo(page, ".pasted a.part");
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".parts > li.chosen")));
      await tabTo(page, "#text");
    }));

  test("the honest wording is copied, and a link carries the text past the server", () =>
    inPage(stage, {}, async (page, requests, context) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await check(page, ADVERT);
      await page.getByRole("button", { name: "Copy these words" }).click();
      await page.getByText("Copied.").waitFor();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      assert.equal(await clipboard(), await page.locator("#could").innerText());
      await page.getByRole("button", { name: "Copy a link" }).click();
      await page.getByText("Link copied.").waitFor();
      const link = await clipboard();
      assert.ok(link.startsWith(`${stage.url}/vet#text=Our%20TENS`));
      await page.goto("about:blank");
      await page.goto(link);
      await page.locator("h1 .verdict").waitFor();
      assert.equal(await page.locator("#text").inputValue(), ADVERT);
      assert.equal(page.url(), `${stage.url}/vet`, "the text left the address");
    }));

  test("a text too long for a link is said to be", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/vet`);
      await page.locator("#text").fill("TENS cures back pain. ".repeat(300));
      await page.getByRole("button", { name: "Copy a link" }).click();
      assert.match(await page.locator("form .trouble").innerText(), /too long for a link/);
    }));

  test("a hundred thousand characters are answered, with and without JavaScript", async () => {
    const long = "TENS may help some people with back pain. Nothing else is said in this line. ".repeat(1300);
    for (const javaScriptEnabled of [true, false])
      await inPage(stage, { javaScriptEnabled }, async (page) => {
        await check(page, long.slice(0, 100000));
        assert.equal((await page.locator("#text").inputValue()).length, 100000);
      });
  });

  test("emoji and writing from the right stay as they are", () =>
    inPage(stage, {}, async (page) => {
      const text = "🔥🔥 TENS cures back pain 👨‍👩‍👧 in 60 seconds!\nجهاز TENS يشفي الألم\n\u202eTENS has no side effects";
      await check(page, text);
      assert.equal(await page.locator("#text").inputValue(), text);
      const shown = await page.locator(".pasted blockquote").evaluate((one) => {
        one.querySelectorAll("sup").forEach((sup) => sup.remove());
        return one.textContent;
      });
      assert.equal(shown, text);
    }));

  test("nothing typed reaches the log, an address or the browser's store, and no cache keeps it", () =>
    inPage(stage, {}, async (page, requests, context) => {
      const replies = [];
      page.on("response", (reply) => replies.push(reply));
      await check(page, `${SECRET} ${ADVERT}`);
      assert.ok(!requests.some((url) => url.includes(SECRET)));
      const answer = replies.find((reply) => reply.request().method() === "POST");
      assert.equal(answer.headers()["cache-control"], "no-store");
      assert.equal(answer.headers()["x-robots-tag"], "noindex");
      assert.equal(answer.headers()["set-cookie"], undefined);
      assert.deepEqual(await context.cookies(), []);
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
      const log = await stage.logged();
      if (log === null) return;
      assert.match(log, /"\/vet"/);
      assert.ok(!log.includes(SECRET));
    }));

  test("an empty text is told of", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/vet`);
      await page.locator("#text").fill("   \n ");
      await page.getByRole("button", { name: "Check it" }).click();
      assert.match(await page.locator("form .trouble").innerText(), /no text yet/);
    }));

  test("buttons are large enough for a finger", () =>
    inPage(stage, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await check(page, ADVERT);
      for (const button of await page.locator("main button:visible").all())
        assert.ok((await button.boundingBox()).height >= 44);
    }));

  for (const colorScheme of ["light", "dark"])
    for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      test(`axe finds nothing before and after, ${colorScheme}, ${name}`, () =>
        inPage(stage, { colorScheme, viewport }, async (page) => {
          await page.goto(`${stage.url}/vet`);
          await isAccessible(page);
          await check(page, ADVERT);
          await isAccessible(page);
        }));
    }

  test("it fits every width before and after", () =>
    inPage(stage, {}, async (page) => {
      await page.goto(`${stage.url}/vet`);
      await fitsEveryWidth(page);
      await check(page, `${ADVERT} ${"x".repeat(300)}`);
      await fitsEveryWidth(page);
    }));

  test("the page is found from the front page, and is light", async (context) => {
    await inPage(stage, {}, async (page) => {
      await page.goto(stage.url);
      await page.getByRole("link", { name: "Check an advert" }).first().click();
      assert.equal(page.url(), `${stage.url}/vet`);
    });
    const bytes = await weight(stage, "/vet");
    context.diagnostic(`${bytes} bytes gzipped`);
    assert.ok(bytes < 60000);
  });
});
