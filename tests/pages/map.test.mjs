// The map on the front page in a real browser: found, read, chosen from and opened, by mouse, by
// keyboard, on a phone and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, fitsEveryWidth, inPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const BUDGET_BYTES = 60_000;

const lowerFirst = (words) => words[0].toLowerCase() + words.slice(1);
const certaintyWords = (id) => id.replace("-", " ");

describe("the map", { skip: missing }, () => {
  let stage;
  let map; // what the API tells
  before(async () => {
    stage = await openStage();
    map = await (await fetch(`${stage.url}/v1/map`)).json();
  });
  after(() => stage?.close());

  const open = async (page, address = "/") => page.goto(stage.url + address);
  const cells = (page) => page.locator(".map td a");
  const pathOf = (cell) => `/t/${cell.intervention}/${cell.condition}`;
  const focusedText = (page) =>
    page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);

  test("every pair that was studied has a sign that says in words what the API says", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      const said = new Map(
        await cells(page).evaluateAll((all) => all.map((one) => [one.getAttribute("href"), one.ariaLabel])),
      );
      assert.equal(said.size, map.cells.length);
      for (const cell of map.cells) {
        const words = said.get(pathOf(cell));
        assert.ok(words.includes(`: ${lowerFirst(cell.badge)}, ${certaintyWords(cell.certainty)} certainty, `), words);
        if (cell.participants !== null) assert.match(words, new RegExp(`, ${cell.participants} (people|person)$`));
        else assert.match(words, new RegExp(`, ${cell.studies} stud(y|ies), people not told$`));
      }
    }));

  test("a screen reader gets a table with a caption, heads, and nothing in empty cells", () =>
    inPage(stage, { javaScriptEnabled: false }, async (page) => {
      await open(page);
      const table = page.getByRole("table", { name: /What the studies say/ });
      assert.match(await table.locator("caption").textContent(), /empty cell means that no study/);
      assert.equal(await table.locator("thead th[scope=col]").count(), map.conditions.length);
      assert.equal(await table.locator("th[scope=row]").count(), map.interventions.length);
      const empty = await table.locator("tbody td:not(:has(a))").allTextContents();
      assert.equal(empty.length, map.interventions.length * map.conditions.length - map.cells.length);
      assert.ok(empty.every((text) => text.trim() === ""));
    }));

  test("another verdict has another shape, more people a larger sign, more certainty a fuller square", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      const look = (cell) =>
        page.locator(`.map td a[href="${pathOf(cell)}"]`).evaluate((link) => ({
          shape: link.querySelector("use").getAttribute("href"),
          ground: getComputedStyle(link).backgroundColor,
          size: link.querySelector("svg").getBoundingClientRect().width,
        }));
      const shapes = new Set();
      for (const verdict of ["may-work", "may-help-a-little", "unproven", "may-not-work"])
        shapes.add((await look(map.cells.find((cell) => cell.verdict === verdict))).shape);
      assert.equal(shapes.size, 4);
      const counted = map.cells.filter((cell) => cell.participants !== null)
        .sort((a, b) => a.participants - b.participants);
      assert.ok((await look(counted.at(-1))).size > (await look(counted[0])).size * 1.5);
      const grounds = new Set();
      for (const certainty of ["low", "moderate", "high"])
        grounds.add((await look(map.cells.find((cell) => cell.certainty === certainty))).ground);
      assert.equal(grounds.size, 3);
    }));

  test("with the mouse a sign tells its sentence and opens its page; Escape takes the words away", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      const link = cells(page).nth(20);
      const shown = () => link.evaluate((one) => getComputedStyle(one, "::after").content);
      assert.equal(await shown(), "none");
      await link.hover();
      assert.ok((await shown()).includes(await link.getAttribute("aria-label")));
      await page.keyboard.press("Escape");
      assert.equal(await shown(), "none");
      const address = await link.getAttribute("href");
      await link.click();
      assert.equal(new URL(page.url()).pathname, address);
    }));

  test("the keyboard stops once, walks from cell to cell, and opens", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      await tabTo(page, ".map table a, .map table td");
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("Home");
      assert.equal(await page.evaluate(() => document.activeElement.parentElement.scope), "row");
      await page.keyboard.press("ArrowUp"); // the corner is no place
      assert.equal(await page.evaluate(() => document.activeElement.parentElement.scope), "row");
      await page.keyboard.press("Control+ArrowRight");
      assert.match(await focusedText(page), / for .+: .+ certainty, /);
      await page.keyboard.press("End");
      const end = await page.evaluate(() => document.activeElement.closest("td").cellIndex);
      assert.equal(end, map.conditions.length);
      await page.keyboard.press("Control+ArrowLeft");
      const address = await page.evaluate(() => document.activeElement.getAttribute("href"));
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === address);
    }));

  test("Tab leaves the map at once, and comes back to where it was", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      await tabTo(page, ".map table a, .map table td");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Control+ArrowDown");
      const there = await focusedText(page);
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.closest("table")), null);
      await page.keyboard.press("Shift+Tab");
      assert.equal(await focusedText(page), there);
    }));

  test("an empty cell says that nothing stands there, and Enter opens the page that says so", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      await tabTo(page, ".map table a, .map table td");
      for (let i = 0; i < 60 && (await page.evaluate(() => document.activeElement.matches("a"))); i++)
        await page.keyboard.press(i % 2 ? "ArrowDown" : "ArrowRight");
      assert.match(await focusedText(page), /^No study of .+ for .+ stands in this base$/);
      assert.ok(await page.locator(".map td:focus > span").isVisible());
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/t\/[^/]+\/[^/]+$/);
      assert.match(await page.locator("h1").innerText(), /No study found/);
    }));

  test("what has the focus never hides under the heads", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      await tabTo(page, ".map table a, .map table td");
      await page.keyboard.press("Control+End");
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press(i < 6 ? "PageUp" : "ArrowUp");
        const [top, bottom] = await page.evaluate(() => [
          document.activeElement.getBoundingClientRect().top,
          document.querySelector(".map thead").getBoundingClientRect().bottom,
        ]);
        assert.ok(top >= bottom - 1, `at ${top}, heads end at ${bottom}`);
      }
    }));

  for (const javaScriptEnabled of [true, false])
    test(`kinds and verdicts are chosen by links that can be shared, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () =>
      inPage(stage, { javaScriptEnabled }, async (page) => {
        await open(page);
        const choices = page.getByRole("navigation", { name: "What the map shows" });
        await choices.getByRole("link", { name: /^Devices/ }).click();
        await choices.getByRole("link", { name: /help a little/ }).click();
        assert.equal(new URL(page.url()).search, "?kind=device&verdict=small-benefit");
        const kinds = new Map(map.interventions.map((one) => [one.id, one.kind]));
        const expected = map.cells
          .filter((cell) => kinds.get(cell.intervention) === "device" && /small-benefit|help-a-little/.test(cell.verdict))
          .map(pathOf).sort();
        assert.ok(expected.length > 0);
        const shown = await cells(page).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
        assert.deepEqual(shown.sort(), expected);
        await choices.getByRole("link", { name: "Show the whole map" }).click();
        assert.equal(await cells(page).count(), map.cells.length);
      }));

  test("a complaint is chosen without JavaScript, and what is rated for it stands best first", () =>
    inPage(stage, { javaScriptEnabled: false }, async (page) => {
      await open(page);
      await page.getByLabel("Only for").selectOption("neck-pain");
      await page.getByRole("button", { name: "Show" }).click();
      assert.equal(new URL(page.url()).searchParams.get("condition"), "neck-pain");
      const listed = await page.locator(".by-complaint li a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.deepEqual(listed, map.cells.filter((cell) => cell.condition === "neck-pain").map(pathOf));
    }));

  test("a choice that is none shows the whole map", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/?kind=magic&verdict=perhaps&condition=neck-pian&colour=red");
      assert.equal(await cells(page).count(), map.cells.length);
    }));

  test("a choice that leaves nothing says so and leads back", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/?kind=education&verdict=harmful");
      assert.ok(await page.getByText("Nothing in this base is like that.").isVisible());
      await page.getByRole("link", { name: "Show the whole map" }).click();
      assert.equal(await cells(page).count(), map.cells.length);
    }));

  test("on a phone it is a list by complaint that opens under the finger", () =>
    inPage(stage, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await open(page);
      assert.equal(await page.locator(".map table").isVisible(), false);
      const summary = page.locator(".by-complaint summary", { hasText: /^neck pain/i }).first();
      assert.ok((await summary.boundingBox()).height >= 44, "a finger needs 44 px");
      await summary.tap();
      const best = map.cells.find((cell) => cell.condition === "neck-pain");
      const first = page.locator(".by-complaint details[open] li a").first();
      assert.equal(await first.getAttribute("href"), pathOf(best));
      await first.tap();
      await page.waitForURL((url) => url.pathname === pathOf(best));
    }));

  test("a treatment without any study is named as that, and stands in no row", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      const all = (await (await fetch(`${stage.url}/v1/interventions?limit=500`)).json()).items.map((one) => one.id);
      const studied = new Set(map.interventions.map((one) => one.id));
      const named = await page.locator(".map .note a").evaluateAll((links) =>
        links.map((one) => one.getAttribute("href").split("/").pop()));
      assert.deepEqual(named.sort(), all.filter((id) => !studied.has(id)).sort());
    }));

  test("every sign is large enough to be hit", () =>
    inPage(stage, {}, async (page) => {
      for (const width of [736, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await open(page);
        const small = await page.locator(".map td a, .map th a").evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect()).filter((box) => Math.min(box.width, box.height) < 24).length);
        assert.equal(small, 0, `at ${width}`);
      }
    }));

  test("nothing moves while the page comes in", () =>
    inPage(stage, {}, async (page) => {
      await page.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await open(page);
      await page.waitForLoadState("networkidle");
      assert.ok((await page.evaluate(() => window.moved)) < 0.01);
    }));

  test("the first answer is light", async () => {
    const bytes = await weight(stage, "/");
    assert.ok(bytes < BUDGET_BYTES, `${bytes} bytes`);
  });

  for (const address of ["/", "/?kind=device&verdict=works", "/?condition=low-back-pain"]) {
    test(`${address} fits every width`, () =>
      inPage(stage, {}, async (page) => {
        await open(page, address);
        await fitsEveryWidth(page);
      }));

    for (const [colorScheme, viewport] of [["light", DESKTOP], ["dark", DESKTOP], ["dark", PHONE]])
      test(`${address} has no violation that axe finds, ${colorScheme}, ${viewport.width} wide`, () =>
        inPage(stage, { colorScheme, viewport }, async (page) => {
          await open(page, address);
          for (const summary of await page.locator(".by-complaint > details:not([open]) > summary").all())
            if (await summary.isVisible()) await summary.click();
          await isAccessible(page);
        }));
  }

  test("a sign that tells its words has no violation that axe finds", () =>
    inPage(stage, {}, async (page) => {
      await open(page);
      await tabTo(page, ".map table a, .map table td");
      await page.keyboard.press("ArrowDown");
      await isAccessible(page);
    }));
});
