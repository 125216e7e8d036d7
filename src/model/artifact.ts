/** A rendered file. */
export interface Artifact {
  /** Relative to the output folder, `/` between parts. */
  path: string;
  text: string;
  /** Lower-case hex SHA-256 of the UTF-8 text. */
  sha256: string;
  mediaType: string;
  /** Endpoint the file deploys; none of what holds a whole account or cluster. */
  endpoint?: string;
  /** Which requirements each line serves, in line order; made from the gate's own evidence, so it cannot go stale. */
  trace: readonly TraceLine[];
}

export interface TraceLine {
  line: number;
  requirements: readonly string[];
}
