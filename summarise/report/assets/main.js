// Beginning, and going from view to view.

const VIEWS = {
  overview: [overviewView, "Overview"],
  visits: [visitsView, "Visits"],
  matrix: [matrixView, "Who goes where"],
  invitations: [invitationsView, "Invitations"],
  officials: [officialsView, "Officials"],
  concerns: [concernsView, "Concerns"],
  articles: [articlesView, "Articles"],
};
const TITLE = document.title;

function showViews(view) {
  const items = Object.entries(VIEWS).map(([name, [, label]]) =>
    make(
      "li",
      {},
      make(
        "a",
        { href: filtered(name), "aria-current": name === view ? "page" : null, "data-key": `view:${name}` },
        label,
      ),
    ),
  );
  const list = document.getElementById("views");
  const key = list.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  list.replaceChildren(...items);
  if (key) focusOn(key);
}

function focusOn(key) {
  const element = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  element?.focus({ preventScroll: true });
  return Boolean(element);
}

async function show() {
  const before = current;
  const route = routeOf(location.hash);
  const known = route.view === "article" || Object.hasOwn(VIEWS, route.view);
  if (!known) route.view = "overview";
  const wasFollowed = followed;
  followed = false;
  const active = before && keyOf(document.activeElement);
  if (before && before.view !== "article" && !memory.has(before.hash))
    memory.set(before.hash, { key: active, scroll: scrollY });
  current = route;
  if (route.view !== "article") lastList = route.hash || "#/";
  const wish = wishOf(route.query);
  showViews(route.view);
  showFilters(route, wish);
  let content;
  try {
    content = route.view === "article" ? await articleView(route) : VIEWS[route.view][0](route, wish);
  } catch (problem) {
    content = [heading("This cannot be shown"), make("p", { class: "notice", role: "alert" }, plain(problem.message))];
    console.error(problem);
  }
  if (current !== route) return; // somebody went on while it was unpacked
  const main = document.getElementById("main");
  main.className = `view-${route.view}`;
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  const label = document.getElementById("heading")?.textContent ?? "";
  document.title = route.view === "overview" ? TITLE : `${plain(label)} – ${TITLE}`;
  settle(route, before, wasFollowed, active);
}

// Where the focus goes: to the sentence that was asked for, back to where it was, or to the heading of a new view.
function settle(route, before, wasFollowed, active) {
  const changed = !before || before.view !== route.view || before.id !== route.id;
  const kept = memory.get(route.hash);
  if (route.view === "article") {
    const record = route.query.get("record");
    if (record && showRecord(record)) return;
    if (before) document.getElementById("heading").focus({ preventScroll: true });
    scrollTo(0, before ? document.getElementById("main").offsetTop : 0);
  } else if (before && !wasFollowed && kept) {
    if (kept.key) focusOn(kept.key);
    scrollTo(0, kept.scroll);
  } else if (changed && before) {
    document.getElementById("heading").focus({ preventScroll: true });
    scrollTo(0, 0);
  } else if (active && !form.contains(document.activeElement) && !focusOn(active)) {
    document.getElementById("heading").focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

// ------------------------------------------------------------------------------------------------------ appearance

const APPEARANCES = { system: "as the system", light: "light", dark: "dark" };
const KEPT_AS = "summarise-report-appearance";

function kept(value) {
  try {
    if (value !== undefined) localStorage.setItem(KEPT_AS, value);
    return localStorage.getItem(KEPT_AS);
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem; // a browser that keeps nothing for a file
    return value ?? null;
  }
}

function wear(name) {
  const appearance = Object.hasOwn(APPEARANCES, name ?? "") ? name : "system";
  document.documentElement.dataset.theme = appearance;
  document.getElementById("theme").textContent = `Appearance: ${APPEARANCES[appearance]}`;
}

document.getElementById("theme").addEventListener("click", () => {
  const names = Object.keys(APPEARANCES);
  const next = names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length];
  kept(next);
  wear(next);
});

async function begin() {
  wear(kept());
  if (typeof DecompressionStream === "undefined")
    throw new Error("this browser cannot unpack it (DecompressionStream): a browser of 2023 or later can");
  history.scrollRestoration = "manual";
  await openLists();
  addEventListener("hashchange", show);
  await show();
}

begin().catch((problem) => {
  document
    .getElementById("main")
    .replaceChildren(make("p", { class: "notice", role: "alert" }, `The report cannot be shown: ${problem.message}`));
});
