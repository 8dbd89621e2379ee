import { UserError } from "../core/errors.ts";

/** No Loki answers: nothing can be said of any case. */
export class Unreachable extends UserError {}
