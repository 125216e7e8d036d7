/** One file of an evidence bundle. `role` says what it is to a reader, `derivedFrom` lists the paths it was made from. */
export interface Member {
  path: string;
  bytes: Uint8Array;
  mediaType: string;
  role: 'input' | 'artifact' | 'evidence' | 'result' | 'document' | 'report';
  derivedFrom?: readonly string[];
  sensitivity?: 'public' | 'internal' | 'restricted';
  /** SHA-256 of the bytes in hex, where somebody had to know it before: large members are hashed once. */
  sha256?: string;
}
