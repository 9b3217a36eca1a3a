// The front page: what to be careful about, then a little of everything.

const MOST_KINDS = 6;
const ON_FRONT = { visits: 8, countries: 8, invitations: 4, officials: 12 };

function concernsBox(articles, route) {
  const { failed, rejected, textless } = doubts(articles);
  const within = new Set(articles.map((article) => article.place));
  const kinds = new Map();
  let number = 0;
  for (const concern of lists.concerns) {
    if (!within.has(concern.article)) continue;
    number += 1;
    kinds.set(concern.kind, (kinds.get(concern.kind) ?? 0) + 1);
  }
  const lines = [];
  if (failed.length)
    lines.push(make("li", {}, make("strong", {}, counted(failed.length, "article")), " could not be read."));
  if (number) {
    const commonest = [...kinds].sort(([, one], [, other]) => other - one).slice(0, MOST_KINDS);
    const named = commonest.map(([kind, count]) =>
      make("span", {}, said(humane(kind)), ` (${count.toLocaleString("en")})`),
    );
    const more = kinds.size > MOST_KINDS ? " and others" : "";
    lines.push(make("li", {}, make("strong", {}, counted(number, "concern")), ": ", joined(named), more, "."));
  }
  if (rejected.length)
    lines.push(
      make("li", {}, make("strong", {}, counted(rejected.length, "article")), " with records that were not accepted."),
    );
  if (textless.length)
    lines.push(
      make(
        "li",
        {},
        "Of ",
        make("strong", {}, counted(textless.length, "article")),
        " the text was not at hand: their pages show the sentences that records cite.",
      ),
    );
  if (!lines.length) lines.push(make("li", {}, "No concerns, and every text is at hand."));
  const link =
    number || failed.length || rejected.length
      ? make("a", { href: filtered("concerns"), "data-key": "all:concerns" }, "All concerns")
      : null;
  return make(
    "section",
    { class: "concerns-box" },
    make("div", { class: "section-head" }, make("h2", {}, "Before you rely on it"), link),
    make("ul", {}, lines),
  );
}

function overviewView(route, wish) {
  const visits = inOrder(wishedVisits(wish));
  const open = invitationsInOrder(wishedInvitations({ ...wish, answer: "open" }));
  const officials = wishedOfficials(wish);
  const all = (view, text, changes = {}) =>
    make("a", { href: filtered(view, changes), "data-key": `all:${view}` }, text);
  tell(ofAll(visits.length, lists.visits.length, "visit"));
  return [
    heading("At a glance"),
    concernsBox(wishedArticles(wish), route),
    section(
      "Visits",
      all("visits", `All ${counted(visits.length, "visit")}`),
      density(visits, { ...route, view: "visits" }),
      legend(),
      visits.length ? timeline(visits.slice(0, ON_FRONT.visits), "h3") : nothing(),
    ),
    section(
      "Who goes where",
      all("matrix", "The whole table"),
      visits.length ? matrix(visits, route, ON_FRONT.countries) : nothing(),
    ),
    section(
      "Open invitations",
      all("invitations", `All ${open.length.toLocaleString("en")} open`, { answer: "open" }),
      open.length
        ? make("ol", { class: "rows" }, open.slice(0, ON_FRONT.invitations).map(invitationRow))
        : nothing("No invitation is open."),
    ),
    section(
      "Officials",
      all("officials", `All ${counted(officials.length, "official")}`),
      officials.length
        ? make("ol", { class: "officials" }, officials.slice(0, ON_FRONT.officials).map(officialRow))
        : nothing(),
    ),
  ];
}
