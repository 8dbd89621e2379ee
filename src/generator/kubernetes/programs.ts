/** How each program of the image is started. */
export const programs = {
  producer: ["node", "--import", "tsx", "src/producer/cli.ts"],
  forwarder: ["node", "--import", "tsx", "src/forwarder/cli.ts"],
  reconcile: ["node", "--import", "tsx", "src/tools/reconcile/cli.ts"],
  report: ["node", "--import", "tsx", "src/tools/report/cli.ts"],
} as const;
