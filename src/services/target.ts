/** Where the generated configuration runs; two targets differ in endpoints and paths, in nothing else. */
export type Target = Readonly<{
  lokiUrl: string;
  lokiListen: Readonly<{ host: string; port: number; grpcPort: number }>;
  lokiData: string;
  promtailListen: Readonly<{ host: string; port: number; grpcPort: number }>;
  promtailPositions: string;
  kafkaBroker: string;
  dashboardsFolder: string;
}>;
