/** A scalar a requirement asks for. */
export type Scalar = string | number | boolean;

/**
 * What one part of a requirement asks to be written. `from` is the offset of the object the path starts at: that of the
 * resource, or of an item of a list. `set` is the value of the property, `add` an item its list must hold.
 */
export interface Wanted {
  from: number;
  path: readonly string[];
  /** The whole path from the resource, for people. */
  property: string;
  set?: Scalar;
  add?: Scalar;
}

/** What makes one finding go away: everything is written, or nothing is. */
export interface Remedy {
  requirement: string;
  resource: string;
  type: string;
  wanted: readonly Wanted[];
}

/** A stretch of the text as it was, and what stands there now. `start` and `end` are offsets behind a byte order mark. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** One property that was written. */
export interface Edit {
  requirement: string;
  resource: string;
  /** Of the property, from the resource: `VersioningConfiguration.Status`. */
  path: string;
  /** As it stood in the file; absent where there was nothing. */
  before?: string;
  after: string;
  /** The replacement that holds it. */
  range: { start: number; end: number };
}

/** What is to be changed in one file. */
export interface FileFix {
  file: string;
  before: string;
  after: string;
  edits: readonly Edit[];
  /** In the order of the text, none touching another. */
  replacements: readonly Replacement[];
}

/** A finding that has one right value and was not mended, and why. */
export interface NotMended {
  file: string;
  requirement: string;
  resource: string;
  reason: string;
}
