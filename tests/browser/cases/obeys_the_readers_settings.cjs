// Colours of the reader's own show what is chosen, nothing moves by itself, and twice the size still fits the window.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["errbook"];
exports.origins = ["file"];
exports.run = async ({ open }) => {
  const forced = await open({ forcedColors: "active" }, "#quectel/5003");
  assert.equal(await forced.locator("[id='quectel/5003']").evaluate((entry) => getComputedStyle(entry).outlineStyle), "solid");
  const still = await open({ reducedMotion: "reduce" });
  await still.fill("#_search", "device");
  assert.equal(await still.evaluate(() => document.getAnimations().length), 0);
  const zoomed = await open({ viewport: { width: 640, height: 450 } }, "#xlink/4001134");
  assert.equal(await zoomed.evaluate(() => document.documentElement.scrollWidth), 640);
};
