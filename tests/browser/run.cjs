// Opens the pages of some books in a browser and runs the cases on them: `browser-node run.cjs FOLDER`.
//
// FOLDER holds a folder for each book, with `index.html` as it was generated, `book.json` (what `errbook export` says) and
// `constants.json` (each code's constants by language). A file of `cases/` exports `run`, and may narrow down on which `books`
// and on which `origins` it runs. Each run has a context of its own, so nothing that one keeps is seen by another.
//
// Whatever a case does, a page says nothing on the console, throws nothing, and asks for nothing but itself.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const folder = path.resolve(process.argv[2]);
const wanted = process.argv[3];
const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];

/** Serves the books as any host of static files does. */
const serve = () => new Promise((resolve) => {
  const server = http.createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url, "http://host").pathname));
    if (!file.startsWith(folder) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(fs.readFileSync(file));
  });
  server.listen(0, "127.0.0.1", () => resolve(server));
});

const main = async () => {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.ERRBOOK_BROWSER, args: FLAGS });
  const cases = fs.readdirSync(path.join(__dirname, "cases")).sort().filter((name) => !wanted || name.includes(wanted));
  const read = (book, name) => JSON.parse(fs.readFileSync(path.join(folder, book, name), "utf8"));
  const books = fs.readdirSync(folder).sort().map((id) => ({
    id,
    book: read(id, "book.json"),
    constants: read(id, "constants.json"),
    file: path.join(folder, id, "index.html"),
    addresses: {
      file: pathToFileURL(path.join(folder, id, "index.html")).href,
      host: `http://127.0.0.1:${server.address().port}/${id}/index.html`,
    },
  }));
  let [count, failures] = [0, 0];
  for (const name of cases) {
    const test = require(path.join(__dirname, "cases", name));
    for (const book of books.filter(({ id }) => !test.books || test.books.includes(id))) {
      for (const origin of test.origins ?? ["file", "host"]) {
        count += 1;
        const started = Date.now();
        const noise = [];
        const contexts = [];
        // Opens the page anew, with what a browser may be set to: size, scheme of colours, language, no script.
        const open = async (settings = {}, hash = "") => {
          const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...settings });
          contexts.push(context);
          const page = await context.newPage();
          const address = book.addresses[origin];
          page.on("console", (message) => noise.push(`console: ${message.text()}`));
          page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
          page.on("request", (request) => {
            const url = request.url().split("#")[0];
            if (url !== address && !url.startsWith("data:")) noise.push(`request: ${url}`);
          });
          await page.goto(address + hash);
          return page;
        };
        try {
          await test.run({ open, ...book, origin, address: book.addresses[origin] });
          assert.deepEqual(noise, []);
        } catch (error) {
          failures += 1;
          process.stderr.write(`FAILED ${name} on ${book.id} from ${origin}: ${error.stack ?? error}\n`);
        }
        for (const context of contexts) await context.close();
        process.stdout.write(`${name} on ${book.id} from ${origin}: ${Date.now() - started} ms\n`);
      }
    }
  }
  await browser.close();
  server.close();
  assert.ok(count > 0, "no case was run");
  process.stdout.write(`${count} runs, ${failures} failed\n`);
  process.exitCode = failures === 0 ? 0 : 1;
};

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
