const ingestion = ["node", "bin/ingestion.js", "--no-settings"] as const;

/** How each program of the image is started. */
export const programs = {
  producer: [...ingestion, "ingest"],
  forwarder: [...ingestion, "forward"],
  reconcile: [...ingestion, "reconcile"],
  report: [...ingestion, "report"],
} as const;
