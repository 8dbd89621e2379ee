import "./memory.ts";

export { run } from "./command.ts";
