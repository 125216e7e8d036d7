import { hash as digest } from 'node:crypto';

/** The root of every UUID Rampart makes, drawn once at random. Changing it renames every system's risks and components. */
export const rampartNamespace = 'c1ee3a93-4c71-45d1-9d70-4a5511cedf21';

/** A name-based UUID (RFC 9562, version 5): the same namespace and name always give the same UUID. */
export function uuidV5(namespace: string, name: string): string {
  const hash = digest('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name, 'utf8')]), 'buffer').subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const namespaces = new Map<string, Buffer>();

function bytesOf(namespace: string): Buffer {
  let bytes = namespaces.get(namespace);
  if (!bytes) {
    bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
    namespaces.set(namespace, bytes);
  }
  return bytes;
}

/** Documents name the same files, activities and resources thousands of times. */
const made = new Map<string, string>();
const mostKept = 100_000;

/** A UUID named by several parts. They are joined as JSON, so that no part can pretend to be two. */
export function uuidOf(namespace: string, ...parts: readonly (string | number)[]): string {
  const name = JSON.stringify(parts);
  const key = namespace + name;
  let uuid = made.get(key);
  if (uuid === undefined) {
    uuid = uuidV5(namespace, name);
    if (made.size >= mostKept) made.clear();
    made.set(key, uuid);
  }
  return uuid;
}
