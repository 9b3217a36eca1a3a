// How many visits there are in each month or year: small bars, each a link to its period.

const MOST_BARS = 48;
const MOST_YEARS = 100;

function periodsOf(visits) {
  const all = visits.map((visit) => visitRanges(visit).find(Boolean)?.[0]).filter((day) => day !== undefined);
  if (all.length < 2) return null;
  const most = all.reduce((one, other) => Math.max(one, other));
  const firsts = all.filter((day) => yearOf(day) > yearOf(most) - MOST_YEARS);
  const least = firsts.reduce((one, other) => Math.min(one, other));
  const months = (day) => dateOf(day).slice(0, 7);
  const monthSpan = (yearOf(most) - yearOf(least)) * 12 + new Date(most * DAY).getUTCMonth() - new Date(least * DAY).getUTCMonth() + 1;
  const byMonth = monthSpan <= MOST_BARS;
  const counts = new Map();
  for (let at = least; at <= most; ) {
    const name = byMonth ? months(at) : String(yearOf(at));
    counts.set(name, 0);
    at = daysOf(name)[1] + 1;
  }
  if (!byMonth) counts.set(String(yearOf(most)), 0);
  else counts.set(months(most), 0);
  for (const day of firsts) {
    const name = byMonth ? months(day) : String(yearOf(day));
    counts.set(name, counts.get(name) + 1);
  }
  return { byMonth, counts: [...counts], earlier: all.length - firsts.length };
}

function density(visits, route) {
  const periods = periodsOf(visits);
  if (!periods || periods.counts.length < 2) return null;
  const { byMonth, counts, earlier } = periods;
  const highest = Math.max(...counts.map(([, count]) => count));
  const bars = counts.map(([period, count]) => {
    const bar = make("span", { class: "column" });
    bar.style.height = `${count ? Math.max(3, (100 * count) / highest) : 0}%`;
    const label = `${spoken(period, false)}: ${counted(count, "visit")}`;
    const link = count ? make("a", { href: filtered(route.view, { since: period, until: period }), "aria-label": label, title: label, "data-key": `period:${period}` }, bar) : make("span", {}, bar);
    return make("li", {}, link);
  });
  const ends = [counts[0][0], counts[counts.length - 1][0]].map((period) => spoken(period));
  return make("figure", { class: "density" },
    make("figcaption", {}, `Visits by ${byMonth ? "month" : "year"}, most in one ${byMonth ? "month" : "year"}: ${highest.toLocaleString("en")}${earlier ? `; ${counted(earlier, "earlier visit")} not drawn` : ""}`),
    make("ol", { class: "columns" }, bars),
    make("p", { class: "ends", "aria-hidden": "true" }, make("span", {}, ends[0]), make("span", {}, ends[1])));
}
