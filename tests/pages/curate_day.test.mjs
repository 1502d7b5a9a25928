// A curator's day in the browser: screening by keyboard, appraising, entering results, seeing a
// verdict move before and after, taking it back, and what is exported of it. All studies are made up.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { RecordedServer } from "../end_to_end/recorded-server.mjs";
import { DESKTOP, PHONE, fitsEveryWidth, isAccessible } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

const QUESTION = "dry-needling.neck-mtrp.sham.pain-intensity.short";
const TRIAL = "pmid:99900000";
const OTHER = "pmid:99900009";
const TITLES = ["Dry needling for myofascial neck pain: a randomized controlled trial of 240 patients",
  "Massage for neck pain: a randomised trial", "TENS for knee osteoarthritis: a randomised trial",
  "Heat for low back pain: a randomised trial", "Kinesio taping for low back pain: a randomised trial",
  "Cupping for neck pain: a randomised trial", "Acupuncture for headache: a protocol of a randomised trial",
  "Shockwave for plantar heel pain: a randomised trial", "Stretching and soreness", "A letter to the editor"];
// As Europe PMC answers: the same fields, in two pages.
const records = TITLES.map((title, i) => ({ id: `9990000${i}`, source: "MED", pmid: `9990000${i}`, doi: `10.9999/made-up.${i}`,
  title, pubYear: "2026", authorString: "Mustermann E.", authorList: { author: [{ fullName: "Mustermann E", lastName: "Mustermann", firstName: "Erika" }] },
  journalInfo: { yearOfPublication: 2026, journal: { title: "Journal of Things Made Up" } }, abstractText: `Made up, number ${i}.` }));
const page = (cursor, items, next) => ({ match: `cursorMark=${cursor}(&|\\s)`,
  answers: [{ json: { hitCount: records.length, nextCursorMark: next, resultList: { result: items } } }] });
const answers = { routes: [page("(%2A|[*])", records.slice(0, 6), "c1"), page("c1", records.slice(6))] };

// Answers that give "low" in every domain of RoB 2 (Sterne 2019): chance, hidden, alike; nobody
// knew; everybody measured; measured alike and blind; as planned.
const LOW = { 1.1: "yes", 1.2: "yes", 1.3: "no", 2.1: "no", 2.2: "no", 2.6: "yes", 3.1: "yes", 4.1: "no", 4.2: "no",
  4.3: "no", 5.1: "yes", 5.2: "no", 5.3: "no" };

// The browser itself tells of what is refused, as it should.
const isRefusal = (text) => /status of 4\d\d/.test(text);

describe("a day of curation", { skip: missing }, () => {
  let stage, folder, who;

  before(async () => {
    stage = await openStage();
    folder = await mkdtemp(join(tmpdir(), "touchstone-day-"));
    if (stage.command === null) return;
    const remote = await RecordedServer.start(answers);
    try {
      await stage.command("import", "europepmc", "myofascial pain", "--base-url", remote.url, "--wait", "0.01");
    } finally {
      await remote.stop();
    }
    who = JSON.parse(await stage.token("add", "--name", "anna", "--scope", "curate,audit", "--json")).token;
  });
  after(async () => {
    await stage?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  const ours = (t) => stage.command !== null || t.skip("skipped: the store of TOUCHSTONE_URL is not ours");

  /** Signed in at `path`; nothing wrong on the console, no request elsewhere. */
  async function at(path, options, use, secret = who) {
    const context = await stage.browser.newContext({ viewport: DESKTOP, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !isRefusal(message.text())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(error.stack));
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== stage.url) wrong.push(`request to ${request.url()}`);
    });
    page.setDefaultTimeout(15_000);
    try {
      await page.goto(stage.url + path);
      await page.getByLabel("Your token").fill(secret);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("navigation", { name: "Curation" }).waitFor();
      assert.equal(page.url(), stage.url + path); // signing in leads back
      await use(page, context);
    } finally {
      await context.close();
    }
    assert.deepEqual(wrong, []);
  }

  const said = (page, words) => page.locator("#said").filter({ hasText: words }).waitFor();
  const focused = (page) => page.evaluate(() => document.activeElement.id);
  const verdict = async () => (await (await fetch(`${stage.url}/v1/ratings/${QUESTION}`)).json()).verdict;
  const topic = async () => (await fetch(`${stage.url}/t/dry-needling/neck-mtrp`)).text();
  const told = (html) => /<span>([^<]*)<\/span><\/span><\/h1>/.exec(html)[1]; // the verdict beside the heading
  const studyPage = `/curate/study?id=${encodeURIComponent(TRIAL)}`;

  test("ten publications are screened by keyboard alone, and one is taken back", async (t) => {
    if (!ours(t)) return;
    await at("/curate/screening", {}, async (page) => {
      await page.locator("#card").waitFor();
      assert.match(await page.locator("#place").innerText(), /^1 of 10$/);
      assert.match(await page.locator("#why").innerText(), /^Why it stands here: \S/);
      await page.keyboard.press("j");
      await said(page, /^2 of 10/);
      await page.keyboard.press("k");
      await said(page, /^1 of 10/);
      assert.equal(await focused(page), "title");
      await page.keyboard.press("?");
      assert.ok(await page.getByText("take the last decision back").isVisible());
      await page.keyboard.press("?");
      const done = [];
      for (let left = 10; left > 0; left--) {
        const title = await page.locator("#title").innerText();
        const wanted = title.startsWith("Dry needling");
        if (wanted) {
          assert.equal(await page.getByLabel("Treatment", { exact: true }).inputValue(), "dry-needling");
          await page.getByLabel("Complaint of its people").selectOption("neck-mtrp");
          await page.locator("#title").focus();
        }
        await page.keyboard.press(wanted ? "i" : "e");
        if (!wanted) await page.keyboard.press("1");
        await said(page, wanted ? /^Included: / : /^Left out: /);
        await said(page, left > 1 ? `${left - 1} left` : "Nothing is left");
        if (left > 1) assert.equal(await focused(page), "title");
        done.push(title);
        if (left === 6) { // a slip, taken back and done again
          await page.keyboard.press("u");
          await said(page, /^Taken back: /);
          assert.equal(await page.locator("#title").innerText(), title);
          await page.keyboard.press("e");
          await page.keyboard.press("2");
          await said(page, /^Left out: /);
        }
      }
      assert.deepEqual([...done].sort(), [...TITLES].sort());
      assert.ok(await page.getByText("Nothing waits to be screened.").isVisible());
    });
  });

  test("who leaves out says why, who includes says for whom, and keys rest while one types", async (t) => {
    if (!ours(t)) return;
    await writeFile(join(folder, "more.ris"), ["TY  - JOUR", "TI  - Something quite else", "PY  - 2026", "DO  - 10.9999/made-up.99", "ER  - ", ""].join("\n"));
    await stage.command("import", "file", join(folder, "more.ris"));
    await at("/curate/screening", {}, async (page) => {
      await page.locator("#card").waitFor();
      await page.getByRole("button", { name: "Include" }).click();
      assert.equal(await focused(page), "condition");
      assert.ok(await page.getByText("Say which complaint its people had.").isVisible());
      await page.getByRole("button", { name: "Leave out …" }).click();
      await page.getByRole("button", { name: "Leave it out", exact: true }).click();
      assert.equal(await focused(page), "reason");
      await page.keyboard.type("juice, not a trial 1");
      assert.ok(await page.locator("#card").isVisible());
      await page.keyboard.press("Enter");
      await said(page, /^Left out: .*Nothing is left/);
    });
  });

  test("a trial is appraised, its arms foretell the verdict, and it moves, and goes back", async (t) => {
    if (!ours(t)) return;
    await at(studyPage, {}, async (page) => {
      const appraisal = page.locator("#appraisal");
      await appraisal.waitFor();
      assert.equal(await page.getByLabel("Complaint of its people").inputValue(), "neck-mtrp");
      const answerTo = (id) => appraisal.locator(`[name="/answers/${id}"]`);
      await answerTo("2.1").waitFor();
      assert.ok(!(await answerTo("2.3").isVisible()));
      await answerTo("2.1").selectOption("yes"); // then departures are asked about
      assert.ok(await answerTo("2.3").isVisible());
      for (const [id, word] of Object.entries(LOW)) await answerTo(id).selectOption(word);
      assert.ok(!(await answerTo("2.3").isVisible()));
      assert.equal(await page.locator("#overall").innerText(), "Overall: low");
      await appraisal.getByRole("button", { name: "Save the appraisal" }).click();
      await said(page, "Appraisal saved");
      assert.match(await page.locator("#appraisals").innerText(), /RoB 2, low, by curator:anna/);

      const before = await verdict();
      const toldBefore = told(await topic());
      const result = page.locator("#result");
      await result.getByLabel("Treatment", { exact: true }).selectOption("dry-needling");
      await result.getByLabel("Compared with", { exact: true }).selectOption("sham");
      await result.getByLabel("What was measured").selectOption("pain-intensity");
      await result.getByLabel("Good for the person is").selectOption("lower");
      await result.getByLabel("When, from the first session").selectOption("short");
      const field = (pointer) => result.locator(`[name="${pointer}"]`);
      const figures = { "/scale/name": "NRS", "/scale/low": 0, "/scale/high": 10, "/arms/0/n": 120, "/arms/0/mean": 3.1,
        "/arms/0/sd": 0, "/arms/1/n": 120, "/arms/1/mean": 4.9, "/arms/1/sd": 2.2 };
      for (const [pointer, value] of Object.entries(figures)) await field(pointer).fill(String(value));
      await result.locator("span.wrong").filter({ hasText: "standard deviation" }).waitFor();
      await field("/arms/0/sd").fill("2.1");
      const foretold = page.locator("#consequence .move").filter({ hasText: QUESTION });
      await foretold.waitFor();
      assert.equal(await result.locator(".wrong").count(), 0);
      assert.equal(await verdict(), before);
      const then = await foretold.locator("dd strong").last().innerText();
      assert.notEqual(then, await foretold.locator("dd strong").first().innerText());
      await result.getByRole("button", { name: "Save the result" }).click();
      await said(page, /^Saved\. .*moved/);

      const now = await (await fetch(`${stage.url}/v1/ratings/${QUESTION}`)).json();
      assert.equal(`${now.badge} (${now.certainty.level} certainty)`, then);
      const answer = await topic();
      assert.ok(answer.includes("Mustermann"));
      assert.equal(told(answer), now.badge);
      assert.notEqual(told(answer), toldBefore);

      await exported("with");
      await page.getByRole("button", { name: /^Take back row \d+, change/ }).first().click();
      await page.getByLabel("Why?").fill("made up");
      await page.getByRole("button", { name: "Take it back" }).click();
      await said(page, /is taken back/);
      assert.equal(await verdict(), before);
      assert.equal(told(await topic()), toldBefore);
      await exported("without");
    });
    const [file, ...others] = await readdir(join(folder, "with", "studies")).then((all) => all.filter((name) => name.includes("99900000")));
    assert.deepEqual(others, []);
    const [one, other] = await Promise.all(["with", "without"].map(async (name) =>
      JSON.parse(await readFile(join(folder, name, "studies", file), "utf8"))));
    assert.equal(one.results[0].arms[0].sd, 2.1);
    const { results, ...rest } = one;
    assert.equal(results.length, 1);
    assert.deepEqual(other, rest); // the result alone went
  });

  test("what the page judges while one answers is what the service judges", async (t) => {
    if (!ours(t)) return;
    await fetch(`${stage.url}/v1/screening/${TRIAL}`, { method: "PATCH", // refused where it is a study already
      headers: { authorization: `Bearer ${who}`, "content-type": "application/json" },
      body: JSON.stringify({ decision: "included", condition: "neck-mtrp" }) });
    await at(studyPage, {}, async (page) => {
      await page.locator("#appraisal").waitFor();
      const differing = await page.evaluate(async (trial) => {
        const { judge } = await import("/assets/appraise.js");
        const { ask } = await import("/assets/curate.js");
        const form = (await ask("GET", "/v1/instruments")).json.items.find((one) => one.id === "rob-2");
        let seed = 7; // the same answers every time
        const next = (count) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor(seed / 65536) % count);
        const wrong = [];
        for (let run = 0; run < 20; run++) {
          const answers = {}, expected = {};
          for (const item of form.items) {
            for (const question of item.questions)
              if (judge(item, form.judgements, answers).asked.has(question.id))
                answers[question.id] = question.answers[next(question.answers.length)];
            expected[item.id] = judge(item, form.judgements, answers).judgement;
          }
          const { json } = await ask("PUT", `${location.origin}/v1/studies/${trial}/appraisals/rob-2?preview=true`, { body: { answers } });
          const { items } = json.study.appraisals.find((one) => one.rated_by === "curator:anna");
          for (const [item, judgement] of Object.entries(expected))
            if (items[item] !== judgement) wrong.push({ item, judgement, said: items[item], answers });
        }
        return wrong;
      }, TRIAL);
      assert.deepEqual(differing, []);
    });
  });

  async function exported(name) {
    await stage.command("export", "data", join(folder, name));
    assert.ok(existsSync(join(folder, name, "studies")));
  }

  test("whoever saves over another's change is told so and loses nothing that was typed", async (t) => {
    if (!ours(t)) return;
    await at(studyPage, {}, async (page) => {
      const note = page.locator("#study").getByLabel("What a reader must know");
      await note.fill("mine");
      const target = `${stage.url}/v1/studies/${TRIAL}`;
      const { headers } = await fetch(target);
      const other = await fetch(target, { method: "PATCH", body: JSON.stringify({ population: "theirs" }),
        headers: { authorization: `Bearer ${who}`, "content-type": "application/json", "if-match": headers.get("etag") } });
      assert.equal(other.status, 200);
      await page.locator("#study").getByRole("button", { name: "Save" }).click();
      await page.getByText("Somebody changed this meanwhile").waitFor();
      assert.equal(await note.inputValue(), "mine");
      await page.getByRole("button", { name: "Read it anew" }).click();
      await page.locator("#study").waitFor();
      assert.equal(await page.getByLabel("Who took part").inputValue(), "theirs");
    });
  });

  test("a retraction is asked about once more before it counts", async (t) => {
    if (!ours(t)) return;
    await at(studyPage, {}, async (page) => {
      const notice = page.locator("#notice");
      await notice.getByLabel("What happened").selectOption("retraction");
      await notice.getByLabel("DOI of the notice").fill("10.9999/notice");
      await notice.getByLabel("Date").fill("2026-11-01");
      await notice.getByLabel("Who says so").fill("the journal");
      await notice.getByRole("button", { name: "Save the notice …" }).click();
      assert.ok(await page.getByText("counts for nothing, in every verdict").isVisible());
      await page.getByRole("button", { name: "Enter it" }).click();
      await said(page, "Notice saved");
      assert.match(await page.locator("#facts").innerText(), /Retracted: it counts for nothing/);
    });
  });

  test("two records are made one and parted again", async (t) => {
    if (!ours(t)) return;
    await at(studyPage, {}, async (page) => {
      const merge = page.locator("#merge");
      await merge.getByLabel("Its id").fill(OTHER);
      await merge.getByRole("button", { name: "Make them one" }).click();
      await merge.locator(".wrong").filter({ hasText: "say how you know" }).waitFor();
      await merge.getByLabel("How you know").fill("same people");
      await merge.getByRole("button", { name: "Make them one" }).click();
      await page.locator("#duplicates").filter({ hasText: `${OTHER} was joined by anna` }).waitFor();
      await page.getByRole("button", { name: /^Part them/ }).click();
      await page.locator("#sure").getByRole("button", { name: "Part them" }).click();
      await page.getByText("Nothing here looks like the same publication.").waitFor();
    });
  });

  test("a verdict is set beside the computed one with its reason, and taken back", async (t) => {
    if (!ours(t)) return;
    await at(`/curate/override?question=${QUESTION}`, {}, async (page) => {
      await page.getByLabel("May help a little", { exact: true }).check();
      await page.getByLabel("Why, in a sentence").fill("Two trials are in press.");
      await page.getByRole("button", { name: "Set it beside" }).click();
      await page.getByRole("heading", { name: "What stands beside it now" }).waitFor();
      assert.ok(await page.getByText("Two trials are in press., says anna").isVisible());
      await page.getByLabel("Why is it taken back?").fill("they are out");
      await page.getByRole("button", { name: "Take the override back" }).click();
      await page.getByRole("heading", { name: "What stands beside it now" }).waitFor({ state: "detached" });
    });
    await at("/curate/override?question=nothing", {}, async (page) => {
      assert.ok(await page.getByText("No study speaks to a question “nothing”.").isVisible());
    });
  });

  test("a report is closed with what came of it", async (t) => {
    if (!ours(t)) return;
    const sent = await fetch(`${stage.url}/v1/reports`, { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ about: "/t/massage/neck-pain", text: "<b>44</b>, not 40" }) });
    const { id } = await sent.json();
    await at("/curate/reports", {}, async (page) => {
      const task = page.locator(`#report-${id}`);
      assert.ok(await task.getByText("<b>44</b>, not 40").isVisible());
      await task.getByLabel("What came of it").fill("Mended: it was 44.");
      await task.getByRole("button", { name: "Close it" }).click();
      await said(page, `Report ${id} is closed`);
      await page.getByRole("link", { name: "Closed" }).click();
      assert.ok(await page.getByText("Mended: it was 44.").isVisible());
    });
    assert.equal((await (await fetch(`${stage.url}/v1/reports/${id}`)).json()).outcome, "Mended: it was 44.");
  });

  test("the log shows one record's rows, takes one back, and needs its own permission", async (t) => {
    if (!ours(t)) return;
    await at(`/curate/audit?record=${encodeURIComponent(TRIAL)}&unknown=1`, {}, async (page) => {
      const rows = page.locator("table.log tbody tr");
      const before = await rows.count();
      assert.ok(before > 4);
      await page.getByRole("button", { name: /^Take back row/ }).first().click();
      await page.getByRole("button", { name: "Take it back" }).click();
      await rows.nth(before).waitFor(); // one more than there were
      await page.getByRole("link", { name: /^record pmid/ }).click();
      assert.ok(await rows.count() > before);
      assert.match(await page.locator(".seal").innerText(), /^\d+:[0-9a-f]{64}$/);
    });
    const other = JSON.parse(await stage.token("add", "--name", "ben", "--scope", "curate", "--json")).token;
    await at("/curate/audit", {}, async (page) => {
      assert.ok(await page.getByText("it lacks “audit”").isVisible());
    }, other);
  });

  test("who is signed out meanwhile is led to the form, and back", async (t) => {
    if (!ours(t)) return;
    const one = JSON.parse(await stage.token("add", "--name", "cyd", "--scope", "curate", "--json"));
    const two = JSON.parse(await stage.token("add", "--name", "dan", "--scope", "curate", "--json"));
    await at(studyPage, {}, async (page) => {
      await page.locator("#study").waitFor();
      await stage.token("revoke", one.id);
      await page.locator("#study").getByRole("button", { name: "Save" }).click();
      await page.getByLabel("Your token").fill(two.token);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("#study").waitFor();
      assert.equal(page.url(), stage.url + studyPage);
    }, one.token);
  });

  for (const path of ["/curate/screening", studyPage, "/curate/study", "/curate/audit", `/curate/override?question=${QUESTION}`, "/curate/override", "/curate/reports"])
    for (const [name, options] of [["phone, dark", { viewport: PHONE, colorScheme: "dark" }], ["desktop, light", { colorScheme: "light" }]])
      test(`accessible at every width: ${path}, ${name}`, async (t) => {
        if (!ours(t)) return;
        await at(path, options, async (page) => {
          await page.waitForLoadState("networkidle");
          await isAccessible(page);
          await fitsEveryWidth(page);
        });
      });

  test("without JavaScript each page says so, or can be read", async (t) => {
    if (!ours(t)) return;
    await at("/curate/screening", { javaScriptEnabled: false }, async (page) => {
      assert.match(await page.locator("noscript p").innerText(), /^This page works with JavaScript/);
      await page.goto(`${stage.url}/curate/audit?kind=publication`);
      assert.ok(await page.locator("table.log tbody tr").count() > 0);
    });
  });
});
