/** The one data source of panels and rules, provisioned under this fixed uid. */
export const datasource = { type: "loki", uid: "Loki" } as const;

/** The refId of a panel's or rule's query, by its place: A, B, C… */
export const refId = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);
