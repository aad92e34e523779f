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
    // What nothing has as its address is looked for, and a filter hides no code from its own address.
    const hidden = await open();
    await hidden.selectOption("#_domain", "xlink");
    await hidden.evaluate(() => { location.hash = "quectel/5003"; });
    await hidden.locator("#_all").waitFor();
    // Until what came back is drawn.
    await hidden.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 300); }));
    assert.deepEqual(await place(hidden, "quectel/5003"), { open: true, isSeen: true });
    for (const [typed, query] of [["quectel/99999", "quectel/99999"], ["%", "%"], ["%E0%A4%A", "%E0%A4%A"], ["condition:nothing", "condition:nothing"], ["/", "/"], ["%3Cb%3E", "<b>"]]) {
      const nothing = await open({}, `#${typed}`);
      assert.equal(await nothing.inputValue("#_search"), query, typed);
      assert.equal(await nothing.locator("details[open]").count(), 0);
    }
    const words = await open({}, "#device%20offline");
    assert.equal(await words.locator("#_results details").count(), 2);
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
