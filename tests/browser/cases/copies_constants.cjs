// Each language's constant is copied as that language's package spells it, and the address as it stands in the bar.
"use strict";
const assert = require("node:assert/strict");

/** What the clipboard holds, once it is `wanted` or two seconds have passed. */
const copied = async (page, wanted) => {
  for (let tries = 0; ; tries += 1) {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (text === wanted || tries === 40) return text;
    await page.waitForTimeout(50);
  }
};

exports.books = ["errbook", "small"];
exports.run = async ({ open, book, constants, address }) => {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  for (const { domain, errors } of book.domains) {
    for (const error of errors.slice(0, 3)) {
      const id = `${domain}/${error.code}`;
      await page.evaluate((hash) => { location.hash = hash; }, id);
      const entry = page.locator(`[id='${id}']`);
      await entry.locator("button").first().waitFor();
      const shown = await entry.locator(".constant").evaluateAll((lines) =>
        Object.fromEntries(lines.map((line) => [line.querySelector("span").textContent, line.querySelector("code").textContent])));
      assert.deepEqual(shown, constants[id], id);
      for (const language of Object.keys(constants[id])) {
        assert.equal(await entry.getByRole("button", { name: `Copy ${language}`, exact: true }).count(), 1, "ears tell them apart");
      }
      for (const [at, constant] of Object.values(constants[id]).entries()) {
        await entry.locator(".constant button").nth(at).click();
        assert.equal(await copied(page, constant), constant);
      }
      await entry.getByRole("button", { name: "Copy address" }).click();
      assert.equal(await copied(page, `${address}#${id}`), `${address}#${id}`);
    }
  }
};
