// Numbers and times as people read them.

const GROUPED = new Intl.NumberFormat("en-GB");

function grouped(count) {
  return GROUPED.format(count);
}

function plural(count, one, many) {
  return `${grouped(count)} ${count === 1 ? one : many === undefined ? `${one}s` : many}`;
}

// Rounded down to a tenth, so that only all of it reads 100 %.
function percentage(part, whole) {
  if (whole === 0) return "none";
  const tenths = Math.floor((1000 * part) / whole);
  if (tenths === 0 && part > 0) return "under 0.1 %";
  return tenths % 10 === 0 ? `${tenths / 10} %` : `${(tenths / 10).toFixed(1)} %`;
}

function ofTotal(part, whole) {
  return `${grouped(part)} of ${grouped(whole)}`;
}

function measure(value) {
  if (value === Infinity) return "∞";
  if (!Number.isFinite(value)) return "";
  if (value === 0) return "0";
  if (value >= 1e5 || value < 1e-3) return value.toExponential(1).replace("e+", "e");
  // Near 1 a third digit says on which side of the budget it lies.
  if (value > 0.995 && value < 1.005) return value.toPrecision(5).replace(/0+$/, "").replace(/\.$/, "");
  return value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

function duration(seconds) {
  if (seconds < 0.0995) return `${measure(seconds * 1000)} ms`;
  if (seconds < 120) return `${Number(seconds.toPrecision(2))} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

// "2025-03-01T09:30:00Z" as "1 March 2025, 09:30 UTC"; a time in another form is shown as it came.
function moment(started) {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(started);
  if (match === null) return started;
  const months = "January February March April May June July August September October November December".split(" ");
  const month = months[Number(match[2]) - 1];
  return month === undefined ? started : `${Number(match[3])} ${month} ${match[1]}, ${match[4]} UTC`;
}

function listed(words, last = "and") {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
