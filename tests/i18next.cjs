// Reads catalogues with i18next itself: `browser-node i18next.cjs FOLDER`.
//
// FOLDER holds a folder for each book, with the output `web` and `wanted.json`: the book's locales, and for each of them its
// texts by key. A text must come out as it is, also when it is asked for with a count, a context and values; one that a
// locale lacks is that of the first locale.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const i18next = require("i18next");

const folder = process.argv[2];
const read = (...parts) => JSON.parse(fs.readFileSync(path.join(folder, ...parts), "utf8"));

const main = async () => {
  let count = 0;
  for (const book of fs.readdirSync(folder)) {
    const { locales, texts } = read(book, "wanted.json");
    const resources = Object.fromEntries(locales.map((tag) => [tag, { errbook: read(book, "web", "i18next", tag, "errbook.json") }]));
    for (const [at, lng] of locales.entries()) {
      const instance = i18next.createInstance();
      await instance.init({ lng, fallbackLng: locales[0], ns: ["errbook"], defaultNS: "errbook", resources });
      for (const [key, text] of Object.entries(texts[at])) {
        for (const values of [{}, { count: 1 }, { count: 5, context: "male", name: "x" }]) {
          assert.equal(instance.t(key, { skipInterpolation: true, ...values }), text, `${lng} ${key}`);
        }
        count += 1;
      }
      for (const [key, text] of Object.entries(texts[0])) {
        if (!(key in texts[at])) assert.equal(instance.t(key, { skipInterpolation: true }), text, `${lng} ${key}`);
      }
      assert.equal(instance.exists("errors.nowhere.nothing.message"), false);
    }
  }
  assert.ok(count > 0, "there are texts");
};

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
