// No rule of axe finds anything, its best practices included: in light and dark, on a phone, with an open code, with results.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const check = async (page, where) => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join("\n")}`);
  assert.deepEqual(found, [], where);
};

exports.origins = ["host"];
exports.books = ["errbook", "hostile", "small"];
exports.run = async ({ open, book, id }) => {
  const { domain, errors } = book.domains[0];
  // The real book differs from the small one in length alone.
  for (const colorScheme of id === "errbook" ? ["light"] : ["light", "dark"]) {
    const page = await open({ colorScheme });
    await check(page, `${colorScheme}, as it opens`);
    await page.evaluate(() => document.querySelector("details summary").click());
    await page.waitForSelector("details.full");
    await page.evaluate(() => document.querySelector("details").classList.add("old"));
    await check(page, `${colorScheme}, with an open code`);
    await page.fill("#_search", errors[0].code);
    await check(page, `${colorScheme}, with results`);
  }
  const phone = await open({ viewport: { width: 360, height: 740 }, locale: "zh-CN" }, `#${domain}/${encodeURIComponent(errors[0].code)}`);
  await check(phone, "a phone in Chinese");
};
