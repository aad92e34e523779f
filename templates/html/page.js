// The script of the reference: search, filters, copying, the language of the interface, light and dark.
//
// In: the page as it was generated, which holds every code already; without this script all of it can still be read. Nothing
// is fetched, and no text of the book is ever read as markup: nodes are moved, and text is set as text.
//
// A search never touches the long list. The list is hidden as a whole, and the best entries are moved out of it, each leaving
// a mark where it belongs, so that the first results are there at once however many codes a book has.
"use strict";
(() => {
  /** The interface in Chinese; the English is what stands in the page. */
  const CHINESE = new Map(Object.entries({
    "Skip to the codes": "跳到错误码",
    "Page settings": "页面设置",
    "Dark": "深色",
    "Search codes": "搜索错误码",
    "Code, name, constant or words": "错误码、名称、常量或文字",
    "Filters": "筛选",
    "Results": "结果",
    "Platform": "平台",
    "Kind": "类别",
    "Situation": "情形",
    "Worth retrying": "可重试",
    "Clear": "清除",
    "All": "全部",
    "Contents": "目录",
    "Situations": "共有情形",
    "Kinds": "类别",
    "codes of type": "个错误码，类型",
    "What platforms report alike, and by which codes. An app that branches on a situation treats all platforms the same way.":
      "各平台共有的情形及其错误码。应用按情形处理，即可对所有平台一视同仁。",
    "Every code has one of the seventeen canonical kinds of google.rpc.": "每个错误码都属于 google.rpc 的十七种标准类别之一。",
    "Version of the book": "手册版本",
    "Revision of the document:": "文档版本：",
    "Note on the document:": "文档备注：",
    "What to do": "处理办法",
    "What to do then": "此时的处理办法",
    "Another meaning": "另一含义",
    "Its name": "该含义的名称",
    "Its kind": "该含义的类别",
    "Its situation": "该含义的情形",
    "The document says": "原文",
    "The document advises": "原文建议",
    "Deprecated since": "弃用版本",
    "Retired since": "停用版本",
    "Use instead": "改用",
    "Why": "原因",
    "HTTP status": "HTTP 状态码",
    "Constant": "常量",
    "Formerly": "曾用名",
    "Note": "备注",
    "deprecated": "已弃用",
    "retired": "已停用",
    "yes": "是",
    "Copy": "复制",
    "Copied": "已复制",
    "Copying failed": "复制失败",
    "Address": "链接",
    "Copy address": "复制链接",
    "Same situation": "相同情形",
    "Show all": "显示全部",
    "1 code": "1 个错误码",
    "# codes": "# 个错误码",
    "No code found": "没有找到错误码",
    "Nothing has all of these words; the nearest": "没有完全匹配的错误码；最接近的",
    "The request succeeded.": "请求成功。",
    "The caller cancelled the operation.": "调用方取消了操作。",
    "The cause is unknown; every code that this file does not know has this kind.": "原因未知；未收录的错误码都属于此类。",
    "The request itself is wrong, whatever the state of the system.": "请求本身有误，与系统状态无关。",
    "No answer came in time; the operation may still have happened.": "未能及时得到答复；操作可能已经执行。",
    "What the request asks for does not exist.": "请求的对象不存在。",
    "What the request would create exists already.": "要创建的对象已经存在。",
    "The caller is known but may not do this.": "调用方身份已知，但没有权限。",
    "A quota or a limit is used up.": "配额或限额已用尽。",
    "The system is not in the state that the operation needs.": "系统未处于该操作所需的状态。",
    "A concurrent operation was in the way.": "与并发操作冲突。",
    "The operation went past the valid range.": "操作超出了有效范围。",
    "The operation is not implemented or not supported here.": "操作未实现或此处不支持。",
    "Something inside the service is broken.": "服务内部出错。",
    "The service or the device cannot be reached at the moment.": "服务或设备暂时无法访问。",
    "Data is lost or damaged beyond repair.": "数据丢失或损坏且无法恢复。",
    "The caller is not, or no longer, signed in.": "调用方未登录或登录已失效。",
  }));

  /** How many results are shown before a reader asks for all. */
  const FIRST = 50;

  /** How long a search rests before it is noted for the way back, in milliseconds. */
  const NOTE = 400;

  /**
   * What can be found of an entry, in the form that `fold` gives.
   * @typedef {object} Entry
   * @property {HTMLDetailsElement} element
   * @property {HTMLElement} title what people call its platform
   * @property {string} domain
   * @property {string} code
   * @property {string} name
   * @property {string} names all of its names, squashed, between blanks
   * @property {string} messages
   * @property {string} situations what the matrix says of its situations
   * @property {string} rest whatever else it says
   * @property {string} whole all of these, so that one look tells most entries that are not meant
   * @property {string[]} kinds
   * @property {string[]} conditions
   * @property {boolean} retry
   */

  /**
   * A word of a query.
   * @typedef {object} Word
   * @property {string} text
   * @property {string} squashed as it may stand in a name
   */

  /**
   * @typedef {object} Found
   * @property {Entry[]} entries the best first
   * @property {boolean} isExact whether each has all of the words
   * @property {string[]} words what to mark in them
   */

  const root = document.documentElement;
  /** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
  const part = (id, type) => {
    const element = document.getElementById(id);
    if (!(element instanceof type)) throw new Error(`the page lacks ${id}`);
    return element;
  };
  const search = part("_search", HTMLInputElement);
  const byDomain = part("_domain", HTMLSelectElement);
  const byKind = part("_kind", HTMLSelectElement);
  const byCondition = part("_condition", HTMLSelectElement);
  const retry = part("_retry", HTMLInputElement);
  const clear = part("_clear", HTMLButtonElement);
  const status = part("_status", HTMLElement);
  const said = part("_said", HTMLElement);
  const results = part("_results", HTMLElement);
  const all = part("_all", HTMLElement);
  const languageButton = part("_language", HTMLButtonElement);
  const themeButton = part("_theme", HTMLButtonElement);

  // Language of the interface.

  let isChinese = false;
  /** @param {string} english */
  const say = (english) => (isChinese && CHINESE.get(english)) || english;

  /** Keeps the English of what is to be translated. @param {Element} element @param {string} [english] */
  const mark = (element, english = element.textContent ?? "") => element.setAttribute("data-w", english.trim());

  /** @param {ParentNode} within */
  const translate = (within) => {
    for (const element of within.querySelectorAll("[data-w]")) {
      element.textContent = say(element.getAttribute("data-w") ?? "");
    }
    for (const element of within.querySelectorAll("[data-wa]")) {
      const name = element.getAttribute("data-wa") ?? "";
      const kept = `data-w-${name}`;
      if (!element.hasAttribute(kept)) element.setAttribute(kept, element.getAttribute(name) ?? "");
      element.setAttribute(name, say(element.getAttribute(kept) ?? ""));
    }
  };

  /** @param {boolean} chinese */
  const speak = (chinese) => {
    isChinese = chinese;
    root.lang = chinese ? "zh-Hans" : "en";
    languageButton.lang = chinese ? "en" : "zh-Hans";
    languageButton.textContent = chinese ? "English" : "中文";
    translate(document);
    fillFilters();
    tell();
  };

  // What a reader chose is kept where the browser allows it; from a file it may not.

  /** @param {string} key */
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  /** @param {string} key @param {string} value */
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // The choice then holds for this visit.
    }
  };

  // Light and dark.

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);
  const showTheme = () => themeButton.setAttribute("aria-pressed", String(isDark()));

  // The index, made once from the page.

  /** One form for all ways of writing the same: width, case, and typographic quotes. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019]/gu, "'").trim();

  /** @param {string} name */
  const squash = (name) => name.replace(/[_\-\s]/gu, "");

  /** What the matrix says of each situation. @type {Map<string, string>} */
  const situations = new Map();
  /** @type {Entry[] | undefined} */
  let index;
  const entries = () => (index ??= build());

  /** @returns {Entry[]} */
  const build = () => {
    for (const row of document.querySelectorAll(".matrix tbody th")) {
      situations.set(row.querySelector("code")?.textContent ?? "", fold(row.textContent ?? ""));
    }
    return [...all.querySelectorAll("section[data-domain]")].flatMap(read);
  };

  /** @param {Element} section @returns {Entry[]} */
  const read = (section) => {
    const domain = section.getAttribute("data-domain") ?? "";
    const title = section.querySelector("h2") ?? part(domain, HTMLElement);
    const paths = [...section.querySelectorAll(".paths dd > :first-child")].map((path) => path.textContent ?? "").join(" ");
    return [...section.querySelectorAll("details")].map((element) => {
      const [summary, list] = element.children;
      const names = [summary.querySelector("code")?.textContent ?? ""];
      const rest = [domain, paths];
      /** @type {string[]} */
      const ofKinds = [];
      /** @type {string[]} */
      const conditions = [];
      let isWorthRetrying = false;
      let label = "";
      for (const child of list.children) {
        const text = child.textContent ?? "";
        if (child.localName === "dt") label = text;
        else if (label === "Constant" || label === "Formerly" || label === "Its name") names.push(text);
        else if (label === "Worth retrying") isWorthRetrying = true;
        else if (label === "Kind" || label === "Its kind") ofKinds.push(text);
        else if (label === "Situation" || label === "Its situation") conditions.push(text);
        else rest.push(text);
      }
      const messages = [...summary.querySelectorAll("bdi")].map((message) => message.textContent ?? "");
      const entry = {
        element,
        title,
        domain,
        code: fold(summary.querySelector("b")?.textContent ?? ""),
        name: fold(names[0]),
        names: ` ${names.map((name) => squash(fold(name))).join(" ")} `,
        messages: fold(messages.join("\n")),
        situations: conditions.map((name) => situations.get(name) ?? name).join("\n"),
        rest: fold([...rest, ...ofKinds].join("\n")),
        whole: "",
        kinds: ofKinds,
        conditions,
        retry: isWorthRetrying,
      };
      entry.whole = [entry.code, entry.name, entry.messages, entry.situations, entry.rest].join("\n");
      return entry;
    });
  };

  // Search.

  /** @param {Entry} entry @param {Word} word */
  const has = (entry, { text, squashed }) =>
    entry.whole.includes(text) || (squashed !== "" && entry.names.includes(squashed));

  /** How well an entry answers one word; 0 if it does not. @param {Entry} entry @param {Word} searched */
  const score = (entry, searched) => {
    if (!has(entry, searched)) return 0;
    const { text: word, squashed } = searched;
    if (entry.code === word) return 100;
    const at = squashed === "" ? -1 : entry.names.indexOf(squashed);
    if (at > 0 && entry.names.includes(` ${squashed} `, at - 1)) return 80;
    if (entry.code.startsWith(word)) return 50;
    if (entry.name.startsWith(word)) return 40;
    const said = entry.messages.indexOf(word);
    if (said === 0 || (said > 0 && /[\s\p{P}]/u.test(entry.messages[said - 1]))) return 35;
    if (said > 0) return 30;
    if (at >= 0) return 25;
    if (entry.situations.includes(word)) return 22;
    return entry.code.includes(word) ? 20 : 10;
  };

  /** @param {Entry[]} among @param {(entry: Entry) => number} worth */
  const best = (among, worth) => {
    const scored = [];
    for (const entry of among) {
      const value = worth(entry);
      if (value > 0) scored.push({ entry, value });
    }
    // Sorting is stable, so equal entries keep the order of the book.
    return scored.sort((a, b) => b.value - a.value).map((found) => found.entry);
  };

  /** @param {string} query @returns {string[]} */
  const wordsOf = (query) => query.split(/[\s"'`,;:=.，。、：；！？（）()[\]{}<>]+/u).filter((word) => word !== "");

  /** Parts of words, for queries of which nothing has all: pairs of characters of Chinese. @param {string} word */
  const pieces = (word) =>
    (word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).flatMap((run) =>
      /\p{Script=Han}/u.test(run) && run.length > 2
        ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
        : run.length > 2 || /\p{Script=Han}|\d/u.test(run) ? [run] : []);

  /** @param {string} query @param {Entry[]} among @returns {Found} */
  const find = (query, among) => {
    const words = wordsOf(query);
    /** @param {string} text @returns {Word} */
    const word = (text) => ({ text, squashed: squash(text) });
    const searched = words.map(word);
    const whole = (/** @type {Entry} */ entry) =>
      entry.code === query ? 1000 : `${entry.domain}/${entry.code}` === query ? 2000 : 0;
    const found = best(among, (entry) => {
      const exact = whole(entry);
      if (exact > 0) return exact;
      // The words as they were typed, one after the other, are more than each of them somewhere.
      let sum = words.length > 1 && entry.messages.includes(query) ? 50 : 0;
      for (const word of searched) {
        const value = score(entry, word);
        if (value === 0) return 0;
        sum += value;
      }
      return sum;
    });
    if (found.length > 0) return { entries: found, isExact: true, words };
    const parts = [...new Set(words.flatMap(pieces))];
    // Half of the parts, and the rarer of them first, so that a word that is everywhere does not decide.
    const weighed = parts.map((part) => {
      const searched = word(part);
      const count = among.reduce((sum, entry) => sum + (has(entry, searched) ? 1 : 0), 0);
      return { searched, weight: count === 0 ? 0 : Math.log(1 + among.length / count) };
    }).filter(({ weight }) => weight > 0);
    const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
    const near = best(among, (entry) => {
      const sum = weighed.reduce((sum, { searched, weight }) => sum + (has(entry, searched) ? weight : 0), 0);
      return sum * 2 >= total ? sum : 0;
    });
    return { entries: near.slice(0, FIRST), isExact: false, words: parts };
  };

  /** Where moved entries belong. @type {Map<HTMLElement, Comment>} */
  const places = new Map();
  /** @type {Found | undefined} */
  let shown;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let noting;

  const putBack = () => {
    for (const label of results.querySelectorAll("summary > small")) label.remove();
    for (const [element, place] of places) place.replaceWith(element);
    places.clear();
    results.replaceChildren();
  };

  /** @param {Entry[]} some */
  const take = (some) => {
    for (const { element, title } of some) {
      const place = document.createComment("");
      element.replaceWith(place);
      places.set(element, place);
      // Away from its platform's heading a code says whose it is.
      const label = document.createElement("small");
      label.lang = title.lang;
      label.textContent = title.textContent;
      const summary = element.querySelector("summary");
      summary?.insertBefore(label, summary.querySelector("bdi"));
      results.append(element);
    }
  };

  const update = () => {
    const query = fold(search.value);
    const isOpen = query !== "" || byDomain.value !== "" || byKind.value !== "" || byCondition.value !== "" || retry.checked;
    putBack();
    shown = undefined;
    if (isOpen) {
      const among = entries().filter((entry) =>
        (byDomain.value === "" || entry.domain === byDomain.value) &&
        (byKind.value === "" || entry.kinds.includes(byKind.value)) &&
        (byCondition.value === "" || entry.conditions.includes(byCondition.value)) &&
        (!retry.checked || entry.retry));
      shown = query === "" ? { entries: among, isExact: true, words: [] } : find(query, among);
      take(shown.entries.slice(0, FIRST));
      if (shown.entries.length > FIRST) {
        const more = document.createElement("button");
        more.type = "button";
        mark(more, "Show all");
        more.textContent = say("Show all");
        const rest = shown.entries.slice(FIRST);
        more.addEventListener("click", () => {
          more.remove();
          take(rest);
          rest[0].element.querySelector("summary")?.focus();
        });
        results.append(more);
      }
    }
    all.hidden = isOpen;
    results.hidden = !isOpen;
    clear.hidden = !isOpen;
    tell();
    highlight();
    // Browsers take only so many notes in a while, so not one for each letter.
    clearTimeout(noting);
    noting = setTimeout(remember, NOTE);
  };

  /** Says how many codes there are. */
  const tell = () => {
    const { entries: found, isExact } = shown ?? { entries: entries(), isExact: true };
    const count = say(found.length === 1 ? "1 code" : "# codes").replace("#", String(found.length));
    status.textContent = found.length === 0 ? say("No code found")
      : isExact ? count : `${say("Nothing has all of these words; the nearest")}: ${count}`;
  };

  /** Marks the words that were searched for, without a change to the page. */
  const highlight = () => {
    if (!("highlights" in CSS) || typeof Highlight === "undefined") return;
    CSS.highlights.delete("found");
    if (!shown || shown.words.length === 0) return;
    const marks = new Highlight();
    for (const summary of results.querySelectorAll("summary")) {
      const texts = document.createTreeWalker(summary, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        const text = (node.nodeValue ?? "").toLowerCase();
        for (const word of shown.words) {
          // Only where the lower case has the same length do places agree.
          if (text.length !== node.nodeValue?.length) continue;
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            marks.add(range);
          }
        }
      }
    }
    CSS.highlights.set("found", marks);
  };

  const reset = () => {
    search.value = byDomain.value = byKind.value = byCondition.value = "";
    retry.checked = false;
    update();
  };

  /** Fills a filter from what stands in the page. @param {HTMLSelectElement} select @param {[string, string][]} options */
  const fill = (select, options) => {
    const chosen = select.value;
    select.replaceChildren(new Option(say("All"), ""), ...options.map(([value, text]) => new Option(text, value)));
    select.value = chosen;
  };

  const fillFilters = () => {
    /** @param {Element | null | undefined} element */
    const text = (element) => element?.textContent?.trim() ?? "";
    /** @param {string} selector */
    const every = (selector) => [...document.querySelectorAll(selector)];
    fill(byDomain, every("section[data-domain]").map((section) => [section.getAttribute("data-domain") ?? "", text(section.querySelector("h2"))]));
    fill(byKind, every(".kinds dt").map((kind) => [text(kind), text(kind)]));
    fill(byCondition, every(".matrix tbody tr").map((row) => {
      const titles = [...row.querySelectorAll("th > b")];
      const own = titles.find((title) => title.getAttribute("lang")?.split("-")[0] === root.lang.split("-")[0]);
      return [text(row.querySelector("th code")), text(own ?? titles[0])];
    }));
  };

  // What an open entry offers beyond its texts.

  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} [text] @param {string} [className] */
  const make = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  /** A button that copies. What is only for ears tells it from its neighbours. @param {string} text @param {string} words @param {string} [what] */
  const copyButton = (text, words, what = "") => {
    const button = make("button");
    button.type = "button";
    button.dataset.copy = text;
    const label = make("span", words);
    mark(label, words);
    button.append(label);
    if (what) button.append(" ", make("span", what, "off"));
    return button;
  };

  /** @param {HTMLDetailsElement} entry */
  const enrich = (entry) => {
    if (entry.classList.contains("full")) return;
    entry.classList.add("full");
    // The labels of an entry are translated when it is opened, not before.
    for (const term of entry.querySelectorAll("dt:not([data-w])")) mark(term);
    const list = entry.querySelector("dl");
    if (!list) return;
    spell(entry, list);
    for (const term of list.querySelectorAll("dt")) {
      const label = term.getAttribute("data-w");
      const value = term.nextElementSibling;
      if (!value) continue;
      if (label === "Kind" || label === "Its kind") {
        const link = make("a", value.textContent ?? "");
        link.href = `#kind:${value.textContent}`;
        value.replaceChildren(link);
      } else if (label === "Worth retrying") {
        mark(value);
      } else if (label === "Situation" || label === "Its situation") {
        value.after(...sameSituation(entry, value.textContent ?? ""));
      }
    }
    const term = make("dt");
    mark(term, "Address");
    const value = make("dd", "", "link");
    const address = location.href.replace(/#.*$/u, "") + `#${entry.id}`;
    value.append(make("code", `#${entry.id}`), copyButton(address, "Copy address"));
    list.append(term, value);
    translate(entry);
  };

  /** The codes of the other platforms for a situation, with a label before them. @param {HTMLDetailsElement} entry @param {string} name */
  const sameSituation = (entry, name) => {
    const heads = document.querySelectorAll(".matrix thead th");
    const cells = document.getElementById(`condition:${name}`)?.querySelectorAll("td") ?? [];
    const others = [...cells].flatMap((cell) => {
      const links = [...cell.querySelectorAll("a")];
      // The platform of the code itself is no other one.
      if (links.length === 0 || links.some((link) => link.hash === `#${entry.id}`)) return [];
      const value = make("dd", "", "elsewhere");
      value.append(make("small", heads[cell.cellIndex].textContent?.trim()), " ", ...links.map((link) => link.cloneNode(true)));
      return [value];
    });
    if (others.length === 0) return [];
    const term = make("dt");
    mark(term, "Same situation");
    return [term, ...others];
  };

  /** Writes each language's constant in full. @param {HTMLDetailsElement} entry @param {HTMLElement} list */
  const spell = (entry, list) => {
    const domain = entry.id.slice(0, entry.id.indexOf("/"));
    const paths = document.getElementById(domain)?.closest("section")?.querySelectorAll(".paths dd") ?? [];
    const term = [...list.querySelectorAll("dt")].find((term) => term.getAttribute("data-w") === "Constant");
    if (!term) return;
    /** @type {Element[]} */
    const constants = [];
    while (term.nextElementSibling?.localName === "dd") {
      constants.push(term.nextElementSibling);
      term.nextElementSibling.remove();
    }
    const values = [...paths].map((path) => {
      const constant = constants[Number(path.getAttribute("data-place"))];
      const text = (path.firstElementChild?.textContent ?? "") + (constant?.textContent ?? "");
      const value = make("dd", "", "constant");
      const language = path.previousElementSibling?.textContent ?? "";
      value.append(make("span", language), make("code", text), copyButton(text, "Copy", language));
      return value;
    });
    term.after(...values);
  };

  /** @param {string} text */
  const copy = async (text) => {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
    // A page on plain http has no clipboard of its own.
    const field = make("textarea", "", "off");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  // Addresses.

  /** @param {string} hash */
  const readable = (hash) => {
    try {
      return decodeURIComponent(hash);
    } catch {
      // It holds a lone `%`, and stands as it is.
      return hash;
    }
  };

  /** The entry or the row that an address means, however it was typed. @param {string} hash */
  const destination = (hash) => {
    const direct = document.getElementById(hash);
    if (direct) return direct;
    const typed = readable(hash);
    const slash = typed.indexOf("/");
    if (slash < 0) return document.getElementById(typed);
    const [domain, code] = [typed.slice(0, slash), typed.slice(slash + 1)];
    const escaped = code.replace(/[^!-~]|["<>`%/]/gu, (ch) => {
      const bytes = new TextEncoder().encode(ch);
      return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
    });
    const name = ` ${squash(fold(code))} `;
    return document.getElementById(`${domain}/${escaped}`) ??
      entries().find((entry) => entry.domain === domain && entry.names.includes(name))?.element ?? null;
  };

  const follow = () => {
    const hash = location.hash.slice(1);
    const element = hash === "" ? null : destination(hash);
    if (hash === "" || (element && !all.contains(element) && !results.contains(element))) return;
    if (!element) {
      // Nothing has this address any more, or it was typed with a slip: look for its words.
      search.value = readable(hash);
      update();
      return;
    }
    if (shown) reset();
    if (element instanceof HTMLDetailsElement) {
      element.open = true;
      if (element.id !== hash) history.replaceState(null, "", `#${element.id}`);
    }
    element.scrollIntoView();
    // What stands above gets its true height only once it is drawn, and then pushes the element away.
    requestAnimationFrame(() => requestAnimationFrame(() => element.scrollIntoView()));
    element.querySelector("summary")?.focus({ preventScroll: true });
  };

  // The way back. What a reader searched for stays with the place in the history that a link leads away from.

  const remember = () => {
    clearTimeout(noting);
    const asked = [search.value, byDomain.value, byKind.value, byCondition.value, retry.checked];
    history.replaceState(shown ? { asked, top: scrollY } : null, "");
  };

  const comeBack = () => {
    const { asked, top } = history.state ?? {};
    if (!asked) return;
    [search.value, byDomain.value, byKind.value, byCondition.value, retry.checked] = asked;
    update();
    // The browser has its own idea of the place, which it had before the results were there.
    requestAnimationFrame(() => scrollTo(0, top));
  };

  // Keys.

  /** @returns {HTMLElement[]} */
  const reachable = () => [...results.querySelectorAll("summary")];

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    const isTyping = at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement;
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && (at === search || shown)) {
      event.preventDefault();
      reset();
      search.focus();
    } else if (event.key === "Enter" && at === search) {
      const [first] = reachable();
      if (!first) return;
      event.preventDefault();
      const entry = first.parentElement;
      if (entry instanceof HTMLDetailsElement) entry.open = true;
      first.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && at instanceof HTMLElement) {
      const list = reachable();
      const place = at === search ? -1 : list.indexOf(at);
      if (place < 0 && at !== search) return;
      const next = event.key === "ArrowDown" ? place + 1 : place - 1;
      if (next >= list.length || next < -1) return;
      event.preventDefault();
      (next < 0 ? search : list[next]).focus();
    }
  };

  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.open) enrich(event.target);
  }, true);
  document.addEventListener("click", async (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    const link = at.closest("a");
    if (link) {
      remember();
      // No event tells that a reader goes where the page is already.
      if (link.hash === location.hash) setTimeout(follow);
    }
    const button = at.closest("button");
    const [text, label] = [button?.dataset.copy, button?.firstElementChild];
    if (!label || text === undefined) return;
    const done = await copy(text).catch(() => false);
    label.textContent = said.textContent = say(done ? "Copied" : "Copying failed");
    setTimeout(() => {
      label.textContent = say(label.getAttribute("data-w") ?? "");
      said.textContent = "";
    }, 1500);
  });
  search.addEventListener("input", update);
  for (const filter of [byDomain, byKind, byCondition, retry]) filter.addEventListener("change", update);
  clear.addEventListener("click", () => {
    reset();
    search.focus();
  });
  languageButton.addEventListener("click", () => {
    speak(!isChinese);
    keep("errbook-language", root.lang);
  });
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep("errbook-theme", root.dataset.theme);
    showTheme();
  });
  systemIsDark.addEventListener("change", showTheme);
  addEventListener("popstate", comeBack);
  addEventListener("hashchange", () => {
    // A place that was come back to is shown as it was left.
    if (!history.state?.asked) follow();
  });
  addEventListener("beforeprint", () => {
    for (const term of document.querySelectorAll("details:not(.full) dt:not([data-w])")) mark(term);
    translate(document);
  });

  entries();
  for (const element of document.querySelectorAll("[data-w]")) mark(element);
  root.classList.add("js");
  const theme = kept("errbook-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  showTheme();
  const languages = kept("errbook-language") ? [kept("errbook-language") ?? ""] : navigator.languages;
  speak(/^zh/iu.test(languages.find((tag) => /^(?:zh|en)\b/iu.test(tag)) ?? "en"));
  if (history.state?.asked) comeBack();
  else follow();
})();
