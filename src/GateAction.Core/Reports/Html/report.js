(() => {
  "use strict";
  const page = 100;
  const find = (selector, below = document) => [...below.querySelectorAll(selector)];
  const number = count => count.toLocaleString("en");
  const create = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const read = id => {
    const element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : null;
  };
  const later = action => {
    let waiting;
    return () => { clearTimeout(waiting); waiting = setTimeout(action, 150); };
  };
  const words = input => input.value.toLowerCase().split(/\s+/).filter(Boolean);

  // A link opens what it leads to, however deep it is folded or filtered away.
  const target = () => {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
  };
  const reveal = () => {
    const found = target();
    if (!found) return;
    if (found.closest("#criteria") && found.closest("[hidden]")) only("");
    for (let part = found; part; part = part.parentElement) if (part.localName === "details") part.open = true;
    found.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });

  // Which section is being read.
  const links = new Map(find("nav a").map(link => [link.hash.slice(1), link]));
  if ("IntersectionObserver" in window) {
    const seen = new Set();
    const watch = new IntersectionObserver(entries => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
      const current = find("main > section").map(section => section.id).find(id => seen.has(id));
      for (const [id, link] of links) id === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }, { rootMargin: "-70px 0px -55% 0px" });
    find("main > section").forEach(section => watch.observe(section));
  }

  // Criteria by state and words.
  const bar = document.getElementById("states");
  let state = "";
  const filter = () => {
    const search = bar.querySelector("input");
    const wanted = search ? words(search) : [];
    let shown = 0;
    for (const group of find("#criteria .group")) {
      let any = false;
      for (const row of find(".rows > *", group)) {
        const text = `${row.id} ${(row.querySelector("summary") || row).textContent}`.toLowerCase();
        row.hidden = (state && row.dataset.state !== state) || !wanted.every(word => text.includes(word));
        if (!row.hidden) { any = true; shown++; }
      }
      group.hidden = !any;
    }
    find("button", bar).forEach(button => button.setAttribute("aria-pressed", String(button.dataset.only === state)));
    document.getElementById("states-status").textContent = state || wanted.length ? `${number(shown)} shown` : "";
  };
  const only = name => {
    state = name;
    const search = bar.querySelector("input");
    if (search && !name) search.value = "";
    filter();
  };
  if (bar) {
    bar.hidden = false;
    find("button", bar).forEach(button => button.addEventListener("click", () => { state = button.dataset.only; filter(); }));
    find(".figures [data-only]").forEach(link => link.addEventListener("click", () => only(link.dataset.only)));
    const search = bar.querySelector("input");
    if (search) search.addEventListener("input", later(filter));
  }

  // Tests: equal messages together, a hundred rows at a time.
  const signs = { failed: ["bad", "✗"], error: ["bad", "✗"], flaky: ["warn", "!"], skipped: ["none", "–"], passed: ["good", "✓"] };
  const pill = (outcome, count) => {
    const [style, sign] = signs[outcome] || ["none", "–"];
    const element = create("span", undefined, `pill ${style}`);
    const mark = create("span", sign);
    mark.setAttribute("aria-hidden", "true");
    element.append(mark, count ? ` ${number(count)} × ${outcome}` : ` ${outcome}`);
    return element;
  };
  const row = test => {
    const [name, outcome, time, place, message, details] = test;
    const fold = create("details");
    const summary = create("summary");
    const title = create("span", name, "title");
    if (message) title.append(create("small", message, "line"));
    summary.append(pill(outcome), " ", title, " ", create("small", time, "value"));
    fold.append(summary);
    fold.addEventListener("toggle", () => {
      if (place) fold.append(create("p", place, "muted"));
      if (message) fold.append(create("p", message));
      if (details) {
        const trace = create("pre", details);
        trace.tabIndex = 0;
        trace.setAttribute("aria-label", "trace");
        fold.append(trace);
      }
      if (!message && !details && !place) fold.append(create("p", "Nothing more is known.", "muted"));
    }, { once: true });
    return fold;
  };
  const list = (rows, make, into, more) => {
    let shown = 0;
    const next = () => {
      const part = document.createDocumentFragment();
      for (const one of rows.slice(shown, shown + page)) part.append(make(one));
      into.append(part);
      shown = Math.min(rows.length, shown + page);
      more.hidden = shown >= rows.length;
      more.textContent = `Show ${number(Math.min(page, rows.length - shown))} more`;
    };
    more.onclick = next;
    next();
  };
  const cause = test => test[6] ?? test[4];
  const group = tests => {
    if (tests.length === 1) return row(tests[0]);
    const fold = create("details");
    const summary = create("summary");
    summary.append(pill(tests[0][1], tests.length), " ", create("span", cause(tests[0]), "title"));
    fold.append(summary);
    fold.addEventListener("toggle", () => {
      const into = create("div", undefined, "rows");
      const more = create("button");
      more.type = "button";
      fold.append(into, more);
      list(tests, row, into, more);
    }, { once: true });
    return fold;
  };
  const groups = tests => {
    const byMessage = new Map();
    tests.forEach((test, index) => {
      const key = cause(test) ? `${test[1]}\n${cause(test)}` : index;
      byMessage.has(key) ? byMessage.get(key).push(test) : byMessage.set(key, [test]);
    });
    return [...byMessage.values()];
  };
  const finder = document.getElementById("find-tests");
  const sets = find("[data-tests]").map(section => {
    const tests = read(section.dataset.tests);
    const texts = tests.map(test => [test[0], test[3], test[4]].join("\n").toLowerCase());
    const into = section.querySelector(".tests");
    const more = section.querySelector("button");
    const status = section.querySelector("[role=status]");
    const show = (wanted, outcome) => {
      const found = tests.filter((test, index) => (!outcome || test[1] === outcome) && wanted.every(word => texts[index].includes(word)));
      into.replaceChildren();
      list(groups(found), group, into, more);
      status.textContent = found.length === tests.length ? "" : `${number(found.length)} of ${number(tests.length)} listed tests match`;
    };
    show([], "");
    return { count: tests.length, show };
  });
  if (finder) {
    const [search, outcome] = find("input, select", finder);
    const show = () => sets.forEach(set => set.show(words(search), outcome.value));
    search.addEventListener("input", later(show));
    outcome.addEventListener("change", show);
    finder.hidden = sets.reduce((sum, set) => sum + set.count, 0) < 8;
  }

  find("details[data-raw]").forEach(fold => fold.addEventListener("toggle", () => {
    const into = fold.querySelector("pre");
    if (fold.open && !into.textContent) into.textContent = JSON.stringify(read(fold.dataset.raw), null, 2);
  }));
  document.getElementById("expand").addEventListener("click", event => {
    const open = event.target.getAttribute("aria-pressed") !== "true";
    event.target.setAttribute("aria-pressed", String(open));
    find("main details:not([data-raw])").forEach(fold => { fold.open = open; });
  });
  addEventListener("beforeprint", () => find("#blocking details, #warnings details, #criteria details").forEach(fold => { fold.open = true; }));
  reveal();
})();
