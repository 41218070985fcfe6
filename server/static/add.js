// Adding an article: preview, strike, publish. The token is kept for this session of the browser alone.
"use strict";
(function () {
  const form = document.getElementById("add"), said = document.getElementById("said");
  const draft = document.getElementById("draft"), publish = document.getElementById("publish");
  if (!form) return;
  const KEY = "parleygraph-token";
  const token = form.elements.token;
  token.value = sessionStorage.getItem(KEY) || "";
  let sent = "";
  const body = () => {
    const fields = {};
    for (const name of ["text", "date", "title", "publisher", "url", "licence"]) {
      const value = form.elements[name].value.trim();
      if (value) fields[name] = name === "text" ? form.elements.text.value : value;
    }
    return JSON.stringify(fields);
  };
  const ask = (address, accept) => {
    sessionStorage.setItem(KEY, token.value);
    return fetch(address, {
      method: "POST", body: sent, credentials: "omit",
      headers: { "Authorization": "Bearer " + token.value, "Content-Type": "application/json", "Accept": accept,
        "Accept-Language": document.documentElement.lang },
    });
  };
  const fail = (answer) => answer.json().catch(() => ({})).then((told) => {
    said.className = "following";
    said.textContent = [form.dataset.failed, told.title, told.detail, told.remedy].filter(Boolean).join(" ");
  });
  const stale = () => { publish.hidden = true; draft.replaceChildren(); };
  form.addEventListener("input", (event) => { if (event.target.name !== "token" && event.target.name !== "author") stale(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stale();
    sent = body();
    said.className = "";
    said.textContent = form.dataset.reading;
    ask("/add", "application/problem+json").then((answer) => {
      if (!answer.ok) return fail(answer);
      return answer.text().then((html) => {
        said.textContent = "";
        draft.innerHTML = html;
        publish.hidden = false;
        draft.querySelector("h2").setAttribute("tabindex", "-1");
        draft.querySelector("h2").focus();
      });
    }).catch((error) => { said.textContent = form.dataset.failed + " " + error; });
  });
  publish.addEventListener("click", () => {
    const struck = [...draft.querySelectorAll("input[name=keep]:not(:checked)")].map((each) => ["strike", each.value]);
    const parameters = new URLSearchParams(struck);
    if (struck.length) parameters.set("author", form.elements.author.value.trim());
    said.className = "";
    said.textContent = form.dataset.publishing;
    ask("/articles" + (struck.length ? "?" + parameters : ""), "application/json").then((answer) => {
      if (!answer.ok) return fail(answer);
      return answer.json().then((made) => { window.location.assign("/page/" + made.article.split("/id/")[1]); });
    }).catch((error) => { said.textContent = form.dataset.failed + " " + error; });
  });
})();
