import type { Certification } from '#model/certification.js';
import { visibleLines } from '#model/unseen.js';
import { line } from '../oscal/text.js';
import { isObject, type Json } from './schema.js';

/** Fields FedRAMP takes as Markdown, which has lines. */
const prose: ReadonlySet<string> = new Set(['serviceDescription', 'accessRequestInstructions']);

/** Some of what people state, under FedRAMP's names and as they state it; what they do not is left out. */
export const asStated = (told: Certification, names: readonly (keyof Certification)[]): Json =>
  Object.fromEntries(names.flatMap((name) => (told[name] === undefined ? [] : [[name, said(told[name], name)]])));

function said(value: unknown, name: string): unknown {
  if (typeof value === 'string') return prose.has(name) ? visibleLines(value) : line(value);
  if (Array.isArray(value)) return value.map((item) => said(item, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, held]) => [field, said(held, field)]));
}
