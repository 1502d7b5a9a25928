// The pages of a treatment and of a complaint as their readers use them: somebody in pain on a phone, a
// physiotherapist who doubts a study, a journalist who cites.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PHONE, fitsEveryWidth, inPage as openPage, isAccessible, tabTo, weight } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

// One of each kind, as the curated base has them.
const POOLED = "/t/tens/period-pain"; // trials pooled against both comparators
const LARGEST = "/t/exercise/knee-osteoarthritis"; // more than a hundred trials
const REVIEWED = "/t/dry-needling/neck-mtrp"; // a published review answers, and how to do it is known
const UNTESTED = "/t/massage-gun/carpal-tunnel";
const MEDICINE = "/t/oral-nsaids/acute-low-back-pain";
const ALONE = "/t/tens";
const COMPLAINT = "/c/low-back-pain";
const EVERY_KIND = { POOLED, LARGEST, REVIEWED, UNTESTED, MEDICINE, ALONE, COMPLAINT };

describe("the page of a treatment", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const inPage = (options, path, use) =>
    openPage(stage, options, async (page, requests, context) => {
      await page.goto(stage.url + path);
      await use(page, requests, context);
    });
  const data = async (path) => (await fetch(stage.url + path)).json();
  const row = (page, name) => page.locator(".glance > div", { has: page.locator("dt", { hasText: name }) });

  for (const javaScriptEnabled of [true, false])
    test(`the first screen tells all that a reader needs, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () =>
      inPage({ viewport: PHONE, javaScriptEnabled }, REVIEWED, async (page) => {
        assert.equal(await page.locator("h1 .verdict").count(), 1);
        assert.match(await page.locator(".sure").innerText(), /low certainty/);
        for (const [name, words] of [
          ["How big", /the least that people notice/], ["What it takes", /Somebody trained does it/],
          ["How safe", /harm/i], ["When to stop", /If the pain is not at least 30 % less/],
          ["See someone first", /heart attack/],
        ]) assert.match(await row(page, name).innerText(), words, name);
        assert.equal(await page.locator(".glance .verdict").count(), 0, "one verdict alone");
        assert.equal(await row(page, "See someone first").locator("li").count(), 3);
      }));

  test("sections stand in the order in which they matter", () =>
    inPage({}, REVIEWED, async (page) => {
      const wanted = ["How big", "How safe", "When to stop", "See someone first", "What is said of it, judged",
        "The studies", "How sure, and why", "How to do it safely", "What would change this", "What changed", "To cite this"];
      const there = await page.locator("main h2").allInnerTexts();
      assert.deepEqual(there.filter((one) => wanted.includes(one)), wanted);
    }));

  test("every link within the page leads to something in it", () =>
    inPage({}, REVIEWED, async (page) => {
      const dead = await page.evaluate(() => [...document.querySelectorAll('main a[href^="#"]')]
        .map((a) => a.getAttribute("href")).filter((href) => !document.querySelector(href)));
      assert.deepEqual(dead, []);
    }));

  for (const reducedMotion of ["reduce", "no-preference"])
    test(`a link far down the page arrives, motion ${reducedMotion}`, () =>
      inPage({ viewport: PHONE, reducedMotion }, POOLED, async (page) => {
        await page.locator('.glance a[href="#how"]').click();
        await page.waitForLoadState("networkidle");
        const top = () => page.locator("#how").evaluate((one) => one.getBoundingClientRect().top);
        assert.ok(Math.abs(await top()) < 60, `${await top()} px off`);
      }));

  test("the picture of 100 people shows what the API says, and from what it was modelled", async () => {
    const { headline } = await data("/v1/ratings/exercise/knee-osteoarthritis");
    const of100 = headline.effect.of_100;
    const [both, all] = [Math.round(of100.without), Math.round(of100.with)];
    await inPage({}, LARGEST, async (page) => {
      const shapes = await page.locator(".crowd > use").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.equal(shapes.length, 100);
      assert.equal(shapes.filter((one) => one === "#of-100-both").length, both);
      assert.equal(shapes.filter((one) => one === "#of-100-apart").length, all - both);
      const words = await page.locator("#size").innerText();
      assert.match(words, new RegExp(`${all} of 100 people with it .*${both} of 100 without it`));
      assert.match(words, /Compared with doing without it/);
      assert.match(words, /Worked out by a model/);
      assert.match(words, new RegExp(`begin at ${of100.from.baseline.toFixed(1)}`));
      assert.match(words, new RegExp(`middle of ${of100.from.control_groups} groups`));
    });
  });

  test("where 100 people cannot be told, the page says why and draws none", async () => {
    const { items } = await data("/v1/ratings?intervention=acupuncture&limit=200");
    for (const one of items.filter(({ effect }) => effect && effect.of_100 === null)) {
      const { headline } = await data(`/v1/ratings/acupuncture/${one.question.condition.id}`);
      if (headline?.id !== one.id) continue;
      await inPage({}, `/t/acupuncture/${one.question.condition.id}`, async (page) => {
        assert.equal(await page.locator(".crowd").count(), 0);
        assert.match(await page.locator("#size").innerText(), /no picture of 100 people here/);
      });
      return;
    }
    assert.fail("the base has no such answer of acupuncture any more: choose another treatment");
  });

  test("the diary opens with the treatment and the complaint filled in, and with nothing of the reader", () =>
    inPage({}, REVIEWED, async (page) => {
      await row(page, "When to stop").getByRole("link").click();
      assert.equal(await page.getByLabel("The treatment").inputValue(), "Dry needling");
      assert.equal(await page.getByLabel("What it is for").inputValue(), "knots in the neck");
      await page.goto(`${stage.url}/stop?symptoms=chest+pain&before=7`);
      assert.equal(await page.locator("#symptoms").inputValue(), "");
      assert.equal(await page.locator("[name=before]:checked").count(), 0);
    }));

  test("a medicine is never to be stopped on our word", () =>
    inPage({}, MEDICINE, async (page) => {
      const words = await row(page, "When to stop").innerText();
      assert.match(words, /talk to whoever prescribed it/);
      assert.doesNotMatch(words, /, stop\b/);
    }));

  // ---- the plot ----

  test("a row of the plot says its sentence to a pointer", () =>
    inPage({}, POOLED, async (page) => {
      const plot = page.locator(".plot").first();
      await plot.scrollIntoViewIfNeeded();
      const second = plot.locator("g.row").nth(1);
      await second.hover();
      const told = await plot.locator(".row-told").innerText();
      assert.match(told, /people; weight .*risk of bias/);
      assert.equal(told, await second.getAttribute("aria-label"));
    }));

  test("the plot is one stop for Tab, and arrows go from row to row", () =>
    inPage({}, POOLED, async (page) => {
      const plot = page.locator(".plot").first();
      await plot.scrollIntoViewIfNeeded();
      await plot.locator("g.row").first().waitFor();
      assert.equal(await plot.locator('g.row[tabindex="0"]').count(), 1);
      await plot.locator('g.row[tabindex="0"]').focus();
      const first = await plot.locator(".row-told").innerText();
      await page.keyboard.press("ArrowDown");
      const second = await plot.locator(".row-told").innerText();
      assert.notEqual(second, first);
      await page.keyboard.press("Home");
      assert.equal(await plot.locator(".row-told").innerText(), first);
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.shadowRoot ?? null), null, "Tab leaves the plot");
    }));

  test("without JavaScript the plot is a picture with words, and its table follows", () =>
    inPage({ javaScriptEnabled: false }, POOLED, async (page) => {
      const image = page.locator(".plot img").first();
      assert.match(await image.getAttribute("alt"), /^Forest plot\. TENS.*table below/);
      assert.ok(await page.locator("table caption").first().isVisible() ||
        await page.getByText(/as a table/).first().isVisible());
    }));

  test("a phone gets the narrow picture", () =>
    inPage({ viewport: PHONE }, POOLED, async (page) => {
      const image = page.locator(".plot img").first();
      assert.match(await image.evaluate((one) => one.currentSrc || one.src), /width=328/);
    }));

  // ---- what if ----

  for (const javaScriptEnabled of [true, false])
    test(`leaving studies out moves the answer as the API says, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
      const id = "tens.period-pain.sham.pain-intensity.unstated";
      const { studies } = await data(`/v1/ratings/${id}`);
      const out = studies.filter((one) => one.used).slice(0, 2).map((one) => one.id);
      const reply = await fetch(`${stage.url}/v1/ratings/${id}/what-if`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ leave_out: out }),
      });
      const { after: then } = await reply.json();
      await inPage({ javaScriptEnabled }, POOLED, async (page) => {
        const form = page.locator(".what-if").first();
        const fold = page.locator("summary", { hasText: "as a table" }).first();
        if (await fold.count()) await fold.click();
        for (const study of out) await form.locator(`[value="${study}"]`).check();
        if (!javaScriptEnabled) await form.getByRole("button").click();
        const told = page.locator(".supposed", { hasText: "Not our verdict" }).first();
        await page.waitForFunction((words) => [...document.querySelectorAll(".supposed")]
          .some((one) => one.textContent.includes(words)), then.sentence);
        assert.ok((await told.innerText()).includes(then.badge));
        if (javaScriptEnabled) assert.ok((await form.getByRole("status").innerText()).includes(`without those 2: ${then.badge}`));
        assert.equal(await page.locator("h1 .verdict").count(), 1, "ours stays as it is");
        for (const study of out) assert.ok(page.url().includes(encodeURIComponent(study)), "the address can be shared");
        const shared = await told.getByRole("link", { name: "Link to this what-if" }).getAttribute("href");
        await page.goto(stage.url + shared);
        assert.ok((await page.locator("#supposed").innerText()).includes(then.sentence));
        for (const study of out) assert.ok(await page.locator(`.what-if [value="${study}"]`).isChecked());
        assert.equal(await page.locator("link[rel=canonical]").getAttribute("href"), POOLED);
      });
    });

  test("taking the ticks back takes the answer and the address back", () =>
    inPage({}, POOLED, async (page) => {
      const fold = page.locator("summary", { hasText: "as a table" }).first();
      if (await fold.count()) await fold.click();
      const box = page.locator(".what-if").first().locator("input[type=checkbox]").first();
      await box.check();
      await page.getByText("Not our verdict").waitFor();
      await box.uncheck();
      await page.getByText("Not our verdict").waitFor({ state: "detached" });
      assert.equal(page.url(), stage.url + POOLED);
    }));

  test("what a link supposes of studies or comparisons that are not there changes nothing", () =>
    inPage({}, `${POOLED}?of=none&without=pmid%3A0&without=%3Cb%3E&moon=1`, async (page) => {
      assert.equal(await page.getByText("Not our verdict").count(), 0);
      assert.equal(await page.locator("h1 .verdict").count(), 1);
    }));

  test("a study can be left out with the keyboard alone", () =>
    inPage({}, POOLED, async (page) => {
      const fold = page.locator("summary", { hasText: "as a table" }).first();
      if (await fold.count()) await fold.press("Enter");
      await tabTo(page, ".what-if input[type=checkbox]", 200);
      await page.keyboard.press("Space");
      await page.getByText("Not our verdict").waitFor();
    }));

  // ---- what else stands there ----

  test("what would change a verdict is what the API says", async () => {
    const { headline } = await data("/v1/ratings/exercise/knee-osteoarthritis");
    const stability = await data(`/v1/ratings/${headline.id}/stability`);
    await inPage({}, LARGEST, async (page) => {
      const words = await page.locator("#turn").innerText();
      assert.match(words, new RegExp(`${stability.null_trials_that_turn_it} more trials`));
      assert.match(words, new RegExp(`about ${stability.people_needed} people`));
      await page.locator(".years summary").first().click();
    });
  });

  test("that nobody has tested it is not said as if it did not work", () =>
    inPage({}, UNTESTED, async (page) => {
      assert.match(await page.locator("h1").innerText(), /No study found/);
      const words = await page.locator("main").innerText();
      assert.match(words, /No study of it is known here/);
      assert.equal(await page.locator("#size").count(), 0);
      assert.doesNotMatch(await page.locator(".citation").innerText(), /certainty/);
    }));

  test("a citation names the answer, the base, the rules, the day and the address", async () => {
    const { as_of: asOf } = await data("/v1");
    await inPage({}, REVIEWED, async (page) => {
      const words = await page.locator(".citation").innerText();
      for (const part of ["Touchstone", "May work", asOf.base, asOf.ruleset.version, stage.url + REVIEWED])
        assert.ok(words.includes(part), part);
      await page.locator("#cite summary", { hasText: "CSL" }).click();
      const csl = JSON.parse(await page.getByLabel("Citation as CSL JSON").textContent());
      assert.equal(csl.URL, stage.url + REVIEWED);
      assert.equal(csl.type, "webpage");
      assert.equal(csl.issued["date-parts"][0].join("-"), asOf.collected.split("-").map(Number).join("-"));
      await page.locator("#cite summary", { hasText: "BibTeX" }).click();
      const bibtex = await page.getByLabel("Citation as BibTeX").textContent();
      assert.match(bibtex, /^@misc\{touchstone-dry-needling-neck-mtrp,/);
      assert.equal(bibtex.split("{").length, bibtex.split("}").length);
    });
  });

  test("since when an answer is followed is told, with the feed", () =>
    inPage({}, REVIEWED, async (page) => {
      assert.match(await page.locator("#changed").innerText(), /is followed here since \d+ \w+ \d{4}/);
      assert.equal(await page.locator("#changed a").last().getAttribute("href"), "/v1/changes.atom");
    }));

  test("printing opens what is folded", () =>
    inPage({}, REVIEWED, async (page) => {
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.locator("main details:not([open])").count(), 0);
    }));

  // ---- a complaint ----

  test("a complaint begins with danger, asks how long it has lasted, and narrows by links", () =>
    inPage({ javaScriptEnabled: false }, COMPLAINT, async (page) => {
      assert.match(await page.locator(".glance").innerText(), /control my bladder/);
      for (const name of ["recent low back pain", "long-lasting low back pain"])
        assert.ok(await page.locator("main").getByRole("link", { name, exact: true }).isVisible());
      const all = await page.locator(".rated > li").count();
      await page.getByRole("navigation", { name: "Show" }).getByRole("link", { name: /^Medicines/ }).click();
      assert.match(page.url(), /\?kind=drug$/);
      const some = await page.locator(".rated > li").count();
      assert.ok(some > 0 && some < all);
      assert.match(await page.locator('.narrow [aria-current="true"]').innerText(), new RegExp(`\\(${some}\\)`));
    }));

  test("what can be done oneself is shown with what it takes", () =>
    inPage({}, `${COMPLAINT}?who=yourself`, async (page) => {
      const takes = await page.locator(".rated small").allInnerTexts();
      assert.equal(takes.length, await page.locator(".rated > li").count());
      for (const words of takes) assert.match(words, /^You do it yourself/);
    }));

  test("the best rated stand first, in the order of the API", async () => {
    const { items } = await data("/v1/compare?condition=low-back-pain");
    await inPage({}, COMPLAINT, async (page) => {
      const names = await page.locator(".rated a").allInnerTexts();
      assert.deepEqual(names, items.map(({ headline }) => headline.intervention.name));
      const badges = await page.locator(".rated .verdict").allInnerTexts();
      assert.deepEqual(badges, items.map(({ headline }) => headline.badge));
    });
  });

  // ---- every kind ----

  for (const [kind, path] of Object.entries(EVERY_KIND)) {
    test(`${kind} fits every width without scrolling sideways`, () =>
      inPage({}, path, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await fitsEveryWidth(page);
      }));
    for (const colorScheme of ["light", "dark"])
      test(`${kind} has no violation that axe finds, ${colorScheme}`, () =>
        inPage({ colorScheme }, path, async (page) => {
          const plot = page.locator(".plot").first();
          if (await plot.isVisible().catch(() => false)) {
            await plot.scrollIntoViewIfNeeded();
            await plot.locator("g.row").first().waitFor();
          }
          await isAccessible(page);
        }));
    test(`${kind} weighs less than 60 kB`, async () => {
      assert.ok((await weight(stage, path)) < 60_000);
    });
  }
});
