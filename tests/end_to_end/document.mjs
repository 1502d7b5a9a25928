// service/worlds/openapi.json, and whether an answer is as it says. Where ajv is not installed `missing`
// tells so, and nothing is checked.

import fs from "node:fs";
import { gunzipSync } from "node:zlib";

export const address = new URL("../../service/worlds/openapi.json", import.meta.url);
export const document = JSON.parse(fs.readFileSync(address, "utf8"));

async function load(name) {
  try {
    return (await import(name)).default;
  } catch {
    return null;
  }
}

const Ajv = await load("ajv/dist/2020.js");
const addFormats = await load("ajv-formats");

export const missing = Ajv === null || addFormats === null
  ? "skipped: node_modules is missing here: run npm ci in tests/end_to_end" : false;

/** What a reference of this document stands for. */
export function resolve(part) {
  if (part?.$ref === undefined)
    return part;
  return resolve(part.$ref.slice(2).split("/").reduce((at, name) => at[name], document));
}

/** Every operation: {id, method, template, operation, parameters}. */
export const operations = Object.entries(document.paths).flatMap(([template, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    id: operation.operationId, method: method.toUpperCase(), template, operation,
    parameters: (operation.parameters ?? []).map(resolve),
  })));

// {id}, {of} and {study} are the rest of a path, slashes and all; whatever is literal earlier wins.
const rest = new Set(["/v1/studies/{id}", "/v1/badge/{of}", "/v1/screening/{study}",
  "/v1/duplicates/{study}"]);
const matchers = Object.keys(document.paths).map((template) => {
  const parts = template.split("/").map((part) => part.startsWith("{")
    ? (rest.has(template) ? "(.+)" : "([^/]+)") : part.replace(/\./g, "\\."));
  return { template, form: new RegExp(`^${parts.join("/")}$`),
    order: template.split("/").map((part) => (part.startsWith("{") ? "1" : "0")).join("") };
}).sort((a, b) => (a.order < b.order ? -1 : 1));

/** The operation that a request is for; undefined where the document has none. */
export function operationOf(method, target) {
  const path = target.split("?")[0];
  const found = matchers.find((matcher) => matcher.form.test(path));
  return found && operations.find((one) => one.template === found.template && one.method === method);
}

// ---- schemas ----

const compiled = new Map();
let ajv = null;

/** A validator of a schema of the document. `key` names it, so that it is compiled once. */
export function validator(key, schema) {
  if (ajv === null) {
    ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
    addFormats(ajv);
    ajv.addSchema({ $id: "document", $defs: absolute(document.components.schemas) });
  }
  if (!compiled.has(key))
    compiled.set(key, ajv.compile(absolute(schema)));
  return compiled.get(key);
}

function absolute(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"document#/$defs/'));
}

/** What is wrong with a value; null where nothing is. */
export function faultOf(key, schema, value) {
  const valid = validator(key, schema);
  return valid(value) ? null : valid.errors.map((one) => `${one.instancePath} ${one.message} ${
    JSON.stringify(one.params)}`).join("; ");
}

function bodyOf(answer) {
  const bytes = answer.headers["content-encoding"] === "gzip" ? gunzipSync(answer.body) : answer.body;
  return JSON.parse(bytes.toString("utf8"));
}

function headersFault(described, answer) {
  for (const [name, header] of Object.entries(described.headers ?? {}))
    if (resolve(header).required && answer.headers[name.toLowerCase()] === undefined)
      return `the header ${name} is missing`;
  return null;
}

function describedFault(where, operation, answer) {
  const status = String(answer.status);
  const described = resolve(operation.responses[status] ?? operation.responses.default);
  const type = (answer.headers["content-type"] ?? "").split(";")[0];
  if (described.content === undefined)
    return null;
  const content = described.content[type];
  if (content === undefined)
    return `a ${status} of type "${type}", where the document has ${Object.keys(described.content)}`;
  if (!/json$/.test(type) || type === "application/x-ndjson")
    return headersFault(described, answer);
  return headersFault(described, answer) ??
    faultOf(`${where} ${described === resolve(operation.responses.default) ? "default" : status}`,
      content.schema, bodyOf(answer));
}

/**
 * What in an answer under /v1 is not as the document says; null where nothing is, and where the document
 * does not speak of it: other paths, HEAD and OPTIONS, and what has no body.
 */
export function disagreement(method, target, answer) {
  if (missing !== false || !/^\/v1([/?]|$)/.test(target) || !["GET", "POST"].includes(method))
    return null;
  if (answer.status === 304 || answer.body.length === 0)
    return null;
  const type = answer.headers["content-type"] ?? "";
  const one = operationOf(method, target);
  if (one !== undefined)
    return describedFault(`${method} ${one.template}`, one.operation, answer);
  if (!/json/.test(type))
    return null;
  return answer.status < 400 ? "the document has no such operation"
    : faultOf("Problem", { $ref: "#/components/schemas/Problem" }, bodyOf(answer));
}
