// Dates as far as they are known: `2023`, `2023-10`, `2023-10-18`. Days are counted from 1970, in UTC.

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAY = 86400000;
const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function dayNumber(year, month = 1, day = 1) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY);
}

// First and last day that the date may mean; null if it is none.
function daysOf(date) {
  const [, year, month, day] = (typeof date === "string" && PARTIAL.exec(date)) || [];
  if (!year || month > 12 || month === "00" || day === "00") return null;
  if (day) {
    const number = dayNumber(+year, +month, +day);
    return dateOf(number) === date ? [number, number] : null;
  }
  if (month) return [dayNumber(+year, +month), dayNumber(+year, +month + 1) - 1];
  return [dayNumber(+year), dayNumber(+year + 1) - 1];
}

function dateOf(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function yearOf(number) {
  return new Date(number * DAY).getUTCFullYear();
}

// A date in words; what is none is given as it stands.
function spoken(date, short = true) {
  if (!daysOf(date)) return plain(date);
  const [, year, month, day] = PARTIAL.exec(date);
  const name = month && (short ? MONTHS[month - 1].slice(0, 3) : MONTHS[month - 1]);
  return [day && String(+day), name, year].filter(Boolean).join(" ");
}

// `16 Oct 2023`, `18–19 Oct 2023`, `30 Apr – 2 May 2023`, `Oct 2023`; empty if no date is known.
function spokenSpan(span) {
  const [start, end] = [span?.start, span?.end].map((date) => (date ? String(date) : ""));
  if (!start) return end ? `until ${spoken(end)}` : "";
  if (!end || end === start) return spoken(start);
  if (!daysOf(start) || !daysOf(end)) return `${plain(start)} – ${plain(end)}`;
  if (start.length === 10 && end.length === 10 && start.slice(0, 7) === end.slice(0, 7))
    return `${+start.slice(8)}–${spoken(end)}`;
  if (start.length > 4 && start.length === end.length && start.slice(0, 4) === end.slice(0, 4))
    return `${spoken(start).slice(0, -5)} – ${spoken(end)}`;
  return `${spoken(start)} – ${spoken(end)}`;
}

// First and last day of a span; null if it has no date.
function rangeOf(span) {
  const first = daysOf(span?.start ?? span?.end);
  const last = daysOf(span?.end) ?? first;
  return first && [first[0], Math.max(first[0], last[1])];
}
