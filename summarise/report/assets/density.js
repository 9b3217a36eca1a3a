// How many visits there are in each month or year: small bars, each a link to its period.

const MOST_BARS = 48;
const MOST_YEARS = 100;

// The date by which a visit is counted: its own, else the first that is spoken of.
function countedBy(visit) {
  return [visit.when, ...(visit.possible ?? [])].map((span) => span?.start ?? span?.end).find((date) => daysOf(date));
}

function periodsOf(visits) {
  const dates = visits.map(countedBy).filter(Boolean);
  if (dates.length < 2) return null;
  const days = dates.map((date) => daysOf(date)[0]);
  const most = days.reduce((one, other) => Math.max(one, other));
  const least = Math.max(
    days.reduce((one, other) => Math.min(one, other)),
    dayNumber(yearOf(most) - MOST_YEARS + 1),
  );
  const [from, to] = [least, most].map((day) => dateOf(day));
  const byMonth = 12 * (to.slice(0, 4) - from.slice(0, 4)) + (to.slice(5, 7) - from.slice(5, 7)) < MOST_BARS;
  const length = byMonth ? 7 : 4; // of the name of a period: a date of a year alone belongs to no month
  const counts = new Map();
  for (let at = least; at <= most; at = daysOf(dateOf(at).slice(0, length))[1] + 1)
    counts.set(dateOf(at).slice(0, length), 0);
  let left = 0;
  for (const date of dates) {
    const period = date.slice(0, length);
    if (counts.has(period)) counts.set(period, counts.get(period) + 1);
    else left += 1;
  }
  return { byMonth, left, counts: [...counts] };
}

function density(visits, route) {
  const periods = periodsOf(visits);
  if (!periods || periods.counts.length < 2) return null;
  const { byMonth, counts, left } = periods;
  const highest = Math.max(1, ...counts.map(([, count]) => count));
  const bars = counts.map(([period, count]) => {
    const bar = make("span", { class: "column" });
    bar.style.height = `${count ? Math.max(3, (100 * count) / highest) : 0}%`;
    const label = `${spoken(period, false)}: ${counted(count, "visit")}`;
    const link = count
      ? make(
          "a",
          {
            href: filtered(route.view, { since: period, until: period }),
            "aria-label": label,
            title: label,
            "data-key": `period:${period}`,
          },
          bar,
        )
      : make("span", {}, bar);
    return make("li", {}, link);
  });
  const ends = [counts[0][0], counts[counts.length - 1][0]].map((period) => spoken(period));
  return make(
    "figure",
    { class: "density" },
    make(
      "figcaption",
      {},
      `Visits by ${byMonth ? "month" : "year"}, most in one ${byMonth ? "month" : "year"}: ${highest.toLocaleString("en")}${left ? `; not drawn: ${counted(left, byMonth ? "visit of which the year alone is told" : "earlier visit", byMonth ? "visits of which the year alone is told" : "earlier visits")}` : ""}`,
    ),
    make("ol", { class: "columns" }, bars),
    make("p", { class: "ends", "aria-hidden": "true" }, make("span", {}, ends[0]), make("span", {}, ends[1])),
  );
}
