// HL7's own packages of FHIR definitions, from the npm registry, checked against the hashes here and
// kept under build/ for the next run.

import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { remove, root, temporaryFolder } from "./support.mjs";

// Definitions of the types that resources here are made of; whole packages are ten times as large.
const types = ["Annotation", "ArtifactAssessment", "Attachment", "Bundle", "CapabilityStatement", "Citation",
  "CodeableConcept", "Coding", "Evidence", "EvidenceVariable", "HumanName", "Identifier", "Meta", "OperationOutcome",
  "Organization", "Practitioner", "Quantity", "Range", "Reference", "RelatedArtifact", "boolean", "canonical", "code",
  "dateTime", "decimal", "id", "instant", "markdown", "positiveInt", "string", "unsignedInt", "uri", "url"];

const packages = [
  {
    name: "hl7.fhir.r5.core@5.0.0",
    sha512: "0TvJB1KKtokn/P2mRwcqEY8v8RN8IE/pQjvtlsPaJdYaDfYx4UBhuY4afAGeQjW01p9SNYPphxAFFkEsS6P05A==",
    files: ["CodeSystem-*", "ValueSet-*", "openapi/fhir.schema", ...types.map((one) => `StructureDefinition-${one}`)],
  },
  {
    name: "hl7.terminology.r5@7.0.1",
    sha512: "fFzOHMFKtMBX1T9O1ap/f4n506Dm6Ze7FWh9n7g6B9zEXzNyaF4HURMT2UzpNHYh3cIJuvIZZdpwizPMg5ryHA==",
    files: ["attribute-estimate-type", "certainty-rating", "certainty-type", "statistic-type", "synthesis-type",
      "variable-role"].map((one) => `CodeSystem-${one}`),
  },
];

function unpack({ name, sha512, files }, into) {
  const folder = temporaryFolder();
  try {
    const options = { cwd: folder, stdio: ["ignore", "pipe", "ignore"], timeout: 120000 };
    const file = path.join(folder, execFileSync("npm", ["pack", name, "--silent", "--prefer-offline",
      "--fetch-retries=0", "--fetch-timeout=30000"], options).toString().trim());
    const hash = crypto.createHash("sha512").update(fs.readFileSync(file)).digest("base64");
    if (hash !== sha512)
      throw new Error(`${name} is not what it was: its hash is ${hash}`);
    fs.mkdirSync(`${into}.new`, { recursive: true });
    execFileSync("tar", ["-xzf", file, "-C", `${into}.new`, "--strip-components=1", "--wildcards",
      ...files.map((one) => `package/${one}.json`)], options);
    fs.renameSync(`${into}.new`, into);
  } finally {
    remove(folder);
    remove(`${into}.new`);
  }
}

/** The folders of the packages; null, with the reason in `why`, where they cannot be had. */
export function fhirPackages() {
  const folders = [];
  for (const one of packages) {
    const folder = path.join(root, "build/fhir", one.name);
    try {
      if (!fs.existsSync(folder))
        unpack(one, folder);
    } catch (error) {
      return { folders: null, why: `skipped: ${one.name} cannot be had: ${error.message}` };
    }
    folders.push(folder);
  }
  return { folders };
}
