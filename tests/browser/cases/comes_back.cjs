// Whoever follows a link out of a search and goes back finds the search as it was, also after a visit elsewhere.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["errbook"];
exports.run = async ({ open }) => {
  const page = await open();
  const found = () => page.locator("#_results details").evaluateAll((entries) => entries.map((entry) => entry.id));
  await page.selectOption("#_domain", "aliyun-living");
  await page.fill("#_search", "offline");
  const before = await found();
  assert.ok(before.includes("aliyun-living/28504"));
  await page.locator("[id='aliyun-living/28504'] summary").click();
  await page.locator("#_results details[open] .elsewhere a").first().click();
  await page.locator("#_all").waitFor();
  assert.equal(new URL(page.url()).hash, "#xlink/4001054");
  await page.goBack();
  await page.locator("#_results").waitFor();
  assert.equal(await page.inputValue("#_search"), "offline");
  assert.equal(await page.inputValue("#_domain"), "aliyun-living");
  assert.deepEqual(await found(), before);
  await page.goForward();
  await page.locator("#_all").waitFor();
  assert.equal(await page.inputValue("#_search"), "");
  assert.equal(await page.locator("[id='xlink/4001054']").evaluate((entry) => entry.open), true);
  // The link of the code that is shown already leads there, too.
  await page.fill("#_search", "offline");
  await page.locator("#_results [id='aliyun-living/28504'] .elsewhere a").first().click();
  await page.locator("#_all").waitFor();
  assert.equal(await page.inputValue("#_search"), "");
  await page.fill("#_search", "device");
  await page.waitForFunction(() => history.state?.asked[0] === "device");
  await page.reload();
  assert.equal(await page.inputValue("#_search"), "device");
};
