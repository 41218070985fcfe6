// The query editor: Yasgui on our own endpoint, with our prefixes, and no look-up at another host.
"use strict";
(function () {
  const place = document.getElementById("editor");
  if (!place || !window.Yasgui) return;
  const Yasgui = window.Yasgui;
  const prefixes = JSON.parse(place.dataset.prefixes);
  const endpoint = new URL(place.dataset.endpoint, window.location.href).href;
  Yasgui.defaults.requestConfig.endpoint = endpoint;
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [{ endpoint: endpoint }];
  const first = document.querySelector("form.plain textarea").value;
  if (Yasgui.Yasqe) {
    if (first) Yasgui.Yasqe.defaults.value = first;
    Yasgui.Yasqe.defaults.requestConfig.endpoint = endpoint;
    // Its completers ask prefix.cc and Linked Open Vocabularies; the graph's own words are offered instead.
    Yasgui.Yasqe.defaults.autocompleters = ["variables", "own-prefixes"];
    Yasgui.Yasqe.registerAutocompleter({
      name: "own-prefixes",
      autoShow: true,
      bulk: true,
      persistenceId: null,
      isValidCompletionPosition: (yasqe) => Yasgui.Yasqe.Autocompleters.prefixes.isValidCompletionPosition(yasqe),
      get: () => Object.entries(prefixes).map(([name, iri]) => name + ": <" + iri + ">"),
      preProcessToken: (yasqe, token) => Yasgui.Yasqe.Autocompleters.prefixes.preProcessToken(yasqe, token),
    }, false);
  }
  if (Yasgui.Yasr) Yasgui.Yasr.defaults.prefixes = prefixes;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: endpoint, acceptHeaderSelect: "application/sparql-results+json" },
    copyEndpointOnNewTab: true,
    persistenceId: "parleygraph",
  });
  document.querySelector("form.plain").hidden = true;
  const ask = (query) => {
    const tab = yasgui.getTab();
    tab.setEndpoint(endpoint);
    tab.setQuery(query);
  };
  if (place.dataset.query) ask(place.dataset.query);
  const picker = document.getElementById("examples");
  if (picker && picker.options.length > 1) {
    picker.closest("label").hidden = false;
    picker.addEventListener("change", () => { if (picker.value) ask(picker.value); });
  }
  document.body.dataset.editor = "ready";
})();
