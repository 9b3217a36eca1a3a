// Which records the filters let through, and the controls that set them.

const IN_VIEW = {
  overview: ["q", "country", "person", "since", "until", "focus", "status"],
  visits: ["q", "country", "person", "since", "until", "focus", "status"],
  matrix: ["q", "country", "person", "since", "until", "focus", "status"],
  invitations: ["q", "country", "person", "since", "until", "answer"],
  officials: ["q", "country", "person"],
  concerns: ["q", "country", "person", "since", "until"],
  articles: ["q", "country", "person", "since", "until"],
};
const PERIOD_OF = {
  visits: "Visits that may fall within the period by what is told of their dates; those without a date are left out.",
  invitations: "Invitations made, answered or proposed for the period; those without a date are left out.",
  articles: "The day of publication.",
};

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// The filters in a form that is quick to ask.
function wishOf(query) {
  const wish = {
    words: folded(query.get("q") ?? "")
      .split(/\s+/)
      .filter(Boolean),
    wrong: [],
  };
  for (const name of ["country", "origin", "destination", "focus", "answer"]) wish[name] = query.get(name) || null;
  wish.person = soughtPerson(query.get("person") ?? "");
  wish.status = query.get("status") ? new Set(query.get("status").split(",")) : null;
  wish.concerns = query.get("concerns") === "1";
  for (const [name, side] of [
    ["since", 0],
    ["until", 1],
  ]) {
    const given = (query.get(name) ?? "").trim();
    wish[name] = given ? (daysOf(given)?.[side] ?? null) : null;
    if (given && wish[name] === null) wish.wrong.push(name);
  }
  wish.reversed = wish.since !== null && wish.until !== null && wish.since > wish.until;
  if (wish.reversed) {
    wish.wrong.push("since", "until");
    wish.since = wish.until = null;
  }
  return wish;
}

function allParties(record) {
  return ["visitors", "hosts", "inviters", "invitees"].flatMap((role) => record[role] ?? []);
}

// What a search looks through. It is put together once for each record, when it is first needed.
function searched(record) {
  if (record.searched === undefined) {
    const article = lists.articles[record.article];
    const texts = [
      ...allParties(record).flatMap(([name, code]) => [name, code && countryName(code)]),
      record.country && countryName(record.country),
      ...(record.places ?? []),
      record.event,
      record.purpose,
      record.occasion,
      record.name,
      ...(record.variants ?? []),
      ...(record.titles ?? []),
      article?.headline,
      article?.outlet,
    ];
    record.searched = folded(texts.filter(Boolean).join(" \n "));
  }
  return record.searched;
}

function namesOf(record) {
  record.names ??= [...allParties(record).map(([name]) => name), record.name, ...(record.variants ?? [])].filter(Boolean);
  return record.names;
}

function isFrom(record, code) {
  return (record.visitors ?? record.inviters ?? []).some((each) => (each[1] ?? "none") === code);
}

function concernsCountry(record, code) {
  return record.country === code || allParties(record).some((each) => each[1] === code);
}

function isWithin(ranges, wish) {
  if (wish.since === null && wish.until === null) return true;
  return ranges.some(
    (range) =>
      range && (wish.since === null || range[1] >= wish.since) && (wish.until === null || range[0] <= wish.until),
  );
}

function isWished(record, wish) {
  if (wish.country && !concernsCountry(record, wish.country)) return false;
  if (wish.person && !namesOf(record).some((name) => isMeant(wish.person, name))) return false;
  return wish.words.every((word) => searched(record).includes(word));
}

function visitRanges(visit) {
  visit.ranges ??= visit.when
    ? [rangeOf(visit.when), ...(visit.possible ?? []).map(rangeOf)]
    : (visit.possible ?? []).map(rangeOf);
  return visit.ranges;
}

function wishedVisits(wish) {
  return lists.visits.filter((visit) => {
    if (wish.status && !wish.status.has(visit.status)) return false;
    if (wish.focus && visit.focus !== wish.focus) return false;
    if (wish.concerns && !visit.concerns) return false;
    if (wish.destination && (visit.country ?? "none") !== wish.destination) return false;
    if (wish.origin && !isFrom(visit, wish.origin)) return false;
    return isWithin(visitRanges(visit), wish) && isWished(visit, wish);
  });
}

function wishedInvitations(wish) {
  return lists.invitations.filter((invitation) => {
    if (wish.answer === "open" ? !invitation.open : wish.answer && invitation.response !== wish.answer) return false;
    const ranges = [invitation.proposed, invitation.extended, invitation.responded].map(rangeOf);
    return isWithin(ranges, wish) && isWished(invitation, wish);
  });
}

function wishedOfficials(wish) {
  return lists.officials.filter((official) => isWished(official, wish));
}

// Articles by their own words, or by what stands in their records.
function wishedArticles(wish) {
  const narrowed = wish.country || wish.person || wish.words.length;
  const byRecord = narrowed ? new Set() : null;
  if (narrowed) {
    for (const record of [...lists.visits, ...lists.invitations])
      if (isWished(record, wish)) byRecord.add(record.article);
    for (const official of lists.officials)
      if (isWished(official, wish)) for (const [article] of official.mentions) byRecord.add(article);
  }
  return lists.articles.filter((article) => {
    if (!isWithin([daysOf(article.published)], wish)) return false;
    if (!narrowed || byRecord.has(article.place)) return true;
    if (wish.country || wish.person) return false;
    article.searched ??= folded(
      [article.headline, article.summary, article.outlet, article.id, article.error].filter(Boolean).join(" \n "),
    );
    return wish.words.every((word) => article.searched.includes(word));
  });
}

// ------------------------------------------------------------------------------------------------------ the controls

const form = document.getElementById("filters");

function showFilters(route, wish) {
  const shown = IN_VIEW[route.view] ?? [];
  form.hidden = shown.length === 0;
  for (const field of form.querySelectorAll("[data-filter]")) field.hidden = !shown.includes(field.dataset.filter);
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "checkbox") control.checked = Boolean(wish.status?.has(control.value));
    else if (control !== document.activeElement) control.value = route.query.get(control.name) ?? "";
    control.toggleAttribute("aria-invalid", false);
    if (wish.wrong.includes(control.name)) control.setAttribute("aria-invalid", "true");
  }
  const note = form.querySelector("[data-note]");
  showWrong(route, wish, shown);
  const period =
    wish.since !== null || wish.until !== null
      ? PERIOD_OF[
          route.view === "invitations"
            ? "invitations"
            : ["articles", "concerns"].includes(route.view)
              ? "articles"
              : "visits"
        ]
      : "";
  note.textContent = shown.includes("since") ? period : "";
  note.hidden = !note.textContent;
  showChosen(route, wish);
}

// What of the period is not used, and why.
function showWrong(route, wish, shown) {
  const given = (name) => `“${plain(route.query.get(name).trim())}”`;
  const wrong = wish.reversed
    ? [`From ${given("since")} is later than To ${given("until")}: the period is not used.`]
    : wish.wrong.map((name) => `${given(name)} is no date such as 2023, 2023-10 or 2023-10-18 and is not used.`);
  document.getElementById("f-period-wrong").textContent = shown.includes("since") ? wrong.join(" ") : "";
}

// Filters that are set, each to be taken off again: also those that have no control in the form.
function showChosen(route, wish) {
  const words = {
    q: (value) => quoted(value),
    country: (value) => [country(value)],
    origin: (value) => ["from ", value === "none" ? "no country told" : country(value)],
    destination: (value) => ["to ", value === "none" ? "no country told" : country(value)],
    person: (value) => [said(value)],
    status: (value) => [said(value.replaceAll(",", ", "))],
    since: (value) => ["from ", said(value)],
    until: (value) => ["to ", said(value)],
    focus: (value) => [value === "main" ? "the news" : "background"],
    answer: (value) => ["answer: ", said(value)],
    concerns: () => ["with concerns"],
  };
  const used = IN_VIEW[route.view] ?? [];
  const extra = used.includes("focus") ? ["origin", "destination", "concerns"] : [];
  const set = FILTERS.filter((name) => route.query.get(name) && (used.includes(name) || extra.includes(name)));
  const chips = set.map((name) =>
    make(
      "a",
      { class: "chip", href: filtered(route.view, { [name]: null }), "data-key": `chip:${name}` },
      unseen("Take off the filter: "),
      words[name](route.query.get(name)),
      wish.wrong.includes(name) ? "(not used)" : null,
      make("span", { class: "times", "aria-hidden": "true" }, "×"),
    ),
  );
  const none = Object.fromEntries(FILTERS.map((name) => [name, null]));
  if (chips.length > 1) chips.push(make("a", { class: "chip all", href: filtered(route.view, none) }, "Take off all"));
  document.getElementById("chosen").replaceChildren(...chips);
}

function changesOf(control) {
  if (control.type !== "checkbox") return { [control.name]: control.value.trim() };
  const checked = [...form.querySelectorAll("input[name=status]:checked")].map((box) => box.value);
  return { status: checked.join(",") };
}

// On a narrow screen all but the search is folded away.
document.getElementById("more-filters").addEventListener("click", ({ currentTarget }) => {
  const open = form.classList.toggle("open");
  currentTarget.setAttribute("aria-expanded", String(open));
  currentTarget.textContent = open ? "Fewer filters" : "More filters";
});

let waiting = null;

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  clearTimeout(waiting);
  go(filtered(current.view, changesOf(event.target)), event.target.type === "search" || event.target.type === "text");
});
form.addEventListener("input", (event) => {
  const control = event.target;
  if (control.name === "person") suggestPeople(control.value);
  if (control.type !== "search" && control.type !== "text") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => go(filtered(current.view, changesOf(control)), true), 200);
});
