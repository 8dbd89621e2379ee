import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { GRAFANA_FOLDER } from "../core/places.ts";
import { versions } from "../core/versions.ts";
import { composeEnvironment } from "./compose-file.ts";
import { answers } from "./ready.ts";
import type { Service } from "./service.ts";
import { findOnPath, isProgram } from "./tools.ts";

export const howToGetGrafana = [
  "There are no dashboards and no alerts yet: Grafana is not installed.",
  `Get Grafana ${versions.grafana}, its package or its tarball unpacked with GRAFANA_HOME set to that folder, and run npm start again.`,
].join("\n");

type Installation = Readonly<{ program: string; home: string }>;

const hasDefaults = (home: string) => existsSync(join(home, "conf", "defaults.ini"));

function inFolder(given: string): Installation {
  const home = resolve(given);
  const program = join(home, "bin", "grafana");
  const right = "set it to the folder of an unpacked Grafana";
  if (!isProgram(program)) throw new UserError(`GRAFANA_HOME is ${given}, but ${program} is no program: ${right}.`);
  if (!hasDefaults(home))
    throw new UserError(`GRAFANA_HOME is ${given}, but there is no ${join(home, "conf", "defaults.ini")}: ${right}.`);
  return { program, home };
}

/** A Grafana installation: the folder GRAFANA_HOME, else `grafana` on the PATH. One that cannot start is refused. */
export function findGrafana(env: NodeJS.ProcessEnv): Installation | undefined {
  if (env.GRAFANA_HOME) return inFolder(env.GRAFANA_HOME);
  const program = findOnPath("grafana", env.PATH);
  if (!program) return undefined;
  const homes = [dirname(dirname(realpathSync(program))), "/usr/share/grafana"];
  const home = homes.find(hasDefaults);
  if (!home)
    throw new UserError(
      `${program} is on the PATH, but conf/defaults.ini is in neither ${homes.join(" nor ")}: set GRAFANA_HOME to its folder.`,
    );
  return { program, home };
}

export const grafana: Service = {
  title: "Grafana",
  ports: ["grafana"],
  after: ["loki", "store"],
  command: ({ data, build, ports, env }) => {
    const installation = findGrafana(env);
    if (!installation) throw new UserError(howToGetGrafana);
    mkdirSync(join(data, "grafana"), { recursive: true });
    const mail = env.SMTP_HOST ? {} : { GF_SMTP_ENABLED: "false" };
    const own = {
      GF_SERVER_HTTP_ADDR: "127.0.0.1",
      GF_SERVER_HTTP_PORT: String(ports.grafana),
      GF_SERVER_ROOT_URL: env.GRAFANA_URL || `http://localhost:${ports.grafana}/`,
      GF_PATHS_DATA: join(data, "grafana"),
      GF_PATHS_LOGS: join(data, "grafana", "log"),
      GF_PATHS_PLUGINS: join(data, "grafana", "plugins"),
      GF_PATHS_PROVISIONING: join(build, GRAFANA_FOLDER),
    };
    return {
      file: installation.program,
      args: ["server", "--homepath", installation.home],
      env: { ...composeEnvironment("grafana", env), ...own, ...mail },
    };
  },
  ready: ({ ports }) => answers(`http://127.0.0.1:${ports.grafana}/api/health`),
};
