// Coming in: the right and the wrong password, where one wanted to go, two languages; and when it ends.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axeFaults, close, open, overflow, signIn } from "./browser.js";
import { ENGLISH } from "./pages.js";

const PERSON = "claire@marvaux.example";

after(close);

test("a wrong password is refused and says so, the right one leads to where one wanted to go", async () => {
  const { context, page, complaints } = await open();
  await page.goto("/drafts");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await signIn(page, PERSON, "not the password");
  const fault = page.locator("main .banner.bad");
  await fault.waitFor();
  assert.equal(await page.locator("#f-email").inputValue(), PERSON, "the address stays");
  assert.equal(await page.locator("#f-password").inputValue(), "", "the password doesn't");
  assert.ok(await fault.evaluate((node) => node === document.activeElement), "what went wrong is read first");
  assert.deepEqual(await axeFaults(page), []);
  // Chromium itself tells of the refusal.
  assert.ok(complaints.every((text) => text.includes("status of 401")), complaints.join("\n"));
  await signIn(page, PERSON);
  await page.waitForURL("**/drafts");
  await page.locator("[popovertarget=own-menu]").click();
  await page.locator("#own-menu form[action='/sign-out'] button").click();
  await page.waitForURL("**/sign-in");
  await page.goto("/drafts");
  assert.equal(new URL(page.url()).pathname, "/sign-in", "signed out is signed out");
  await context.close();
});

test("the form speaks the browser's language, and the other one by its link", async () => {
  const { context, page, complaints } = await open({ locale: "de-DE", viewport: { width: 320, height: 640 } });
  await page.goto("/sign-in");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  assert.equal(await overflow(page), 0);
  await page.getByRole("link", { name: "English" }).click();
  await page.locator("html[lang=en]").waitFor();
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.locator("html[lang=de]").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the end of a session is told two minutes before", async () => {
  const { context, page } = await open();
  await page.clock.install();
  await page.goto("/sign-in");
  await signIn(page, ENGLISH);
  await page.waitForURL((url) => url.pathname === "/");
  const told = page.locator("#session-end");
  await page.clock.fastForward("01:57:00");
  assert.ok(await told.isHidden());
  await page.clock.fastForward("01:00");
  assert.match(await told.innerText(), /Your session ends at \d\d:\d\d/);
  assert.deepEqual(await axeFaults(page), []);
  await context.close();
});
