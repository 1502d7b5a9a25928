// Signing in and out, as a curator would.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { DESKTOP, PHONE, fitsEveryWidth, inPage, isAccessible, tabTo } from "./inpage.mjs";
import { missing, openStage } from "./stage.mjs";

describe("signing in", { skip: missing }, () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  /** A new token: {id, token}. */
  async function made(t, name, scope) {
    if (stage.token === null) return t.skip("skipped: the store of TOUCHSTONE_URL is not ours");
    return JSON.parse(await stage.token("add", "--name", name, "--scope", scope, "--json"));
  }

  async function signIn(page, token) {
    await page.goto(`${stage.url}/curate`);
    await page.getByLabel("Your token").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Signed in as" }).waitFor();
  }

  for (const javaScriptEnabled of [true, false])
    for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      const how = `${javaScriptEnabled ? "with" : "without"} JavaScript on a ${name}`;

      test(`a token lets in, and signing out ends it, ${how}`, async (t) => {
        const who = `Anna ${how}`;
        const one = await made(t, who, "curate,import");
        if (one === undefined) return;
        await inPage(stage, { javaScriptEnabled, viewport }, async (page, requests, context) => {
          await signIn(page, one.token);
          assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), `Signed in as ${who}`);
          const links = await page.getByRole("navigation", { name: "Curation" }).getByRole("link").allInnerTexts();
          assert.deepEqual(links, ["Your token", "Screening", "Studies", "Overrides", "Reports"]);
          const [cookie, ...others] = await context.cookies();
          assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path, others.length], [true, "Strict", "/", 0]);
          await page.reload();
          await page.getByRole("button", { name: "Sign out" }).click();
          await page.getByRole("heading", { name: "Sign in" }).waitFor();
          assert.deepEqual(await context.cookies(), []);
          assert.ok(!requests.some((address) => address.includes(one.token)));
          await context.addCookies([cookie]); // kept by somebody: it opens nothing any more
          await page.goto(`${stage.url}/curate`);
          assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Sign in");
        });
      });
    }

  test("by the keyboard alone, without the token in an address or in the log", async (t) => {
    const one = await made(t, "Bea", "audit");
    if (one === undefined) return;
    await inPage(stage, {}, async (page, requests) => {
      await page.goto(`${stage.url}/curate`);
      await tabTo(page, "#token");
      await page.keyboard.type(one.token);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Signed in as Bea" }).waitFor();
      await tabTo(page, "main button");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      assert.ok(!requests.some((address) => address.includes(one.token)));
    });
    assert.ok(!(await stage.logged()).includes(one.token.slice(16)));
  });

  test("a wrong token is told, and may be tried again", async (t) => {
    const one = await made(t, "Cyd", "curate");
    if (one === undefined) return;
    const context = await stage.browser.newContext(); // the browser tells the console of the 401
    const page = await context.newPage();
    await page.goto(`${stage.url}/curate`);
    await page.getByLabel("Your token").fill(`${one.token.slice(0, -1)}!`);
    await page.getByRole("button", { name: "Sign in" }).click();
    assert.match(await page.getByRole("alert").innerText(), /lets nobody in/);
    assert.equal(await page.getByLabel("Your token").inputValue(), "");
    assert.deepEqual(await context.cookies(), []);
    await isAccessible(page);
    await page.getByLabel("Your token").fill(` ${one.token}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Signed in as Cyd" }).waitFor();
    await context.close();
  });

  test("who is signed in stays so on other pages, which say nothing of it", async (t) => {
    const one = await made(t, "Dan", "curate");
    if (one === undefined) return;
    await inPage(stage, {}, async (page, requests, context) => {
      await signIn(page, one.token);
      await page.goto(`${stage.url}/t/tens`);
      assert.ok(!(await page.content()).includes("Dan"));
      await page.goto(`${stage.url}/curate`);
      assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Signed in as Dan");
      await stage.token("revoke", one.id);
      await page.reload();
      assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Sign in");
      assert.equal((await context.cookies()).length, 1);
    });
  });

  test("another site's form signs nobody in or out", async (t) => {
    const one = await made(t, "Eve", "curate");
    if (one === undefined) return;
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const form = (target, field, value) => `<form method="post" action="${stage.url}${target}">
      <input name="${field}" value="${value}"><button>Go</button></form>`;
    const elsewhere = (html) => context.route("http://elsewhere.test/**", (route) =>
      route.fulfill({ contentType: "text/html", body: html }));
    await elsewhere(form("/curate/sign-in", "token", one.token));
    await page.goto("http://elsewhere.test/");
    const [answer] = await Promise.all([page.waitForNavigation(), page.getByRole("button").click()]);
    assert.equal(answer.status(), 403);
    assert.deepEqual(await context.cookies(stage.url), []);
    await context.close();
  });

  for (const colorScheme of ["light", "dark"])
    test(`accessible at every width, signed out and in, ${colorScheme}`, async (t) => {
      const one = await made(t, `Flo ${colorScheme}`, "read,import,curate,audit");
      if (one === undefined) return;
      await inPage(stage, { colorScheme }, async (page) => {
        await page.goto(`${stage.url}/curate`);
        await isAccessible(page);
        await fitsEveryWidth(page);
        await signIn(page, one.token);
        await isAccessible(page);
        await fitsEveryWidth(page);
      });
    });
});
