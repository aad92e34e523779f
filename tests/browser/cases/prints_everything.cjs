// On paper there is every text of every code, black on white, and no control.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["small"];
exports.run = async ({ open }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await open({ colorScheme: "dark", javaScriptEnabled });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const hidden = await page.locator("details dd").evaluateAll((values) => values.filter((value) => value.getClientRects().length === 0).length);
    assert.equal(hidden, 0);
    for (const control of ["#_search", "#_domain", "#_theme", "nav"]) assert.equal(await page.locator(control).isVisible(), false);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.ok((await page.pdf()).length > 10_000);
  }
};
