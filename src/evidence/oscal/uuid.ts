import { hash as digest } from 'node:crypto';

/** The root of every UUID Rampart makes, drawn once at random. Changing it renames every system's risks and components. */
export const rampartNamespace = 'c1ee3a93-4c71-45d1-9d70-4a5511cedf21';

/** A name-based UUID (RFC 9562, version 5): the same namespace and name always give the same UUID. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name, 'utf8')]);
  const hash = digest('sha1', bytes, 'buffer').subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A UUID named by several parts. They are joined as JSON, so that no part can pretend to be two. */
export const uuidOf = (namespace: string, ...parts: readonly (string | number)[]): string =>
  uuidV5(namespace, JSON.stringify(parts));
