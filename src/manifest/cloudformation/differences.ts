import { linesOf } from '../template-file.js';
import { type Raw, readTrees } from '../yaml/tree.js';
import { readTag } from './tags.js';

/**
 * Paths at which two templates say different things, sorted; none when they differ in comments, order of keys, notation or short
 * forms of functions only, since CloudFormation deploys the same from both. Values are not told: they may be secrets. Throws
 * what a reader throws for a text that is no YAML.
 */
export function templateDifferences(left: string, right: string): readonly string[] {
  const [a, b] = [documentsOf(left), documentsOf(right)];
  if (a.length !== b.length) return ['the number of documents'];
  return a.flatMap((tree, at) => differences(tree, b[at], '')).sort();
}

const documentsOf = (text: string): readonly Raw[] => readTrees(linesOf('template', text), readTag);

function differences(left: Raw | undefined, right: Raw | undefined, path: string): string[] {
  if (left === undefined || right === undefined || left.kind !== right.kind) return [path || 'the document'];
  if (left.kind === 'map' && right.kind === 'map') {
    const keys = new Set([...left.entries.keys(), ...right.entries.keys()]);
    return [...keys].flatMap((key) =>
      differences(left.entries.get(key)?.value, right.entries.get(key)?.value, path === '' ? key : `${path}.${key}`),
    );
  }
  if (left.kind === 'seq' && right.kind === 'seq') {
    if (left.items.length !== right.items.length) return [path || 'the document'];
    return left.items.flatMap((item, at) => differences(item, right.items[at], `${path}[${at}]`));
  }
  return left.kind === 'scalar' && right.kind === 'scalar' && left.value === right.value
    ? []
    : [path || 'the document'];
}
