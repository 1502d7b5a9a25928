// A checker of FHIR resources over HL7's own definitions: the snapshots of StructureDefinitions
// (which members, how often, of which type, from which codes) and fhir.schema.json. It runs no
// invariants in FHIRPath and looks at no profiles.

import fs from "node:fs";
import path from "node:path";

const regexExtension = "http://hl7.org/fhir/StructureDefinition/regex";
const typeExtension = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

export class Definitions {
  constructor(folders) {
    this.folders = folders;
    this.files = new Map();
    this.types = new Map();
    this.systems = new Map();
  }

  read(name) {
    if (!this.files.has(name)) {
      const folder = this.folders.find((one) => fs.existsSync(path.join(one, name)));
      this.files.set(name, folder ? JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) : null);
    }
    return this.files.get(name);
  }

  /** A type's elements: {path: {element, children: Map(name → {element, type})}}. */
  type(name) {
    if (this.types.has(name))
      return this.types.get(name);
    const definition = this.read(`StructureDefinition-${name}.json`);
    if (definition === null)
      throw new Error(`there is no definition of ${name}: add it to fhir-package.mjs`);
    const elements = new Map(definition.snapshot.element.map((one) => [one.path, one]));
    const children = new Map([...elements.keys()].map((one) => [one, new Map()]));
    for (const [at, element] of elements) {
      const dot = at.lastIndexOf(".");
      if (dot < 0)
        continue;
      const parent = children.get(at.slice(0, dot));
      const key = at.slice(dot + 1);
      if (!key.endsWith("[x]"))
        parent.set(key, { element, type: element.type?.[0] });
      else
        for (const type of element.type)
          parent.set(key.slice(0, -3) + type.code[0].toUpperCase() + type.code.slice(1), { element, type });
    }
    const made = { kind: definition.kind, elements, children };
    this.types.set(name, made);
    return made;
  }

  /** code → display of a code system; null where its codes are not in the packages. */
  codes(system) {
    if (!this.systems.has(system)) {
      const codes = new Map();
      const add = (list) => (list ?? []).forEach((one) => {
        codes.set(one.code, one.display);
        add(one.concept);
      });
      const here = this.system(system);
      add(here?.concept);
      this.systems.set(system, here?.content === "complete" ? codes : null);
    }
    return this.systems.get(system);
  }

  system(system) {
    for (const folder of this.folders) {
      const file = path.join(folder, `CodeSystem-${system.split("/").pop()}.json`);
      const read = fs.existsSync(file) && JSON.parse(fs.readFileSync(file, "utf8"));
      if (read && read.url === system)
        return read;
    }
    return null;
  }

  /** system → Set of codes, or null for all of it; null where a set cannot be told. */
  valueSet(url) {
    const plain = url.split("|")[0];
    const set = this.read(`ValueSet-${plain.split("/").pop()}.json`);
    if (set?.url !== plain || set.compose?.exclude)
      return null;
    const systems = new Map();
    for (const include of set.compose?.include ?? []) {
      if (!include.system || include.filter || include.valueSet)
        return null;
      const codes = include.concept?.map((one) => one.code) ?? this.codes(include.system)?.keys();
      systems.set(include.system, codes ? new Set(codes) : null);
    }
    return systems;
  }
}

/** A number as it may stand in JSON, without an exponent; how it does stand there is for badNumerals. */
const numeral = (value) => typeof value === "number" && !Number.isInteger(value)
  ? value.toFixed(17).replace(/0+$/, "") : String(value);

/** The numbers of a JSON text that are no FHIR decimal, as they stand there. */
export function badNumerals(text) {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return (bare.match(/-?[0-9][^,\]}\s]*/g) ?? []).filter(
    (one) => !/^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?$/.test(one));
}

/** All that is wrong with a resource, as "path: what". */
export class Validator {
  constructor(definitions) {
    this.definitions = definitions;
    this.patterns = new Map();
    this.bindings = new Map();
  }

  check(resource) {
    this.problems = [];
    if (typeof resource?.resourceType !== "string" ||
      !this.definitions.read(`StructureDefinition-${resource.resourceType}.json`))
      return ["no resourceType that there is"];
    this.object(resource, resource.resourceType, resource.resourceType, resource.resourceType);
    return this.problems;
  }

  problem(at, what) {
    this.problems.push(`${at}: ${what}`);
  }

  object(value, typeName, elementPath, at) {
    const type = this.definitions.type(typeName);
    const children = type.children.get(elementPath);
    if (value === null || typeof value !== "object" || Array.isArray(value))
      return this.problem(at, `must be an object, is ${JSON.stringify(value)}`);
    const present = Object.keys(value).filter((key) => key !== "resourceType");
    if (present.length === 0)
      this.problem(at, "empty object");
    const chosen = new Map();
    for (const key of present) {
      const child = children.get(key);
      if (!child) {
        this.problem(at, `no member "${key}"`);
        continue;
      }
      if (chosen.has(child.element.path))
        this.problem(at, `both ${key} and ${chosen.get(child.element.path)}`);
      chosen.set(child.element.path, key);
      this.member(value[key], child, typeName, `${at}.${key}`);
    }
    for (const { element } of children.values())
      if (element.min > 0 && !chosen.has(element.path))
        this.problem(at, `${element.path} is missing`);
  }

  member(value, child, owner, at) {
    const many = child.element.max !== "0" && child.element.max !== "1";
    if (many !== Array.isArray(value))
      return this.problem(at, many ? "must be an array" : "must not be an array");
    if (!many)
      return this.value(value, child, owner, at);
    if (value.length === 0)
      this.problem(at, "empty array");
    return value.forEach((one, i) => this.value(one, child, owner, `${at}[${i}]`));
  }

  value(value, { element, type }, owner, at) {
    if (value === null)
      return this.problem(at, "null");
    if (element.contentReference)
      return this.object(value, owner, element.contentReference.replace(/^.*#/, ""), at);
    const code = type.extension?.find((one) => one.url === typeExtension)?.valueUrl ?? type.code;
    if (code === "Resource") {
      const inner = new Validator(this.definitions);
      inner.patterns = this.patterns;
      return inner.check(value).forEach((one) => this.problem(at, one));
    }
    if (code === "BackboneElement" || code === "Element")
      return this.object(value, owner, element.path, at);
    if (this.definitions.type(code).kind === "primitive-type")
      this.primitive(value, code, at);
    else
      this.object(value, code, code, at);
    if (element.binding)
      this.binding(value, code, element.binding, at);
    return undefined;
  }

  primitive(value, code, at) {
    const kind = code === "boolean" ? "boolean"
      : /^(decimal|integer|positiveInt|unsignedInt)$/.test(code) ? "number" : "string";
    if (typeof value !== kind)
      return this.problem(at, `must be a ${kind}, is ${JSON.stringify(value)}`);
    if (value === "" || (kind === "string" && value.trim() === ""))
      this.problem(at, "empty string");
    if (!this.pattern(code).test(numeral(value)))
      this.problem(at, `${JSON.stringify(value)} is no ${code}`);
    return undefined;
  }

  pattern(code) {
    if (!this.patterns.has(code)) {
      const element = this.definitions.type(code).elements.get(`${code}.value`);
      const text = element.type[0].extension?.find((one) => one.url === regexExtension)?.valueString;
      this.patterns.set(code, new RegExp(`^(?:${text ?? "[\\s\\S]*"})$`));
    }
    return this.patterns.get(code);
  }

  binding(value, code, { strength, valueSet }, at) {
    if (strength !== "required" && strength !== "extensible" || !valueSet)
      return;
    if (!this.bindings.has(valueSet))
      this.bindings.set(valueSet, this.definitions.valueSet(valueSet));
    const set = this.bindings.get(valueSet);
    if (set === null)
      return;
    if (code === "code") {
      if (![...set.values()].some((codes) => codes === null || codes.has(value)))
        this.problem(at, `"${value}" is not in ${valueSet}`);
      return;
    }
    const codings = code === "Coding" ? [value] : value.coding ?? [];
    for (const coding of codings)
      if (set.get(coding.system) && !set.get(coding.system).has(coding.code))
        this.problem(at, `"${coding.code}" is not in ${valueSet}`);
    // Another code may stand in an extensible set's place only where it has none that fits: words
    // alone say so.
    const within = codings.some((coding) => set.has(coding.system));
    if (!within && (strength === "required" || codings.length > 0))
      this.problem(at, `no coding of ${[...set.keys()]}`);
  }
}

/** Every coding's code and display as its system has them, where the packages hold the system. */
export function codingProblems(value, definitions, at = "") {
  if (Array.isArray(value))
    return value.flatMap((one, i) => codingProblems(one, definitions, `${at}[${i}]`));
  if (value === null || typeof value !== "object")
    return [];
  const problems = Object.entries(value).flatMap(
    ([key, one]) => codingProblems(one, definitions, `${at}.${key}`));
  const codes = value.system && value.code ? definitions.codes(value.system) : null;
  if (codes && !codes.has(value.code))
    problems.push(`${at}: ${value.system} has no code "${value.code}"`);
  if (codes?.get(value.code) && value.display !== undefined && codes.get(value.code).trim() !== value.display)
    problems.push(`${at}: "${value.code}" is called "${codes.get(value.code)}", not "${value.display}"`);
  return problems;
}

/** What fhir.schema.json says of a value: the part of JSON Schema that it uses. */
export class Schema {
  constructor(schema) {
    this.definitions = schema.definitions;
    this.patterns = new Map();
  }

  check(resource) {
    return this.value(resource, this.definitions[resource.resourceType], resource.resourceType);
  }

  value(value, schema, at) {
    if (schema.$ref === "#/definitions/ResourceList")
      return this.check(value);
    if (schema.$ref)
      return this.value(value, this.definitions[schema.$ref.split("/").pop()], at);
    const problems = [];
    if (schema.const !== undefined && value !== schema.const)
      problems.push(`${at}: must be ${schema.const}`);
    if (schema.enum && !schema.enum.includes(value))
      problems.push(`${at}: not one of its values`);
    if (schema.type && (Array.isArray(value) ? "array" : typeof value) !== schema.type)
      problems.push(`${at}: must be a ${schema.type}`);
    if (schema.pattern && !this.pattern(schema.pattern).test(numeral(value)))
      problems.push(`${at}: "${value}" is not ${schema.pattern}`);
    if (Array.isArray(value) && schema.items)
      problems.push(...value.flatMap((one, i) => this.value(one, schema.items, `${at}[${i}]`)));
    if (schema.properties) {
      for (const name of schema.required ?? [])
        if (value[name] === undefined)
          problems.push(`${at}: ${name} is missing`);
      for (const [key, one] of Object.entries(value))
        if (schema.properties[key])
          problems.push(...this.value(one, schema.properties[key], `${at}.${key}`));
        else if (schema.additionalProperties === false)
          problems.push(`${at}: no member "${key}"`);
    }
    return problems;
  }

  pattern(text) {
    if (!this.patterns.has(text))
      this.patterns.set(text, new RegExp(text));
    return this.patterns.get(text);
  }
}
