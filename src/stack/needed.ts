import { data } from "../core/env/data.ts";

/** What any program may need of its surroundings. */
const SURROUNDINGS = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|NO_COLOR|FORCE_COLOR)$/,
  /^(NODE_\w+|SSL_CERT_(FILE|DIR)|(HTTPS?|NO)_PROXY|(https?|no)_proxy|npm_\w+|AWS_\w+)$/,
];

/** What our programs need of an environment: no password of Grafana or the mail server, nor what else a shell holds. */
export const needed = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => SURROUNDINGS.some((pattern) => pattern.test(name)) || Object.hasOwn(data, name),
    ),
  );
