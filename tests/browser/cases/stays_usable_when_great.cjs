// A book of ten thousand codes can be searched: few entries are touched, whatever is typed, and the last one is found.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["wide"];
exports.origins = ["host"];
exports.run = async ({ open, book }) => {
  const page = await open();
  const { domain, errors } = book.domains[0];
  assert.equal(errors.length, 10_000);
  await page.fill("#_search", errors.at(-1).name);
  assert.equal(await page.locator("#_results details").first().getAttribute("id"), `${domain}/${errors.at(-1).code}`);
  await page.fill("#_search", "e");
  assert.equal(await page.textContent("#_status"), "10000 codes");
  assert.equal(await page.locator("#_results details").count(), 50);
  const direct = await open({}, `#${domain}/${errors.at(-1).code}`);
  const top = await direct.locator("details[open]").evaluate((entry) => entry.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 900, `it stands at ${top}`);
};
