// HL7's own packages of FHIR definitions, from the npm registry, checked against the hashes here and
// kept under build/ for the next run.

import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { remove, root, temporaryFolder } from "./support.mjs";

const packages = {
  "hl7.fhir.r5.core@5.0.0":
    "0TvJB1KKtokn/P2mRwcqEY8v8RN8IE/pQjvtlsPaJdYaDfYx4UBhuY4afAGeQjW01p9SNYPphxAFFkEsS6P05A==",
  "hl7.terminology.r5@7.0.1":
    "fFzOHMFKtMBX1T9O1ap/f4n506Dm6Ze7FWh9n7g6B9zEXzNyaF4HURMT2UzpNHYh3cIJuvIZZdpwizPMg5ryHA==",
};

const wanted = ["package/StructureDefinition-*.json", "package/CodeSystem-*.json",
  "package/ValueSet-*.json", "package/openapi/fhir.schema.json"];

function unpack(name, into) {
  const folder = temporaryFolder();
  try {
    const options = { cwd: folder, stdio: ["ignore", "pipe", "ignore"], timeout: 120000 };
    const file = path.join(folder,
      execFileSync("npm", ["pack", name, "--silent", "--prefer-offline"], options).toString().trim());
    const hash = crypto.createHash("sha512").update(fs.readFileSync(file)).digest("base64");
    if (hash !== packages[name])
      throw new Error(`${name} is not what it was: its hash is ${hash}`);
    fs.mkdirSync(path.join(folder, "out"));
    execFileSync("tar", ["-xzf", file, "-C", "out", "--wildcards", ...wanted.filter(
      (one) => !one.includes("schema") || name.includes("core"))], { ...options, stdio: "ignore" });
    fs.mkdirSync(path.dirname(into), { recursive: true });
    fs.cpSync(path.join(folder, "out/package"), `${into}.new`, { recursive: true });
    fs.renameSync(`${into}.new`, into);
  } finally {
    remove(folder);
  }
}

/** The folders of the packages; null, with the reason in `why`, where they cannot be had. */
export function fhirPackages() {
  const folders = [];
  for (const name of Object.keys(packages)) {
    const folder = path.join(root, "build/fhir", name);
    try {
      if (!fs.existsSync(folder))
        unpack(name, folder);
    } catch (error) {
      return { folders: null, why: `skipped: ${name} cannot be had: ${error.message}` };
    }
    folders.push(folder);
  }
  return { folders };
}
