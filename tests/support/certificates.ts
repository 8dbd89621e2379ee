import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const openssl = (folder: string, ...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });

/** Makes `<name>.crt` and `<name>.key` in a folder: a certificate authority. */
export function authority(folder: string, name: string): void {
  openssl(
    folder,
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.crt`,
  );
}

/**
 * Makes `<name>.crt`, `<name>.key` and `<name>.pem` (both) in a folder: a certificate for `names` (`IP:127.0.0.1`,
 * `DNS:x`), signed by an authority.
 */
export function certificate(folder: string, name: string, by: string, names: string): void {
  openssl(
    folder,
    "req",
    "-new",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.csr`,
  );
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
  openssl(
    folder,
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    "-CA",
    `${by}.crt`,
    "-CAkey",
    `${by}.key`,
    "-CAcreateserial",
    "-days",
    "2",
    "-extfile",
    `${name}.ext`,
    "-out",
    `${name}.crt`,
  );
  writeFileSync(
    join(folder, `${name}.pem`),
    readFileSync(join(folder, `${name}.key`), "utf8") + readFileSync(join(folder, `${name}.crt`), "utf8"),
  );
}
