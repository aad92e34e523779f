// At 360 pixels nothing has to be scrolled sideways, whatever the texts hold, and what fingers touch is large enough.
"use strict";
const assert = require("node:assert/strict");

const width = (page) => page.evaluate(() => document.documentElement.scrollWidth);

exports.books = ["errbook", "hostile", "small"];
exports.run = async ({ open }) => {
  const viewport = { width: 360, height: 740 };
  for (const javaScriptEnabled of [true, false]) {
    const page = await open({ viewport, javaScriptEnabled });
    assert.equal(await width(page), 360);
    // With every code open there is nothing that could still be wider.
    await page.evaluate(() => {
      for (const entry of document.querySelectorAll("details")) {
        entry.open = true;
        entry.style.contentVisibility = "visible";
      }
    });
    await page.waitForTimeout(300);
    assert.equal(await width(page), 360);
    if (!javaScriptEnabled) continue;
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input:not([type=checkbox]), summary")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 36)
        .map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(small, []);
  }
};
