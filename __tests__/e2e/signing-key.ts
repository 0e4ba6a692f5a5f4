import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** What a token service signs with, and the certificate by which a registry knows it. */
export interface SigningKey {
  /** PKCS #8, in PEM. */
  readonly privateKey: string;
  /** In PEM. */
  readonly certificate: string;
  readonly certificateFile: string;
}

/** Makes a key for ES256 with a certificate of its own, in the folder. */
export function makeSigningKey(folder: string): SigningKey {
  const keyFile = path.join(folder, "key.pem");
  const certificateFile = path.join(folder, "certificate.pem");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"],
      ...["-keyout", keyFile, "-out", certificateFile, "-subj", "/CN=token service", "-days", "1"],
    ],
    { stdio: "pipe" },
  );
  return {
    privateKey: fs.readFileSync(keyFile, "utf8"),
    certificate: fs.readFileSync(certificateFile, "utf8"),
    certificateFile,
  };
}
