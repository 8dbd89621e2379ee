import { setFlagsFromString } from "node:v8";

// What a load takes in memory is mostly gone at once: a young generation that does not grow saves 50 MB, for 2 % of the time.
setFlagsFromString("--semi-space-growth-factor=1");
