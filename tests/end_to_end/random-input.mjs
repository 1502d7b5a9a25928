// Values made from a schema of openapi.json: valid ones, and ones with one thing wrong. The same seed
// gives the same values.

import { resolve } from "./document.mjs";

/** Numbers from 0 to 1 (mulberry32, public domain). */
export function random(seed) {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let x = Math.imul(at ^ (at >>> 15), at | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = (next, list) => list[Math.floor(next() * list.length)];
const whole = (next, low, high) => low + Math.floor(next() * (high - low + 1));

const words = ["neck", "pain", "massage", "7/10", "0-10", "naïve 😀", "low back pain", "<b>", "a.b", "100%", "'"];

function text(next, schema) {
  if (schema.format === "date")
    return `2026-${pick(next, ["01", "06", "11"])}-${pick(next, ["01", "15", "28"])}`;
  if (schema.pattern?.includes("[0-9]{4}"))
    return "2026-11-22";
  return pick(next, words);
}

function number(next, schema) {
  const low = schema.minimum ?? (schema.exclusiveMinimum ?? -11) + 1;
  const high = Math.min(schema.maximum ?? (schema.exclusiveMaximum ?? 11) - 1, low + 30);
  return schema.type === "integer" ? whole(next, low, high) : low + next() * (high - low);
}

function object(next, schema) {
  const made = {};
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) || next() < 0.4)
      made[name] = valid(next, member);
  return made;
}

/** A value that the schema allows. */
export function valid(next, schema) {
  const one = resolve(schema);
  const choice = one.oneOf ?? one.anyOf;
  if (choice !== undefined)
    return valid(next, pick(next, choice));
  if (one.const !== undefined)
    return one.const;
  if (one.enum !== undefined)
    return pick(next, one.enum);
  const type = Array.isArray(one.type) ? pick(next, one.type) : one.type;
  if (type === "array")
    return Array.from({ length: whole(next, one.minItems ?? 0, Math.min(one.maxItems ?? 4, 4)) },
      () => valid(next, one.items));
  return { object, string: text, number, integer: number, boolean: () => next() < 0.5,
    null: () => null }[type](next, { ...one, type });
}

const strange = [null, true, -1, 1e308, "", "x".repeat(300), [], {}, [[[]]], "\u0000", "2026-02-30"];

/** The same with one thing wrong, most times: a member too many, missing or of another kind. */
export function spoilt(next, value) {
  if (Array.isArray(value) && value.length > 0 && next() < 0.7) {
    const at = whole(next, 0, value.length - 1);
    return value.with?.(at, spoilt(next, value[at])) ??
      value.map((one, i) => (i === at ? spoilt(next, one) : one));
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return pick(next, strange);
  const name = pick(next, [...Object.keys(value), "other"]);
  const { [name]: member, ...others } = value;
  return next() < 0.3 ? others : { ...others, [name]: spoilt(next, member ?? 1) };
}
