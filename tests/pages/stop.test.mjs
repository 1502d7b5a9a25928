// The picture of a diary in a real browser: all of it on the picture, nothing upon another, told
// apart by shape and not by colour alone, and with words for those who do not see it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing, openStage } from "./stage.mjs";

const diaries = {
  "by date, still going on": {
    intervention: "tens", condition: "chronic-low-back-pain", scale: "0-10",
    diary: [7, 6, 7, 6, 5, 6, 5, 5, 4].map((score, i) => ({ day: `2026-01-0${i + 1}`, score })),
  },
  "with scores before it, to be stopped": {
    intervention: "tens", condition: "chronic-low-back-pain", scale: "0-100", started: 0,
    diary: [[-10, 70], [-5, 65], [0, 72], [6, 70], [12, 71], [18, 69], [24, 72], [30, 70]]
      .map(([day, score]) => ({ day, score })),
  },
  "in days a month": {
    intervention: "acupuncture", condition: "migraine", scale: "days per month", started: 0,
    diary: [[-28, 14], [0, 15], [28, 12], [56, 9]].map(([day, score]) => ({ day, score })),
  },
  "where more is better": {
    intervention: "exercise", condition: "knee-osteoarthritis", scale: "KOOS",
    diary: [[0, 40], [14, 50], [28, 55], [42, 58], [80, 66]].map(([day, score]) => ({ day, score })),
  },
  "with an alarm": {
    intervention: "tens", condition: "neck-pain", symptoms: "crushing chest pain",
    diary: [{ day: 0, score: 7 }],
  },
};

describe("the picture of a diary", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  async function picture(body, width) {
    const reply = await fetch(`${stage.url}/v1/stop.svg?width=${width}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get("content-type"), "image/svg+xml");
    return reply.text();
  }

  async function show(svg, width, colorScheme, use) {
    const context = await stage.browser.newContext({
      viewport: { width: width + 16, height: 800 }, colorScheme,
    });
    const page = await context.newPage();
    try {
      await page.setContent(`<!doctype html><title>x</title><style>body{margin:8px}</style>${svg}`);
      await use(page);
    } finally {
      await context.close();
    }
  }

  for (const [name, body] of Object.entries(diaries))
    for (const width of [280, 360, 720])
      test(`a diary ${name} fits ${width} pixels`, async () => {
        await show(await picture(body, width), width, "light", async (page) => {
          const wrong = await page.evaluate(() => {
            const svg = document.querySelector("svg");
            const whole = svg.getBoundingClientRect();
            const found = [];
            const texts = [...svg.querySelectorAll("text")]
              .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
            for (const { text, box } of texts)
              if (box.left < whole.left - 1 || box.right > whole.right + 1 ||
                  box.top < whole.top - 1 || box.bottom > whole.bottom + 1)
                found.push(`off the picture: ${text}`);
            for (let i = 0; i < texts.length; i++)
              for (let j = i + 1; j < texts.length; j++) {
                const [a, b] = [texts[i].box, texts[j].box];
                if (a.left < b.right - 1 && b.left < a.right - 1 &&
                    a.top < b.bottom - 5 && b.top < a.bottom - 5)
                  found.push(`one upon the other: ${texts[i].text} | ${texts[j].text}`);
              }
            return found;
          });
          assert.deepEqual(wrong, []);
        });
      });

  for (const scheme of ["light", "dark"])
    test(`lines, band and goal differ in shape, in ${scheme} too`, async () => {
      const svg = await picture(diaries["by date, still going on"], 720);
      await show(svg, 720, scheme, async (page) => {
        const looks = await page.evaluate(() => {
          const of = (selector) => {
            const style = getComputedStyle(document.querySelector(selector));
            return { dash: style.strokeDasharray, fill: style.fill, stroke: style.stroke };
          };
          return { expected: of(".path"), without: of(".without"), goal: of(".goal"),
            likely: of(".likely"), paper: getComputedStyle(document.querySelector("svg")).backgroundColor };
        });
        assert.equal(looks.expected.dash, "none");
        assert.notEqual(looks.without.dash, "none");
        assert.notEqual(looks.goal.dash, looks.without.dash);
        assert.match(looks.likely.fill, /^url\(/, "a pattern");
        for (const line of [looks.expected, looks.without]) {
          assert.equal(line.fill, "none");
          assert.notEqual(line.stroke, looks.paper);
        }
      });
    });

  test("title and description tell what is to be seen", async () => {
    const svg = await picture(diaries["with scores before it, to be stopped"], 720);
    await show(svg, 720, "light", async (page) => {
      const told = await page.evaluate(() => ({
        title: document.querySelector("svg > title").textContent,
        desc: document.querySelector("svg > desc").textContent,
        role: document.querySelector("svg").getAttribute("role"),
        scores: [...document.querySelectorAll(".row > title")].map((one) => one.textContent),
      }));
      assert.match(told.title, /TENS.*long-lasting low back pain/);
      assert.match(told.desc, /^Stop: /);
      assert.equal(told.role, "img");
      assert.equal(told.scores.length, 8);
      assert.equal(told.scores[0], "day -10: 70");
    });
  });

  test("an alarm stands alone", async () => {
    const svg = await picture(diaries["with an alarm"], 720);
    assert.match(svg, /ambulance/);
    assert.doesNotMatch(svg, /<circle|<polyline|<polygon/);
  });
});
