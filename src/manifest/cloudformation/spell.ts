import type { Raw } from '../yaml/tree.js';

/**
 * A stable spelling of an unevaluated expression, short enough for a finding. Two expressions that differ behind the cut
 * are told apart by what stands behind it: they are two choices, not one.
 */
export function spell(raw: Raw): string {
  const text = JSON.stringify(plain(raw, 0));
  return text.length > 120 ? `${text.slice(0, 112)}...${hash(text)}` : text;
}

/** Deeper than any text that is read. */
const deepest = 400;

function plain(raw: Raw, depth: number): unknown {
  if (raw.kind === 'scalar') return raw.value;
  if (depth > deepest) return '...';
  if (raw.kind === 'seq') return raw.items.map((item) => plain(item, depth + 1));
  return [...raw.entries].reduce<Record<string, unknown>>((all, [key, entry]) => {
    all[key] = plain(entry.value, depth + 1);
    return all;
  }, Object.create(null));
}

/** FNV-1a over 64 bits, in eight digits and more. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return value.toString(36);
}
