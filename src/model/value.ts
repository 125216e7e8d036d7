/**
 * A property as a manifest gives it, seen in one world (one choice at every condition). Predicates see only these kinds.
 * `at` is an offset into the manifest's text.
 */
export type Value = Scalar | Text | List | Dict | Reference | Unknown | Absent;

export interface Scalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** Set for a secret: it is judged like any other value, and never quoted. */
  sensitive?: true;
  /** Set for a secret the manifest does not spell out: whoever deploys it gives it. */
  given?: true;
  /** As of an unknown. */
  hidden?: true | 'by-name' | undefined;
  at: number;
}

/** A string of which only parts are known, such as `arn:aws:s3:::${Bucket}/*`. Never empty, never all strings. */
export interface Text {
  kind: 'text';
  parts: readonly (string | Unknown | Reference)[];
  /** As of a scalar. */
  sensitive?: true;
  /** What a JSON text was made of, where the manifest says so. */
  json?: Value;
  at: number;
}

export interface List {
  kind: 'list';
  items: readonly Value[];
  /** Set when there may be more items than those listed. */
  open?: Unknown;
  at: number;
}

export interface Dict {
  kind: 'dict';
  /** Known keys in source order. */
  keys(): readonly string[];
  /** `absent` for a key that is not there, unless `open` is set. */
  get(key: string): Value;
  /** Set when there may be more keys than those known. */
  open?: Unknown;
  /**
   * True when no string spelt anywhere below, or below one of its keys, begins with the text or matches the pattern; false when one does
   * or that takes more than a look. Lets whoever reads every string of ten thousand resources pass over most of them.
   */
  lacks?(sought: string | RegExp, key?: string): boolean;
  /** What of it somebody wrote, where the rest is worked out: whoever looks for strings that are spelt out looks there. */
  written?: Dict;
  /** The name of the entry it stands for, where a list was made of an object: people look for that name. */
  entry?: string;
  at: number;
}

/** Points at another resource of the same manifest: its id, or one attribute of it. */
export interface Reference {
  kind: 'reference';
  to: string;
  attribute?: string;
  at: number;
}

export interface Unknown {
  kind: 'unknown';
  /** What would settle it, as a noun phrase: `parameter KmsKeyArn`, `import of NetworkStack-VpcId`. */
  settledBy: string;
  /** Values it is known not to have. */
  not?: readonly string[];
  /** Values that stand for all it may have, where they all have one shape: an account id is always twelve digits. */
  samples?: readonly string[];
  /** Set where it is held to a form without quotes and backslashes, so that in a JSON text it ends no string. */
  quoteless?: true | undefined;
  /** Set where it is held to a form without `*` and `?`, so that in a pattern of a policy it stands for itself. */
  literal?: true | undefined;
  /** Set when it may turn out not to be there at all, as in an object a macro writes. */
  maybeAbsent?: true | undefined;
  /**
   * Set for the result of an expression, such as those of a Terraform plan: the one thing of the manifest it is made from,
   * or null where that is not certain. Two results settled by the same thing need not be equal.
   */
  from?: Reference | null | undefined;
  /** Set where the manifest says nothing of it, so that the provider's own default decides. */
  unset?: true | undefined;
  /** Set for what a template or whoever deploys it decides, where everybody who may look at the deployment reads it; not for `NoEcho`. */
  shown?: true | undefined;
  /**
   * Set for a secret that is hidden as long as it stays where it is: of `NoEcho`, of Secrets Manager, or an attribute with a secret's name.
   * `by-name` where its own name tells of a user, an id or a host: then it is one only where the name it is put under says so.
   */
  hidden?: true | 'by-name' | undefined;
  /** What it is the Base64 of, where that is known in part. */
  encodes?: Text;
  at: number;
}

/** Not there, or set to nothing (`AWS::NoValue`, JSON null is a scalar). `at` is the place that lacks it. */
export interface Absent {
  kind: 'absent';
  at: number;
}

/**
 * One run of a judgement through a manifest with conditions. A reader that meets an open choice asks the world, which
 * answers with the index of one option; the judge runs again until every answer was given.
 */
export interface World {
  choose(variable: string, options: readonly string[]): number;
}

/** The world of manifests without conditions. */
export const onlyWorld: World = { choose: () => 0 };

/** Thrown by `plainWorld`: what is being read depends on an open choice. */
export const openChoice = Symbol('an open choice');

/**
 * The world of everything that depends on no choice. Most resources can be judged in it, and since there is only one,
 * readers keep what they evaluated for it.
 */
export const plainWorld: World = {
  choose() {
    throw openChoice;
  },
};

/** Plain JSON data as a fully known value; every part of it stands at `at`. */
export function fromJson(data: unknown, at: number, scalar = plainScalar): Value {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => fromJson(item, at, scalar)), at };
  if (typeof data === 'object' && data !== null) {
    const entries = new Map(Object.entries(data));
    return dictOf(
      entries.keys(),
      (key) => (entries.has(key) ? fromJson(entries.get(key), at, scalar) : { kind: 'absent', at }),
      at,
    );
  }
  if (data === undefined) return { kind: 'absent', at };
  return scalar(data as Scalar['value'], at);
}

const plainScalar = (value: Scalar['value'], at: number): Value => ({ kind: 'scalar', value, at });

/** An object whose values are made when they are asked for. */
export function dictOf(keys: Iterable<string>, get: (key: string) => Value, at: number, open?: Unknown): Dict {
  const names = [...keys];
  return { kind: 'dict', keys: () => names, get, at, ...(open ? { open } : {}) };
}
