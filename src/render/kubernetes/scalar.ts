import { yaml } from '../cloudformation/scalar.js';

/**
 * A value of `args` or of a variable, as Kubernetes hands it to a container: it takes `$(NAME)` for a reference, and `$$` for a
 * dollar sign.
 */
export const argument = (...words: readonly unknown[]): string => yaml(words.join('').replaceAll('$', '$$$$'));
