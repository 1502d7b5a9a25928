// Where does it hurt: a place is chosen on the figure or in the list, and danger is told first.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, fitsEveryWidth, inPage, isAccessible, PHONE, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const LONG = "neck-back"; // the page with the most to tell
const SMALLEST_TARGET = 24; // px: WCAG 2.2, 2.5.8
const HEAVIEST = 60 * 1024;

describe("where it hurts", { skip: missing }, () => {
  let stage, places;
  before(async () => {
    stage = await openStage();
    places = (await (await fetch(`${stage.url}/v1/places`)).json()).items;
  });
  after(() => stage?.close());

  const open = (page, path) => page.goto(stage.url + path);
  const told = async (id) => (await fetch(`${stage.url}/v1/places/${id}`)).json();
  // The way to a point within a tile: between the left and the right one there is nothing to touch.
  const tile = async (page, view, name) => {
    const path = page.locator(`svg[aria-label="${view} of the body"] a`)
      .filter({ has: page.locator(`title:text-is("${name}")`) }).locator("path");
    await path.scrollIntoViewIfNeeded();
    const [x, y] = await path.evaluate((one) => {
      const box = one.getBBox();
      const inside = [0.5, 0.15, 0.85].map((share) => new DOMPoint(box.x + box.width * share, box.y + box.height / 2))
        .find((point) => one.isPointInFill(point));
      const at = inside.matrixTransform(one.getScreenCTM());
      return [at.x, at.y];
    });
    return { click: () => page.mouse.click(x, y), tap: () => page.touchscreen.tap(x, y) };
  };

  test("a click on the chest leads to its danger signs, the heart first", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/");
      await page.getByRole("link", { name: "Where does it hurt?" }).first().click();
      await page.getByRole("link", { name: "Chest", exact: true }).first().click();
      await page.waitForURL(/\/where\/chest$/);
      const first = page.locator(".flags > li").first();
      assert.match(await first.innerText(), /heart attack[\s\S]*call an ambulance at once/);
      assert.match(await page.locator(".dangers h3").first().innerText(), /Ambulance or emergency/);
    }));

  test("on a phone the danger stands on the first screen, and a finger finds each place", () =>
    inPage(stage, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await open(page, "/where");
      await (await tile(page, "Back", "Low back")).tap();
      await page.waitForURL(/\/where\/low-back$/);
      const bar = await page.locator(".u-emergency > h3").first().boundingBox();
      assert.ok(bar.y + bar.height < PHONE.height, `the bar ends at ${bar.y + bar.height}`);
    }));

  test("each tile is large enough for a finger, on the narrowest phone too", () =>
    inPage(stage, { viewport: { width: 320, height: 640 } }, async (page) => {
      await open(page, "/where");
      for (const one of await page.locator(".figures path").all()) {
        // a left and a right one are one link: what is measured is the one
        const [name, width, height] = await one.evaluate((path) => {
          const own = path.cloneNode();
          own.setAttribute("d", `${path.getAttribute("d").split("Z")[0]}Z`);
          path.parentNode.append(own);
          const box = own.getBoundingClientRect();
          own.remove();
          return [path.parentNode.textContent, box.width, box.height];
        });
        assert.ok(width >= SMALLEST_TARGET && height >= SMALLEST_TARGET, `${name}: ${width} by ${height}`);
      }
      for (const link of await page.locator(".places a").all())
        assert.ok((await link.boundingBox()).height >= SMALLEST_TARGET);
    }));

  test("by keyboard alone a place is chosen, and each has one stop on the figure", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/where");
      await tabTo(page, '.figures a[href="/where/shoulder"]');
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement.querySelector("path")).strokeWidth), "1.2px");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/where\/shoulder$/);
      assert.match(await page.locator("h1").innerText(), /Shoulder/);
      await open(page, "/where");
      const stops = await page.locator('.figures a:not([tabindex="-1"])').evaluateAll(
        (links) => links.map((link) => link.getAttribute("href")));
      const drawn = places.filter((place) => place.shapes.length > 0).map((place) => `/where/${place.id}`);
      assert.deepEqual([...stops].sort(), drawn.sort());
    }));

  test("the list names every place, each leads to its page, and a page to another place", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/where");
      const links = await page.locator(".places a").evaluateAll(
        (all) => all.map((link) => [link.getAttribute("href"), link.innerText]));
      assert.deepEqual(links, places.map(({ id, name }) => [`/where/${id}`, name]));
      for (const [address, name] of links) {
        assert.equal((await open(page, address)).status(), 200);
        assert.match(await page.locator("h1").innerText(), new RegExp(`${name}$`));
      }
      await page.locator(".another .places").getByRole("link", { name: "Knee" }).click();
      await page.waitForURL(/\/where\/knee$/);
    }));

  test("without JavaScript all of it is there", () =>
    inPage(stage, { javaScriptEnabled: false }, async (page) => {
      await open(page, "/where");
      await (await tile(page, "Front", "Knee")).click();
      await page.waitForURL(/\/where\/knee$/);
      for (const heading of ["What helps, and what doesn't", "Muscles said to be felt here"])
        assert.ok(await page.getByRole("heading", { name: heading }).isVisible());
    }));

  test("the page says what the answer for programs says, in its order", () =>
    inPage(stage, {}, async (page) => {
      for (const id of ["low-back", "jaw", "whole-body"]) {
        const place = await told(id);
        await open(page, `/where/${id}`);
        const own = page.locator(".dangers > section .means");
        assert.deepEqual(await own.allInnerTexts(), place.red_flags.map((one) => one.red_flag.means));
        const halves = place.complaints.flatMap(({ rated, recent, lasting }) =>
          recent === null ? [rated] : [recent, lasting]);
        const rated = halves.flatMap(({ helping, failing }) => [...helping, ...failing]);
        assert.deepEqual(await page.locator(".rated .verdict").allInnerTexts(),
          rated.map(({ badge }) => badge));
        assert.deepEqual(await page.locator(".rated a").evaluateAll((all) => all.map((a) => a.getAttribute("href"))),
          rated.map(({ intervention, condition }) => `/t/${intervention.id}/${condition.id}`));
        assert.equal(await page.locator(".muscles > li").count(), place.muscles.length);
      }
    }));

  test("a verdict in the list is that of the page it leads to", () =>
    inPage(stage, {}, async (page) => {
      await open(page, "/where/low-back");
      const first = page.locator(".rated li").first();
      const verdict = await first.locator(".verdict").innerText();
      await first.getByRole("link").click();
      assert.equal(await page.locator("h1 .verdict").innerText(), verdict);
    }));

  test("danger signs of any place and their sources are a tap away", () =>
    inPage(stage, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await open(page, "/where/knee");
      const general = page.locator(".general");
      assert.ok(!(await general.locator(".means").first().isVisible()));
      await general.locator("summary").first().tap();
      assert.ok(await general.locator(".means").first().isVisible());
      await page.locator(".flags .behind summary").first().tap();
      const source = page.locator(".flags .behind a").first();
      assert.ok(await source.isVisible());
      assert.match(await source.getAttribute("href"), /^https?:/);
    }));

  test("a place that is not there leads to those that are", () =>
    inPage(stage, {}, async (page) => {
      // the browser itself notes the 404 on its console
      const reply = await (await fetch(`${stage.url}/where/tail`)).text();
      assert.match(reply, /There is no such place/);
      await page.setContent(reply.replace(/<(link|script)[^>]*>/g, ""));
      assert.equal(await page.locator('.choices a[href^="/where/"]').count(), places.length);
    }));

  for (const path of ["/where", `/where/${LONG}`, "/where/low-back", "/where/belly"]) {
    test(`${path} fits every width`, () =>
      inPage(stage, {}, async (page) => {
        await open(page, path);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await fitsEveryWidth(page);
      }));
    for (const colorScheme of ["light", "dark"])
      test(`${path} has no accessibility violation that axe finds, ${colorScheme}`, () =>
        inPage(stage, { colorScheme, viewport: colorScheme === "light" ? DESKTOP : PHONE }, async (page) => {
          await open(page, path);
          await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
          await isAccessible(page);
        }));
  }

  test("no page of it is heavy", async () => {
    for (const path of ["/where", ...places.map(({ id }) => `/where/${id}`)]) {
      const bytes = await weight(stage, path);
      assert.ok(bytes < HEAVIEST, `${path}: ${bytes} bytes`);
    }
  });
});
