// The sign of each status: a shape of its own, so that colour is never needed to tell them apart.

const SHAPES = {
  ongoing: [
    ["circle", { cx: 8, cy: 8, r: 5.5, class: "hollow" }],
    ["path", { d: "M8 2.5a5.5 5.5 0 0 1 0 11z", class: "solid" }],
  ],
  confirmed: [["path", { d: "M8 1.2 14.8 8 8 14.8 1.2 8z", class: "solid" }]],
  planned: [["path", { d: "M8 2.2 13.8 8 8 13.8 2.2 8z", class: "hollow" }]],
  speculated: [["circle", { cx: 8, cy: 8, r: 5.5, class: "hollow dashed" }]],
  postponed: [["path", { d: "M3 2.5 13.5 8 3 13.5z", class: "hollow" }]],
  cancelled: [["path", { d: "M3 3l10 10M13 3 3 13", class: "stroke" }]],
  denied: [
    ["circle", { cx: 8, cy: 8, r: 5.5, class: "hollow" }],
    ["path", { d: "M4.2 11.8 11.8 4.2", class: "stroke" }],
  ],
  completed: [["circle", { cx: 8, cy: 8, r: 5.8, class: "solid" }]],
  unknown: [["path", { d: "M3 3h10v10H3z", class: "hollow" }]],
};

function symbolOf(status) {
  const shape = SHAPES[status] ?? SHAPES.unknown;
  const parts = shape.map(([tag, attributes]) => drawn(tag, attributes));
  return drawn(
    "svg",
    { class: `symbol ${statusClass(status)}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    ...parts,
  );
}

function statusClass(status) {
  return `is-${Object.hasOwn(SHAPES, status) ? status : "unknown"}`;
}

function stateOf(status) {
  return make("span", { class: `state ${statusClass(status)}` }, symbolOf(status), said(status.replaceAll("_", " ")));
}
