// The page follows the system's scheme of colours, a reader may choose the other one, and the choice is kept.
"use strict";
const assert = require("node:assert/strict");

const brightness = (page) => page.evaluate(() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/gu).map(Number);
  return red + green + blue;
});

exports.books = ["errbook"];
exports.run = async ({ open }) => {
  const light = await open({ colorScheme: "light" });
  assert.ok(await brightness(light) > 700);
  const dark = await open({ colorScheme: "dark" });
  assert.ok(await brightness(dark) < 100);
  const button = dark.locator("#_theme");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  assert.ok(await brightness(dark) > 700);
  await dark.reload();
  assert.ok(await brightness(dark) > 700, "the choice is kept");
  const noScript = await open({ colorScheme: "dark", javaScriptEnabled: false });
  assert.ok(await brightness(noScript) < 100);
};
