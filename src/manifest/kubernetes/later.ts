import type { Unknown, Value } from '#model/value.js';
import type { RawScalar } from '../yaml/tree.js';

/**
 * A value that is known only once the object is there, as Terraform plans have them. Whoever asks what it is and did not expect it
 * is stopped, so that nothing is taken for absent because nobody thought of it.
 */
export class Later implements RawScalar {
  /** `isLeftOut`: nobody asks for it, so that it will be what it is by default. */
  constructor(
    readonly what: Unknown,
    readonly isLeftOut = false,
  ) {}

  get at(): number {
    return this.what.at;
  }

  get kind(): 'scalar' {
    throw new NotKnown(this.what);
  }

  get value(): never {
    throw new NotKnown(this.what);
  }
}

/** Whether a value is one that a plan works out later, and not one that stands elsewhere in the cluster. */
export const isLater = (value: Value): value is Unknown => value.kind === 'unknown' && value.from !== undefined;

/** Thrown where what is asked for depends on a value that is not known. */
export class NotKnown {
  constructor(readonly what: Unknown) {}
}

/** What is made, or what would have to be known for it. */
export function orUnknown<Made>(make: () => Made): Made | Unknown {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof NotKnown) return thrown.what;
    throw thrown;
  }
}
