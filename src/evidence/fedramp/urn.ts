/** A member of the bundle as a URI that holds wherever it lies: the SHA-256 its manifest gives for it. */
export const urnOf = (sha256: string): string => `urn:sha256:${sha256}`;

/** A member that documents cite. */
export interface Cited {
  path: string;
  sha256: string;
}
