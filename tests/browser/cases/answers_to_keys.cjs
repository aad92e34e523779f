// Everything can be done from the keyboard: find, walk through the results, open one, come back.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["errbook"];
exports.run = async ({ open }) => {
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.parentElement.id);
  const key = (name) => page.keyboard.press(name);
  await key("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the first stop leads past the controls");
  await key("/");
  assert.equal(await focused(), "_search");
  await page.keyboard.type("offline");
  assert.equal(await page.inputValue("#_search"), "offline");
  await key("ArrowDown");
  assert.equal(await focused(), "aliyun-living/28504");
  await key("ArrowDown");
  assert.equal(await focused(), "xlink/4001054");
  await key("ArrowDown");
  assert.equal(await focused(), "xlink/4001054", "the last is the last");
  await key("Enter");
  assert.equal(await page.locator("[id='xlink/4001054']").evaluate((entry) => entry.open), true);
  await key("ArrowUp");
  await key("ArrowUp");
  assert.equal(await focused(), "_search");
  await key("Enter");
  assert.equal(await focused(), "aliyun-living/28504");
  assert.equal(await page.locator("[id='aliyun-living/28504']").evaluate((entry) => entry.open), true);
  await key("Escape");
  assert.equal(await focused(), "_search");
  assert.equal(await page.inputValue("#_search"), "");
  assert.equal(await page.locator("#_all").isVisible(), true);
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue("#_search"), "a/b", "a slash can be typed");
};
