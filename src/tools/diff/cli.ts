import colors from "picocolors";
import { diff } from "./command.ts";

try {
  const paint = colors.createColors(process.stdout.isTTY && colors.isColorSupported);
  const { status, out, err } = await diff(process.argv.slice(2), process.cwd(), paint);
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
} catch (error) {
  // Node's own status for a crash is 1, which here means that something changed.
  process.exitCode = 2;
  console.error(error);
}
