export const GRAFANA = "http://localhost:3000";
/** A query under its name, which stands on a line of its own where the query has several. */
export const step = (name: string, query: string) => `${name}:${query.includes("\n") ? "\n" : " "}${query}`;
export const code = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
export const panelUrl = (uid: string, id: number) => `${GRAFANA}/d/${uid}?viewPanel=${id}`;
