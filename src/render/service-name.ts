import { createHash } from 'node:crypto';

/** A name within a service's limit. A longer one is cut and told apart by a digest of the whole, so no two become one. */
export function serviceName(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - 9).replace(/-+$/, '')}-${digest}`;
}
