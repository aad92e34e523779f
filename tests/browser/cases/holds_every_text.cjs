// A browser reads from the page what the spec says, text by text, and finds no element or attribute that no template writes.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");

// The same as `characters::is_hidden`, as far as the books go, and said in another way.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\u00a0\u115f\u1160\u1680\u17b4\u17b5\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;
const shown = (text) => text
  .replace(/[ \t\n\r\v\f\u0085\u2028\u2029]+/gu, " ")
  .replace(/^ | $/gu, "")
  .replace(HIDDEN, (ch) => `U+${ch.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

const ELEMENTS = {
  html: ["lang"], head: [], meta: ["charset", "http-equiv", "content", "name"], link: ["rel", "href"], title: [], style: [],
  body: [], a: ["class", "href", "data-w"], header: [], h1: ["lang"], div: ["class", "role", "aria-label", "data-wa", "id", "hidden"],
  button: ["type", "id", "lang", "aria-pressed", "data-w", "hidden"], search: ["class", "aria-label", "data-wa"],
  label: ["for", "class", "data-w"], select: ["id"], span: ["data-w", "lang"], nav: ["aria-label", "data-wa"], ul: [], li: [],
  input: ["id", "type", "autocomplete", "autocapitalize", "spellcheck", "enterkeyhint", "aria-describedby", "aria-keyshortcuts", "placeholder", "data-wa"],
  main: ["id", "tabindex"], p: ["role", "id", "class", "data-w"], small: [], section: ["aria-labelledby", "aria-label", "data-wa", "id", "hidden", "data-domain"],
  h2: ["id", "lang", "data-w"], dl: ["class"], dt: ["id"], dd: ["data-place", "lang", "data-w"], code: [], b: ["lang"],
  i: ["data-w"], bdi: ["lang"], details: ["id", "class"], summary: [], table: ["role", "class"], thead: ["role"], tbody: ["role"],
  tr: ["role", "id"], th: ["role", "scope", "data-w", "lang"], td: ["role"], noscript: [], footer: [], script: [],
};

exports.origins = ["file"];
exports.books = ["errbook", "hostile", "small"];
exports.run = async ({ open, book, file }) => {
  const page = await open({ javaScriptEnabled: false });
  const read = await page.evaluate(() => {
    const text = (element) => element.textContent;
    const texts = (elements) => [...elements].map((element) => [element.lang, text(element)]);
    const lines = (list) => {
      const lines = [];
      for (const child of list.children) {
        if (child.localName === "dt") lines.push([text(child), []]);
        else lines.at(-1)[1].push([child.lang, text(child)]);
      }
      return lines;
    };
    return {
      elements: [...new Set([...document.querySelectorAll("*")].flatMap((element) =>
        [element.localName, ...element.getAttributeNames().map((name) => `${element.localName} ${name}`)]))],
      counts: ["script", "style", "meta", "link", "base", "iframe"].map((name) => document.getElementsByTagName(name).length),
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      comments: document.createNodeIterator(document, NodeFilter.SHOW_COMMENT).nextNode()?.nodeValue,
      mode: document.compatMode,
      title: document.title,
      heading: text(document.querySelector("h1")),
      sections: [...document.querySelectorAll("section[data-domain]")].map((section) => ({
        domain: section.dataset.domain,
        title: text(section.querySelector("h2")),
        about: [...section.querySelectorAll(".about")].map(text).join("\n"),
        entries: [...section.querySelectorAll("details")].map((entry) => ({
          id: entry.id,
          code: text(entry.querySelector("summary > b") ?? document.createElement("b")),
          name: text(entry.querySelector("summary > code")),
          texts: texts(entry.querySelectorAll("summary bdi")),
          lines: lines(entry.querySelector("dl")),
        })),
      })),
      conditions: [...document.querySelectorAll(".matrix tbody tr")].map((row) => ({
        id: row.id,
        titles: texts(row.querySelectorAll("th > b")),
        descriptions: texts(row.querySelectorAll("th > span")),
        cells: [...row.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll("a")].map(text)),
      })),
    };
  });
  for (const element of read.elements) {
    const [name, attribute] = element.split(" ");
    assert.ok(ELEMENTS[name] && (!attribute || ELEMENTS[name].includes(attribute)), `no template writes <${element}>`);
  }
  assert.deepEqual(read.counts, [1, 1, 5, 1, 0, 0]);
  assert.equal(read.mode, "CSS1Compat");
  assert.equal(new Set(read.ids).size, read.ids.length, "no two places have one address");
  for (const link of read.links) assert.ok(read.ids.includes(link.slice(1)) && link[0] === "#", `nothing is at ${link}`);
  assert.equal(read.title, shown(book.title));
  assert.equal(read.heading, shown(book.title));

  const said = (texts) => book.locales.filter((locale) => locale in texts).map((locale) => [locale, shown(texts[locale])]);
  assert.deepEqual(read.sections.map(({ domain, title }) => [domain, title]), book.domains.map(({ domain, title }) => [domain, shown(title)]));
  for (const [at, { domain, errors, retired, document }] of book.domains.entries()) {
    const { entries, about } = read.sections[at];
    for (const text of Object.values(document)) assert.ok(about.includes(shown(text ?? "")), `${domain}: ${text}`);
    assert.equal(entries.length, errors.length + retired.length);
    for (const [at, error] of errors.entries()) {
      const entry = entries[at];
      const where = `${domain}/${error.code}`;
      assert.equal(decodeURIComponent(entry.id), where);
      assert.equal(entry.code, shown(error.code), where);
      assert.equal(entry.name, error.name, where);
      assert.deepEqual(entry.texts, said(error.message), where);
      const has = (label, texts) => {
        if (texts.length > 0) {
          const found = entry.lines.filter(([name]) => name === label).map(([, texts]) => texts);
          assert.ok(found.some((found) => JSON.stringify(found).includes(JSON.stringify(texts).slice(1, -1))), `${where}: ${label} ${texts}`);
        }
      };
      const plain = (value) => (value === null || value === undefined || value === false ? [] : [["", shown(String(value))]]);
      has("What to do", said(error.solution));
      has("The document says", said(error.erratum.message));
      has("The document advises", said(error.erratum.solution));
      has("Kind", plain(error.kind));
      has("Situation", plain(error.condition));
      has("HTTP status", plain(error.http_status));
      has("Worth retrying", plain(error.retryable && "yes"));
      for (const variant of error.variants) {
        has("Another meaning", said(variant.message));
        has("Its name", plain(variant.name));
        has("Its kind", plain(variant.kind));
        has("Its situation", plain(variant.condition));
        has("What to do then", said(variant.solution));
        has("The document says", said(variant.erratum.message));
      }
      has("Note", plain(error.note));
      for (const former of error.former_names) has("Formerly", plain(former.name));
      if (error.deprecated) {
        has("Deprecated since", plain(error.deprecated.since));
        has("Use instead", plain(error.deprecated.use));
        has("Why", plain(error.deprecated.note));
      }
    }
    for (const [at, grave] of retired.entries()) {
      const entry = entries[errors.length + at];
      assert.equal(decodeURIComponent(entry.id), grave.code === null ? `${domain}/name/${grave.name}` : `${domain}/${grave.code}`);
      assert.deepEqual(entry.lines[0], ["Retired since", [["", grave.since]]]);
    }
  }
  assert.deepEqual(read.conditions.map(({ id }) => id), book.conditions.map(({ name }) => `condition:${name}`));
  for (const [at, condition] of book.conditions.entries()) {
    assert.deepEqual(read.conditions[at].titles, said(condition.title));
    assert.deepEqual(read.conditions[at].descriptions, said(condition.description));
    const cells = book.domains.map(({ errors }) => errors
      .filter((error) => [error, ...error.variants].some((meaning) => meaning.condition === condition.name))
      .map((error) => shown(error.code)));
    assert.deepEqual(read.conditions[at].cells, cells);
  }
  // Nothing that a reviewer cannot see stands in the file, either.
  const source = fs.readFileSync(file, "utf8");
  assert.deepEqual(source.replaceAll("\n", "").match(HIDDEN) ?? [], []);
};
