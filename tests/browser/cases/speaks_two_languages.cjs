// The interface speaks the reader's language, English or Chinese, all of it, and changes on request; the book's texts stay.
"use strict";
const assert = require("node:assert/strict");

// Whatever the interface says, but not what belongs to the book, and not the names of kinds.
const words = (page) => page.evaluate(() => {
  for (const entry of document.querySelectorAll("details")) entry.open = true;
  return new Promise((resolve) => {
    setTimeout(() => resolve([
      ...[...document.querySelectorAll("[data-w], dt:not(.paths dt, .kinds dt, .retired dt), option[value='']")].map((element) => element.textContent),
      ...[...document.querySelectorAll("[data-wa]")].map((element) => element.getAttribute(element.dataset.wa)),
    ]), 500);
  });
});

exports.books = ["errbook", "small"];
exports.run = async ({ open }) => {
  const chinese = await open({ locale: "zh-CN" });
  assert.equal(await chinese.evaluate(() => document.documentElement.lang), "zh-Hans");
  const said = await words(chinese);
  assert.ok(said.length > 40);
  assert.deepEqual([...new Set(said.filter((text) => text !== "" && !/\p{Script=Han}/u.test(text)))], []);
  await chinese.click("#_language");
  assert.equal(await chinese.evaluate(() => document.documentElement.lang), "en");
  assert.deepEqual([...new Set((await words(chinese)).filter((text) => /\p{Script=Han}/u.test(text)))], []);
  await chinese.fill("#_search", "设备");
  assert.match(await chinese.textContent("#_status"), /^\d+ codes?$/u);
  await chinese.reload();
  assert.equal(await chinese.evaluate(() => document.documentElement.lang), "en", "the choice is kept");
  const english = await open({ locale: "de-DE" });
  assert.equal(await english.evaluate(() => document.documentElement.lang), "en");
};
