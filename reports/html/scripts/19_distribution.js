// How errors against budget are spread, as a small chart: a histogram, the budget, the median and the worst check.

const DECADES = [-4, 3];
const WIDTH = 280;
const HEIGHT = 30;
const BINS_A_DECADE = 4;

// Where a ratio lies on the axis, from 0 to WIDTH; what lies beyond either end is drawn at that end.
function across(ratio) {
  const decade = ratio === 0 ? DECADES[0] : Math.log10(ratio);
  const share = (Math.min(Math.max(decade, DECADES[0]), DECADES[1]) - DECADES[0]) / (DECADES[1] - DECADES[0]);
  return share * (WIDTH - 8) + 4;
}

function axis() {
  const labels = [
    [1e-4, "≤ 0.0001"],
    [1e-2, "0.01"],
    [1, "budget"],
    [1e2, "100"],
  ].map(([ratio, label]) =>
    svg(
      "text",
      {
        x: across(ratio),
        y: 11,
        "text-anchor": ratio === 1e-4 ? "start" : "middle",
        class: ratio === 1 ? "budget" : null,
      },
      label,
    ),
  );
  return svg("svg", { viewBox: `0 0 ${WIDTH} 14`, class: "axis", "aria-hidden": "true" }, labels);
}

// A histogram in quarter decades, the budget as a line, the median as a tick, and the worst point as a mark.
function distribution(group) {
  const bins = new Array((DECADES[1] - DECADES[0]) * BINS_A_DECADE).fill(0);
  for (const ratio of group.ratios) {
    const decade = ratio === 0 ? DECADES[0] : Math.log10(ratio);
    bins[Math.min(bins.length - 1, Math.max(0, Math.floor((decade - DECADES[0]) * BINS_A_DECADE)))]++;
  }
  const most = Math.max(...bins);
  const width = (WIDTH - 8) / bins.length;
  const path = bins.map((count, bin) => {
    if (count === 0) return "";
    const height = 3 + (HEIGHT - 9) * Math.sqrt(count / most);
    return `M${(4 + bin * width + 0.5).toFixed(1)} ${HEIGHT - 4}v${(-height).toFixed(1)}h${(width - 1).toFixed(1)}v${height.toFixed(1)}z`;
  });
  const isOver = group.ratio > 1;
  const [worst, middle, budget] = [across(group.ratio), across(group.median), across(1)];
  const y = HEIGHT - 4;
  const label = `${grouped(group.ratios.length)} checks: median ${measure(group.median)}, worst ${measure(group.ratio)} times the budget`;
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "distribution", role: "img", "aria-label": label },
    svg("rect", { x: budget, y: 0, width: WIDTH - budget, height: HEIGHT, class: "beyond" }),
    svg("line", { x1: 0, x2: WIDTH, y1: y, y2: y, class: "ground" }),
    svg("path", { d: path.join(""), class: "bins" }),
    svg("line", { x1: budget, x2: budget, y1: 0, y2: HEIGHT, class: "budget" }),
    svg("line", { x1: middle, x2: middle, y1: y - 2, y2: y + 4, class: "median" }),
    isOver
      ? svg("path", { d: `M${worst - 4} ${y - 12}l8 8m0 -8l-8 8`, class: "worst over" })
      : svg("circle", { cx: worst, cy: y - 8, r: 3.2, class: "worst" }),
  );
}
