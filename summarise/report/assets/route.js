// Where the reader is: the view and the filters stand behind the # of the address, so that links, reloading and the
// back button work without a server.

const FILTERS = [
  "q",
  "country",
  "origin",
  "destination",
  "person",
  "status",
  "since",
  "until",
  "focus",
  "answer",
  "concerns",
];
const memory = new Map(); // address -> what had the focus there, and how far it was scrolled
let current = null;
let followed = false;

function routeOf(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, ...rest] = path.split("/");
  let id = null;
  try {
    id = rest.length ? decodeURIComponent(rest.join("/")) : null;
  } catch (problem) {
    if (!(problem instanceof URIError)) throw problem; // an address typed by hand that stands for no article
  }
  return { view: view || "overview", id, query: new URLSearchParams(query), hash };
}

function address(view, query = {}, id = null) {
  const kept = new URLSearchParams();
  for (const [name, value] of query instanceof URLSearchParams ? query : Object.entries(query)) {
    if (value !== "" && value !== null && value !== undefined) kept.set(name, value);
  }
  const path = (view === "overview" ? "" : view) + (id === null ? "" : `/${encodeURIComponent(wellFormed(id))}`);
  return `#/${path}${kept.size ? `?${kept}` : ""}`;
}

function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

function toArticle(place, record = null) {
  return address("article", { record }, lists.articles[place].id);
}

// The filters of the present address, with others in their place; what a page number counted has changed.
function filtered(view, changes = {}) {
  const query = {};
  for (const name of FILTERS) if (current.query.has(name)) query[name] = current.query.get(name);
  return address(view, { ...query, ...changes });
}

function go(hash, instead = false) {
  if (hash === location.hash) return;
  followed = true;
  if (instead) location.replace(hash);
  else location.hash = hash;
}

function keyOf(element) {
  return element?.closest?.("[data-key]")?.dataset.key ?? null;
}

function remember() {
  if (current && current.view !== "article")
    memory.set(current.hash, { key: keyOf(document.activeElement) ?? current.key, scroll: scrollY });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.hasAttribute("data-skip")) {
    event.preventDefault();
    document.getElementById("main").focus();
    return;
  }
  followed = !link.hasAttribute("data-back") && link.hash !== location.hash;
  if (current) current.key = keyOf(link); // not every browser gives the focus to a link that is clicked
  remember();
});
