(() => {
  "use strict";
  const page = 100;
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
  const signs = { failed: ["bad", "✗"], error: ["bad", "✗"], flaky: ["warn", "!"], skipped: ["none", "–"], passed: ["good", "✓"] };
  const pill = outcome => {
    const [style, sign] = signs[outcome] || ["none", "–"];
    const element = create("span", undefined, `pill ${style}`);
    const mark = create("span", sign);
    mark.setAttribute("aria-hidden", "true");
    element.append(mark, ` ${outcome}`);
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
    if (place) fold.append(create("p", place, "muted"));
    if (message) fold.append(create("p", message));
    if (details) {
      const trace = create("pre", details);
      trace.tabIndex = 0;
      trace.setAttribute("aria-label", "trace");
      fold.append(trace);
    }
    if (!message && !details && !place) fold.append(create("p", "Nothing more is known.", "muted"));
    return fold;
  };
  const show = section => {
    const tests = read(section.dataset.tests);
    const texts = tests.map(test => [test[0], test[3], test[4]].join("\n").toLowerCase());
    const [search, outcome] = section.querySelectorAll("input, select");
    const list = section.querySelector(".tests");
    const more = section.querySelector("button");
    const status = section.querySelector("[role=status]");
    const number = count => count.toLocaleString("en");
    let found = tests;
    let shown = 0;
    const next = () => {
      const part = document.createDocumentFragment();
      for (const test of found.slice(shown, shown + page)) part.append(row(test));
      list.append(part);
      shown = Math.min(found.length, shown + page);
      more.hidden = shown >= found.length;
      more.textContent = `Show ${number(Math.min(page, found.length - shown))} more`;
      status.textContent = found.length === shown && found.length === tests.length ? "" : `${number(found.length)} of ${number(tests.length)} listed tests match, ${number(shown)} shown`;
    };
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = outcome.value;
      found = tests.filter((test, index) => (!wanted || test[1] === wanted) && words.every(word => texts[index].includes(word)));
      list.replaceChildren();
      shown = 0;
      next();
    };
    let waiting;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
    outcome.addEventListener("change", filter);
    more.addEventListener("click", next);
    filter();
    section.querySelector(".filter").hidden = tests.length < 8;
  };
  document.querySelectorAll("[data-tests]").forEach(show);
  document.querySelectorAll("details[data-raw]").forEach(fold => fold.addEventListener("toggle", () => {
    const target = fold.querySelector("pre");
    if (fold.open && !target.textContent) target.textContent = JSON.stringify(read(fold.dataset.raw), null, 2);
  }));
  const all = open => document.querySelectorAll("main details:not([data-raw])").forEach(fold => { fold.open = open; });
  document.getElementById("expand").addEventListener("click", event => {
    const open = event.target.getAttribute("aria-pressed") !== "true";
    event.target.setAttribute("aria-pressed", String(open));
    all(open);
  });
  addEventListener("beforeprint", () => document.querySelectorAll("#criteria details").forEach(fold => { fold.open = true; }));
})();
