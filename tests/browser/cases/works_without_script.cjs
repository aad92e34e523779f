// Without JavaScript the page still has everything: codes open by themselves and by address, and no dead control is shown.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["errbook"];
exports.run = async ({ open }) => {
  const page = await open({ javaScriptEnabled: false }, "#quectel/5003");
  for (const control of ["#_search", "#_domain", "#_language", "#_theme"]) {
    assert.equal(await page.locator(control).isVisible(), false, control);
  }
  const entry = page.locator("[id='quectel/5003']");
  assert.equal(await entry.locator("dl").isVisible(), true, "an address opens its code");
  assert.equal(await entry.evaluate((element) => element.getBoundingClientRect().top < innerHeight), true);
  const other = page.locator("[id='quectel/5004']");
  assert.equal(await other.locator("dl").isVisible(), false);
  await other.locator("summary").click();
  assert.match(await other.locator("dl").innerText(), /MOBILE_NUMBER_NOT_REGISTERED/u);
  await entry.locator("a").click();
  assert.match(page.url(), /#condition:verification_code_incorrect$/u);
};
