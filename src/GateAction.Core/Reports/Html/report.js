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
  const row = test => {
    const [name, outcome, time, place, message, details] = test;
    const fold = create("details");
    const summary = create("summary");
    const failing = outcome === "failed" || outcome === "error";
    summary.append(create("b", outcome, failing ? "bad" : outcome === "passed" ? "good" : "warn"), " ", create("span", name), " ", create("small", [time, place].filter(Boolean).join(" · ")));
    fold.append(summary);
    if (message) fold.append(create("p", message));
    if (details) {
      const trace = create("pre", details);
      trace.tabIndex = 0;
      trace.setAttribute("aria-label", "trace");
      fold.append(trace);
    }
    if (!message && !details) fold.append(create("p", "Nothing more is known.", "muted"));
    return fold;
  };
  const show = section => {
    const tests = read(section.dataset.tests);
    const [search, outcome] = section.querySelectorAll("input, select");
    const list = section.querySelector(".tests");
    const more = section.querySelector("button");
    const status = section.querySelector("[role=status]");
    let found = tests;
    let shown = 0;
    const next = () => {
      const part = document.createDocumentFragment();
      for (const test of found.slice(shown, shown + page)) part.append(row(test));
      list.append(part);
      shown = Math.min(found.length, shown + page);
      more.hidden = shown >= found.length;
      status.textContent = `${found.length.toLocaleString("en")} of ${tests.length.toLocaleString("en")} tests, ${shown.toLocaleString("en")} shown`;
    };
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = outcome.value;
      found = tests.filter(test => (!wanted || test[1] === wanted) && words.every(word => test[0].toLowerCase().includes(word) || (test[4] || "").toLowerCase().includes(word)));
      list.replaceChildren();
      shown = 0;
      next();
    };
    let waiting;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
    outcome.addEventListener("change", filter);
    more.addEventListener("click", next);
    filter();
    section.querySelector(".filter").hidden = false;
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
