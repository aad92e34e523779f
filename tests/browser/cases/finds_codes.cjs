// What people type, in either language and however they came by it, finds the code; the best answer stands first.
"use strict";
const assert = require("node:assert/strict");

const FIRST = {
  "5003": "quectel/5003",
  "５００３": "quectel/5003",
  "quectel/5003": "quectel/5003",
  // Two platforms have the name; they stand in the order of the book.
  "sms_code_incorrect": "xlink/4001004",
  "smsCodeIncorrect": "xlink/4001004",
  "QuectelErrorCode.SMS_CODE_INCORRECT": "quectel/5003",
  "quectel::ErrorCode::SMS_CODE_INCORRECT": "quectel/5003",
  "incorrect SMS verification CODE": "quectel/5003",
  "短信验证码错误": "quectel/5003",
  "A00001": "haier-uws/A00001",
  "a00001": "haier-uws/A00001",
  "home inviter": "xlink/4001134",
  "该用户已在Home成员列表中": "xlink/4001134",
  // Words of the situation, which the vendor says otherwise.
  "设备离线": "aliyun-living/28504",
  "offline": "aliyun-living/28504",
  // Not all of it stands anywhere.
  "短信验证码不对": "quectel/5003",
  '"code":4001054,': "xlink/4001054",
};

exports.books = ["errbook"];
exports.run = async ({ open }) => {
  const page = await open();
  const entries = page.locator("#_results details");
  for (const [query, id] of Object.entries(FIRST)) {
    await page.fill("#_search", query);
    const found = await entries.evaluateAll((entries) => entries.map((entry) => entry.id));
    assert.equal(found[0], id, `${query} finds ${found.slice(0, 5)}`);
    assert.equal(await page.locator("#_all").isVisible(), false);
  }
  // Codes of several platforms stand together, so each says whose it is.
  await page.fill("#_search", "device offline");
  assert.deepEqual(await page.locator("#_results summary > small").allTextContents(), ["Aliyun Living (飞燕)", "xlink (云智易)"]);
  for (const query of ["zzzz", "<img src=x>", "🦀", "\\", "%"]) {
    await page.fill("#_search", query);
    assert.equal(await page.textContent("#_status"), "No code found", query);
    assert.equal(await entries.count(), 0);
  }
  // Everything goes back where it was.
  const order = () => page.locator("#_all details").evaluateAll((entries) => entries.map((entry) => entry.id).join(" "));
  await page.fill("#_search", "");
  const before = await order();
  await page.fill("#_search", "device");
  assert.match(await page.textContent("#_status"), /^\d{2,3} codes$/u);
  assert.equal(await entries.count(), 50);
  await page.getByRole("button", { name: "Show all" }).click();
  // A busy machine hands the click on later than it says.
  await entries.nth(50).waitFor({ state: "attached" });
  assert.equal(`${await entries.count()} codes`, await page.textContent("#_status"));
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await order(), before);
  assert.equal(await page.locator("summary > small").count(), 0);
};
