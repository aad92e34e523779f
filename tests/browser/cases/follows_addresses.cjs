// An address opens its code and shows it, however it was typed, also in the middle of a search; retired codes have one, too.
"use strict";
const assert = require("node:assert/strict");

const place = (page, id) => page.locator(`[id='${id}']`).evaluate((element) => ({
  open: element.open,
  isSeen: element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().top < innerHeight / 2,
}));

exports.books = ["errbook", "hostile", "small"];
exports.run = async ({ open, book, id }) => {
  const last = book.domains.at(-1);
  const error = last.errors.at(-1);
  const address = `${last.domain}/${error.code}`;
  const page = await open({}, `#${address}`);
  const entry = await page.evaluate(() => document.querySelector("details[open]")?.id);
  assert.equal(decodeURIComponent(entry), address);
  if (id === "errbook") {
    assert.deepEqual(await place(page, address), { open: true, isSeen: true });
    for (const [typed, id] of [["quectel/5003", "quectel/5003"], ["quectel%2F5003", "quectel/5003"], ["xlink/home_inviter_required", "xlink/4001134"]]) {
      const page = await open({ viewport: { width: 360, height: 740 } }, `#${typed}`);
      assert.deepEqual(await place(page, id), { open: true, isSeen: true }, typed);
      assert.equal(new URL(page.url()).hash, `#${id}`);
    }
    await page.fill("#_search", "offline");
    await page.locator("#_results summary").first().click();
    await page.locator("#_results details[open] .elsewhere a").first().click();
    assert.equal(await page.locator("#_all").isVisible(), true);
    assert.deepEqual(await place(page, "xlink/4001054"), { open: true, isSeen: true });
    await page.goBack();
    const condition = await open({}, "#condition:device_offline");
    assert.equal((await place(condition, "condition:device_offline")).isSeen, true);
    const nothing = await open({}, "#quectel/99999");
    assert.equal(await nothing.locator("details[open]").count(), 0);
  }
  for (const { domain, retired } of book.domains) {
    for (const grave of retired) {
      const id = grave.code === null ? `${domain}/name/${grave.name}` : `${domain}/${grave.code}`;
      const page = await open({}, `#${id}`);
      const entry = await page.evaluate(() => document.querySelector("details[open]")?.id ?? "");
      assert.equal(decodeURIComponent(entry), id);
    }
  }
};
