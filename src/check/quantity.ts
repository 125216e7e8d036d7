const binary: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** A Kubernetes resource quantity as a number: `500m` → 0.5, `16Gi` → 16 × 2³⁰, `1e3` → 1000. Undefined for anything else. */
export function quantityOf(value: string | number | boolean | null): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = /^([-+]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([-+]?\d{1,3}))$/.exec(value);
  if (!match) return undefined;
  const number = Number(match[1]);
  if (match[2] !== undefined) return number * 1024 ** (binary[match[2]] ?? 0);
  const power = match[4] === undefined ? (decimal[match[3] ?? ''] ?? 0) : Number(match[4]);
  return Number(`${match[1]}e${power}`);
}
