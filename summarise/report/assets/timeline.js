// The timeline of visits: a row for each, and in it a track that is the year. A day is a sign, a span is a bar, and
// where a beginning or an end is not known the bar fades out.

const FORWARD = new Set(["planned", "confirmed", "speculated", "postponed"]);

// Where a visit stands in time: first and last day, which of its sides are not known, and whether the article told.
// Without any date it stands on the side of the day of publication that its status tells.
function placeInTime(visit) {
  if (visit.place !== undefined) return visit.place;
  visit.place = placed(visit);
  return visit.place;
}

function placed(visit) {
  const told = rangeOf(visit.when);
  if (told) {
    const vague = visit.when.precision === "vague";
    const opens = vague && !visit.when.end;
    return { first: told[0], last: told[1], fadesIn: vague && !visit.when.start, fadesOut: opens, told: true };
  }
  const possible = (visit.possible ?? []).map(rangeOf).filter(Boolean);
  if (possible.length) {
    return {
      first: Math.min(...possible.map((range) => range[0])),
      last: Math.max(...possible.map((range) => range[1])),
      spans: possible,
      told: false,
    };
  }
  const reported = daysOf(lists.articles[visit.article].published);
  if (!reported) return null;
  const around = 45;
  const forward = FORWARD.has(visit.status);
  if (visit.status === "ongoing") return { first: reported[0], last: reported[1], told: false };
  return forward
    ? { first: reported[0], last: reported[0] + around, fadesOut: true, told: false }
    : { first: reported[0] - around, last: reported[0], fadesIn: true, told: false };
}

function whenText(visit) {
  const date = spokenSpan(visit.when);
  if (date)
    return [
      date,
      visit.when.precision === "vague" ? make("span", { class: "aside" }, visit.when.end ? "vague" : "or after") : null,
    ];
  const possible = (visit.possible ?? []).map(spokenSpan).filter(Boolean);
  if (possible.length) return [make("span", { class: "aside" }, "perhaps"), joined(possible, " or ")];
  if (visit.when?.text) return quoted(visit.when.text);
  return [make("span", { class: "missing" }, "no date told")];
}

function track(visit) {
  const box = make("span", { class: `track ${statusClass(visit.status)}`, "aria-hidden": "true" });
  const place = placeInTime(visit);
  if (!place) return box;
  const start = dayNumber(yearOf(place.first));
  const length = dayNumber(yearOf(place.first) + 1) - start;
  const at = (day) => `${Math.min(100, Math.max(0, (100 * (day - start)) / length))}%`;
  for (const [first, last] of place.spans ?? [[place.first, place.last]]) {
    if (first === last && !place.fadesIn && !place.fadesOut) continue;
    const bar = make("span", {
      class:
        "bar" +
        (place.fadesIn ? " fades-in" : "") +
        (place.fadesOut ? " fades-out" : "") +
        (place.spans ? " perhaps" : "") +
        (last >= start + length ? " goes-on" : ""),
    });
    bar.style.left = at(first);
    bar.style.right = `calc(100% - ${at(last + 1)})`;
    box.append(bar);
  }
  const mark = symbolOf(visit.status);
  mark.classList.add("mark");
  const range = (place.spans ?? [[place.first, place.last]])[0];
  mark.style.left = at(
    place.fadesOut ? range[0] : place.fadesIn ? range[1] : (range[0] + Math.min(range[1], start + length - 1) + 1) / 2,
  );
  box.append(mark);
  return box;
}

function visitRow(visit) {
  const article = lists.articles[visit.article];
  const row = make(
    "a",
    {
      class: "row",
      href: toArticle(visit.article, `visits.${visit.number}`),
      "data-key": `visits.${visit.article}.${visit.number}`,
    },
    make("span", { class: "when" }, whenText(visit)),
    make(
      "span",
      { class: "what" },
      make(
        "span",
        { class: "route" },
        parties(visit.visitors),
        make("span", { class: "arrow", "aria-hidden": "true" }, " → "),
        unseen(" to "),
        country(visit.country),
        visit.places?.length
          ? make("span", { class: "places" }, " ", joined(visit.places.map((place) => said(place))))
          : null,
      ),
      make(
        "span",
        { class: "marks" },
        stateOf(visit.status),
        visit.focus === "background" ? make("span", { class: "tag" }, "background") : null,
        concernMark(visit.concerns),
      ),
    ),
    track(visit),
  );
  return make(
    "li",
    { class: "visit" },
    row,
    make("div", { class: "foot" }, quoteBox("visits", visit), make("p", { class: "from" }, sourceLine(article))),
  );
}

// The latest first; what stands in no time at all comes last.
function inOrder(visits) {
  const key = (visit) => placeInTime(visit)?.first ?? -Infinity;
  return visits.toSorted
    ? visits.toSorted((one, other) => key(other) - key(one))
    : [...visits].sort((one, other) => key(other) - key(one));
}

function axis() {
  return make(
    "span",
    { class: "axis", "aria-hidden": "true" },
    MONTHS.map((month) => make("span", {}, month[0])),
  );
}

// The visits in sections, a year each. `level` is that of their headings.
function timeline(visits, level = "h2") {
  const years = new Map();
  for (const visit of visits) {
    const place = placeInTime(visit);
    const year = place ? yearOf(place.first) : null;
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(visit);
  }
  return [...years].map(([year, rows]) =>
    make(
      "section",
      { class: "year" },
      make("div", { class: "year-head" }, make(level, {}, year ?? "No date to go by"), year === null ? null : axis()),
      make("ol", { class: "visits" }, rows.map(visitRow)),
    ),
  );
}

function legend() {
  const items = Object.keys(SHAPES).map((status) => make("li", {}, stateOf(status)));
  return make(
    "aside",
    { class: "legend", "aria-label": "How to read the timeline" },
    make("ul", {}, items),
    make(
      "p",
      {},
      make("span", { class: "sample track is-completed", "aria-hidden": "true" }, make("span", { class: "bar" })),
      " a span of days, a month or a year, anywhere within; ",
      make(
        "span",
        { class: "sample track is-completed", "aria-hidden": "true" },
        make("span", { class: "bar fades-out" }),
      ),
      " begins or ends on a day not told. A bar that fades from the day of publication stands for a visit without any date.",
    ),
  );
}

function visitsView(route, wish) {
  const found = inOrder(wishedVisits(wish));
  const { shown, turn } = paged(found, route, "visits");
  tell(ofAll(found.length, lists.visits.length, "visit"));
  return [heading("Visits"), density(found, route), legend(), found.length ? timeline(shown) : nothing(), turn];
}
