/**
 * Whether a scalar of a manifest is what a requirement names. CloudFormation takes `"true"` for `true` and `"90"` for
 * `90`, so these are the same here.
 */
export function sameScalar(value: string | number | boolean | null, wanted: string | number | boolean): boolean {
  if (value === null) return false;
  if (typeof wanted === 'boolean') return String(value).toLowerCase() === String(wanted);
  if (typeof wanted === 'number') return value !== '' && typeof value !== 'boolean' && Number(value) === wanted;
  return String(value) === wanted;
}

/** A number a manifest spells, or undefined. */
export function numberOf(value: string | number | boolean | null): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}
