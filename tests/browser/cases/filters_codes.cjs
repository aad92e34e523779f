// Filters narrow down by platform, kind, situation and advice to retry, together and with words.
"use strict";
const assert = require("node:assert/strict");

exports.books = ["errbook"];
exports.run = async ({ open, book }) => {
  const page = await open();
  const all = book.domains.flatMap(({ domain, errors }) => errors.map((error) => ({ ...error, domain })));
  const meanings = (error) => [error, ...error.variants];
  const expect = async (wanted, what) => {
    const codes = all.filter(wanted);
    assert.ok(codes.length > 0, what);
    assert.equal(await page.textContent("#_status"), codes.length === 1 ? "1 code" : `${codes.length} codes`, what);
    const ids = await page.locator("#_results details").evaluateAll((entries) => entries.map((entry) => entry.id));
    assert.deepEqual(ids, codes.slice(0, 50).map((error) => `${error.domain}/${error.code}`), what);
  };
  await page.selectOption("#_domain", "haier-uws");
  await expect((error) => error.domain === "haier-uws", "a platform");
  await page.selectOption("#_kind", "not_found");
  await expect((error) => error.domain === "haier-uws" && meanings(error).some(({ kind }) => kind === "not_found"), "and a kind");
  await page.selectOption("#_domain", "");
  await expect((error) => meanings(error).some(({ kind }) => kind === "not_found"), "a kind");
  await page.selectOption("#_kind", "");
  await page.selectOption("#_condition", { label: "Token expired" });
  await expect((error) => meanings(error).some(({ condition }) => condition === "token_expired"), "a situation");
  await page.selectOption("#_condition", "home_member_already_exists");
  await expect((error) => meanings(error).some(({ condition }) => condition === "home_member_already_exists"), "a situation of a variant");
  await page.selectOption("#_condition", "");
  await page.check("#_retry");
  await expect((error) => error.retryable, "worth retrying");
  await page.uncheck("#_retry");
  assert.equal(await page.locator("#_all").isVisible(), true);
  await page.selectOption("#_domain", "quectel");
  await page.fill("#_search", "5003");
  const [first] = await page.locator("#_results details").evaluateAll((entries) => entries.map((entry) => entry.id));
  assert.equal(first, "quectel/5003");
};
