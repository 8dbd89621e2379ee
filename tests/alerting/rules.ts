/** A query of a rule, as it stands in a file. */
export const query = {
  refId: "A",
  datasourceUid: "Loki",
  relativeTimeRange: { from: 600, to: 0 },
  model: { expr: "vector(1)", queryType: "instant" },
};
/** A case as it stands in a file, with other fields or another rule's data. */
export const caseOf = (fields: object = {}, data: readonly unknown[] = [query]) => ({
  name: "a case",
  t0: "2026-11-20T10:00:00Z",
  from: 0,
  to: 3600,
  interval: 60,
  rule: { condition: "A", data },
  streams: [{ labels: { job: "j" }, entries: [[0, "x"]] }],
  ...fields,
});
