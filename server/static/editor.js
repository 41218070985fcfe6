// The query editor: Yasgui on our own endpoint, with our prefixes and words, and no look-up at another host.
"use strict";
(function () {
  const place = document.getElementById("editor");
  if (!place || !window.Yasgui) return;
  const Yasgui = window.Yasgui, Yasqe = Yasgui.Yasqe;
  const prefixes = JSON.parse(place.dataset.prefixes);
  const words = place.dataset;
  const language = document.documentElement.lang;
  const endpoint = new URL(words.endpoint, window.location.href).href;
  const plain = document.querySelector("form.plain");
  Yasgui.defaults.requestConfig.endpoint = endpoint;
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [{ endpoint: endpoint }];
  const first = plain.querySelector("textarea").value;
  if (first) Yasqe.defaults.value = first;
  Yasqe.defaults.requestConfig.endpoint = endpoint;

  // Its completers ask prefix.cc and Linked Open Vocabularies; the graph's own words are offered instead.
  Yasqe.defaults.autocompleters = ["variables", "own-prefixes", "own-words"];
  Yasqe.registerAutocompleter({
    name: "own-prefixes",
    autoShow: true,
    bulk: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => Yasqe.Autocompleters.prefixes.isValidCompletionPosition(yasqe),
    get: () => Object.entries(prefixes).map(([name, iri]) => name + ": <" + iri + ">"),
    preProcessToken: (yasqe, token) => Yasqe.Autocompleters.prefixes.preProcessToken(yasqe, token),
  }, false);
  let terms = null;
  const known = () => terms || (terms = fetch("/completions").then((answer) => answer.json()).then((all) => all.terms));
  const BETWEEN = "   ";
  Yasqe.registerAutocompleter({
    name: "own-words",
    autoShow: true,
    bulk: false,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => {
      const token = yasqe.getCompleteToken();
      if (!/^[A-Za-zÀ-ɏ][\wÀ-ɏ-]*(:[\w-]*)?$/.test(token.string) || token.type === "keyword") return false;
      return !/^\s*PREFIX/i.test(yasqe.getDoc().getLine(yasqe.getDoc().getCursor().line));
    },
    get: (yasqe, token) => {
      const typed = token.string.toLowerCase(), named = typed.includes(":");
      const fits = (term) => named ? term.name.toLowerCase().startsWith(typed)
        : [term.name.split(":")[1], term.en, term.it].some((word) => word.toLowerCase().includes(typed));
      const ours = known().then((all) => all.filter(fits).slice(0, 25)
        .map((term) => term.name + BETWEEN + term[language] + ", " + (words["kind" + term.kind] || term.kind)));
      if (named || typed.length < 3) return ours;
      const things = fetch("/suggest?q=" + encodeURIComponent(token.string))
        .then((answer) => answer.ok ? answer.json() : { suggestions: [] })
        .then((found) => found.suggestions.filter((one) => one.kind !== "term")
          .map((one) => "<" + one.iri + ">" + BETWEEN + one.label));
      return Promise.all([ours, things]).then(([some, others]) => [...others, ...some]).catch(() => ours);
    },
    postprocessHints: (yasqe, hints) => hints.map((hint) => {
      const [text, label] = hint.text.split(BETWEEN);
      return { ...hint, text: text, displayText: label ? (text.startsWith("<") ? label + BETWEEN + text : text + BETWEEN + label) : text };
    }),
  }, false);

  // The query's answer as the site draws it: a table of dates, places or pairs as a timeline, map or network.
  for (const view of ["timeline", "map", "network"]) {
    Yasgui.Yasr.registerPlugin(view, class {
      constructor(yasr) { this.yasr = yasr; this.label = words[view]; this.priority = 1; }
      canHandleResults() { return Boolean(this.yasr.results && (this.yasr.results.getVariables() || []).length); }
      getIcon() { return document.createElement("span"); }
      draw() {
        const into = document.createElement("div");
        into.className = "drawn";
        this.yasr.resultsEl.append(into);
        const query = yasgui.getTab().getQuery();
        fetch("/sparql?view=" + view + "&part=1&query=" + encodeURIComponent(query), { headers: { Accept: "text/html" } })
          .then((answer) => answer.text()).then((html) => { into.innerHTML = html; })
          .catch((error) => { into.textContent = String(error); });
      }
    });
  }
  Yasgui.Yasr.defaults.pluginOrder = ["table", "timeline", "map", "network", "response"];
  Yasgui.Yasr.defaults.prefixes = prefixes;
  Yasqe.defaults.createShortLink = (yasqe) => fetch("/q", {
    method: "POST", body: new URLSearchParams({ query: yasqe.getValue() }), headers: { Accept: "application/json" },
  }).then((answer) => answer.json()).then((made) => made.href ? new URL(made.href, window.location.href).href
    : Promise.reject(made.detail || made.title));

  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: endpoint, acceptHeaderSelect: "application/sparql-results+json" },
    copyEndpointOnNewTab: true,
    persistenceId: "parleygraph",
  });
  plain.hidden = true;

  // What the editor leaves without a name or in a role that it does not play.
  const name = () => {
    place.querySelectorAll(".CodeMirror textarea:not([aria-label])").forEach((each) => each.setAttribute("aria-label", words.name));
    place.querySelectorAll(".tabsList button:not([role])").forEach((each) => {
      each.setAttribute("role", "tab");
      each.setAttribute("aria-selected", "false");
    });
  };
  name();
  new MutationObserver(name).observe(place, { childList: true, subtree: true });

  // A mistake is marked at its place: the answer tells line, column and length.
  let fault = null;
  const clear = () => { if (fault) { fault.clear(); fault = null; } };
  const watched = new WeakSet();
  const watch = (yasqe) => {
    if (!yasqe || watched.has(yasqe)) return;
    watched.add(yasqe);
    yasqe.on("query", clear);
    yasqe.on("change", (editor, change) => {
      clear();
      if (!change || change.origin !== "complete") return;
      const declared = yasqe.getPrefixesFromQuery(), text = yasqe.getValue();
      for (const [prefix, iri] of Object.entries(prefixes)) {
        const used = new RegExp("(^|[\\s(/|^;,.{])" + prefix + ":[\\w]").test(text);
        if (used && declared[prefix] === undefined) yasqe.addPrefixes({ [prefix]: iri });
      }
    });
    yasqe.on("error", () => {
      fetch(endpoint + "?query=" + encodeURIComponent(yasqe.getValue()), { headers: { Accept: "application/sparql-results+json" } })
        .then((answer) => answer.json()).then((told) => {
          if (!told.line) return;
          const from = { line: told.line - 1, ch: told.column - 1 };
          const to = { line: from.line, ch: from.ch + Math.max(told.length || 1, 1) };
          fault = yasqe.getDoc().markText(from, to, { className: "fault", title: told.detail });
          yasqe.getDoc().setCursor(from);
        }).catch(() => undefined);
    });
  };
  const watchAll = () => { const tab = yasgui.getTab(); if (tab) watch(tab.getYasqe()); };
  watchAll();
  yasgui.on("tabSelect", () => setTimeout(watchAll));

  const ask = (query) => {
    const tab = yasgui.getTab();
    tab.setEndpoint(endpoint);
    tab.setQuery(query);
  };
  if (words.query) ask(words.query);
  const picker = document.getElementById("examples");
  if (picker && picker.options.length > 1) {
    picker.closest("label").hidden = false;
    picker.addEventListener("change", () => { if (picker.value) ask(picker.value); });
  }
  document.body.dataset.editor = "ready";
})();
