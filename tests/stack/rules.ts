/** A compose file as `yaml` parses it with its anchors merged. */
export type Compose = {
  services: Record<string, Service>;
  networks?: Record<string, { internal?: boolean }>;
  volumes?: Record<string, { driver_opts?: object } | null>;
};
export type Service = {
  user?: string;
  read_only?: boolean;
  security_opt?: string[];
  cap_drop?: string[];
  mem_limit?: string;
  pids_limit?: number;
  networks?: string[];
  ports?: (string | object)[];
  volumes?: (string | { source: string })[];
  environment?: Record<string, string | null>;
  [key: string]: unknown;
};

/** Who may listen on the host, and where in the container. */
const PUBLISHED: Record<string, string> = { grafana: "3000", loki: "3100", mailpit: "8025", kafka: "9092" };
/** Who speaks to the outside: S3, mail servers. */
const OUTBOUND = ["producer", "grafana"];
/** Images that write their configuration at start. */
const WRITABLE = ["zookeeper", "kafka"];
/** Keys that give a container a part of the host. */
const HOST_KEYS = [
  "privileged",
  "cap_add",
  "devices",
  "device_cgroup_rules",
  "pid",
  "ipc",
  "userns_mode",
  "network_mode",
  "volumes_from",
  "sysctls",
  "uts",
  "group_add",
  "cgroup",
  "cgroup_parent",
  "runtime",
  "env_file",
];

type Rule = (name: string, service: Service, compose: Compose) => string | false | undefined;

const isInternal = (compose: Compose, network: string) => compose.networks?.[network]?.internal === true;

const rules: readonly Rule[] = [
  (_, { user }) =>
    !/^[1-9]\d*:\d+$/.test(user ?? "") &&
    `runs as ${user ?? "its image's user"}; give it a user in numbers that is not root's`,
  (name, { read_only }) =>
    read_only !== true && !WRITABLE.includes(name) && "has a writable root file system; set read_only: true",
  (_, { security_opt }) =>
    String(security_opt) !== "no-new-privileges:true" &&
    "may gain privileges; set security_opt to no-new-privileges:true alone",
  (_, { cap_drop }) => !cap_drop?.includes("ALL") && "keeps capabilities; set cap_drop: [ALL]",
  (_, service) => {
    const given = HOST_KEYS.filter((key) => key in service);
    return given.length > 0 && `is given a part of the host by ${given.join(", ")}; remove it`;
  },
  (_, { volumes = [] }, compose) => {
    const isOurs = (source: string) =>
      source.startsWith("../build/") ||
      (compose.volumes && source in compose.volumes && !compose.volumes[source]?.driver_opts);
    const sources = volumes.map((volume) => (typeof volume === "string" ? volume.split(":")[0]! : volume.source));
    const foreign = sources.find((source) => !isOurs(source) || source.includes("/../"));
    return foreign !== undefined && `mounts ${foreign} of the host; mount named volumes and files of build/ only`;
  },
  (_, { mem_limit }) => !/^\d+[mg]$/.test(mem_limit ?? "") && "has no memory limit; set mem_limit",
  (_, { pids_limit }) => !(Number(pids_limit) > 0) && "has no limit of processes; set pids_limit",
  (name, { ports }) => ports && !(name in PUBLISHED) && "publishes a port; only grafana, loki, mailpit and kafka do",
  (name, { ports = [] }) => {
    const open = ports.find(
      (port) =>
        name in PUBLISHED && !new RegExp(`^127\\.0\\.0\\.1:\\$\\{\\w+:-\\d+\\}:${PUBLISHED[name]}$`).test(String(port)),
    );
    return (
      open !== undefined && `publishes ${JSON.stringify(open)}; only port ${PUBLISHED[name]} is published, on 127.0.0.1`
    );
  },
  (_, { networks }) => !networks?.length && "is on Compose's default network; name its networks",
  (_, { networks = [] }, compose) => {
    const unknown = networks.find((network) => !(compose.networks && network in compose.networks));
    return unknown !== undefined && `is on the network ${unknown}, which is not declared`;
  },
  (name, { ports, networks = [] }, compose) =>
    Boolean(ports || OUTBOUND.includes(name)) &&
    networks.length > 0 &&
    networks.every((network) => isInternal(compose, network)) &&
    "is on internal networks alone, so its port or the outside cannot be reached; add the network edge",
  (name, { ports, networks = [] }, compose) => {
    const outer = networks.find((network) => !isInternal(compose, network));
    return (
      outer !== undefined &&
      !ports &&
      !OUTBOUND.includes(name) &&
      `is on ${outer}, which is not internal, but needs neither a port nor the outside`
    );
  },
  (name, { networks = [] }, { services }) => {
    const others = Object.keys(services).filter(
      (other) => other !== name && services[other]?.networks?.some((network) => networks.includes(network)),
    );
    return (
      name === "zookeeper" &&
      others.some((other) => other !== "kafka") &&
      `can be reached by ${others.join(", ")}; only kafka may`
    );
  },
  (_, { environment = {} }) => {
    const secret = Object.entries(environment).find(
      ([key, value]) => /PASSWORD|SECRET|TOKEN|ACCESS_KEY/.test(key) && !/^(\$\{\w+:(\?.*|-)\})?$/.test(value ?? ""),
    );
    return secret !== undefined && `has a value for ${secret[0]} in the file; take it from the environment`;
  },
  (name, { environment = {} }) => {
    const sender = /^\$\{SMTP_FROM:-(.*)\}$/.exec(environment.GF_SMTP_FROM_ADDRESS ?? "")?.[1];
    return (
      name === "grafana" &&
      !/^[^@\s]+@[^@.\s]+(\.[^@.\s]+)+$/.test(sender ?? "") &&
      `sends from ${sender ?? "its own default"} unless SMTP_FROM is set; Grafana does not start with a sender whose domain has no dot`
    );
  },
  (name, { environment = {} }) => {
    const { GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL: interval = "60s" } = environment;
    const seconds = Number(/^(\d+)s$/.exec(interval ?? "")?.[1]);
    return (
      name === "grafana" &&
      !(seconds >= 1 && seconds <= 5) &&
      `polls its notifications every ${interval}; set GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL to 5s, or the first mails go to a stranger`
    );
  },
  (name, { environment = {} }) =>
    name === "grafana" &&
    environment.GF_EMAILS_CONTENT_TYPES !== "text/html,text/plain" &&
    "mails HTML alone; set GF_EMAILS_CONTENT_TYPES to text/html,text/plain",
];

/** One sentence for each rule that a service breaks. */
export const violations = (compose: Compose): string[] =>
  Object.entries(compose.services).flatMap(([name, service]) =>
    rules.flatMap((rule) => {
      const fault = rule(name, service, compose);
      return fault ? [`${name} ${fault}.`] : [];
    }),
  );
