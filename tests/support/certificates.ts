import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const openssl = (folder: string, words: string) =>
  execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "pipe" });

/** Makes `<name>.crt` and `<name>.key` in a folder: a certificate authority. */
export const authority = (folder: string, name: string): void =>
  void openssl(
    folder,
    `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${name} -keyout ${name}.key -out ${name}.crt`,
  );

/**
 * Makes `<name>.crt`, `<name>.key` and `<name>.pem` (both) in a folder: a certificate for `names` (`IP:127.0.0.1`,
 * `DNS:x`), signed by an authority.
 */
export function certificate(folder: string, name: string, by: string, names: string): void {
  const file = (ending: string) => join(folder, `${name}.${ending}`);
  openssl(folder, `req -new -newkey rsa:2048 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`);
  writeFileSync(file("ext"), `subjectAltName=${names}\n`);
  const signer = `-CA ${by}.crt -CAkey ${by}.key -CAcreateserial`;
  openssl(folder, `x509 -req -in ${name}.csr ${signer} -days 2 -extfile ${name}.ext -out ${name}.crt`);
  writeFileSync(file("pem"), readFileSync(file("key"), "utf8") + readFileSync(file("crt"), "utf8"));
}
