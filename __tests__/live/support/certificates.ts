import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const CA_CONFIGURATION = `
[ca]
default_ca = own
[own]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

/** A certificate authority in a folder. */
export class Authority {
  readonly file: string;

  constructor(private readonly folder: string) {
    this.file = path.join(folder, "ca.crt");
    fs.writeFileSync(path.join(folder, "ca.cnf"), CA_CONFIGURATION);
    fs.writeFileSync(path.join(folder, "index"), "");
    fs.writeFileSync(path.join(folder, "serial"), "01");
    this.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -keyout ca.key -out ca.crt -subj /CN=test-ca -days 2",
    );
  }

  /** @param dates Of a certificate that has ended. @default - it is good now */
  issue(name: string, hosts: readonly string[], dates = ""): Certificate {
    const names = hosts.map((host) => `DNS:${host}`).join(",");
    this.openssl(
      `req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -keyout ${name}.key -out ${name}.csr -subj /CN=${name} -addext subjectAltName=${names}`,
    );
    this.openssl(
      `ca -batch -notext -config ca.cnf -cert ca.crt -keyfile ca.key -in ${name}.csr -out ${name}.crt ${dates || "-days 2"}`,
    );
    const read = (ending: string) => fs.readFileSync(path.join(this.folder, `${name}.${ending}`), "utf8");
    return { key: read("key"), cert: read("crt") };
  }

  private openssl(args: string): void {
    execFileSync("openssl", args.trim().split(" "), { cwd: this.folder, stdio: "pipe" });
  }
}
