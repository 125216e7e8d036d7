import { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { mayHoldObjects } from './cloudformation/makers.js';
import { readCloudFormation } from './cloudformation/read.js';
import { readTag } from './cloudformation/tags.js';
import { isTemplate } from './cloudformation/template.js';
import type { Given } from './given.js';
import { type Raw, type RawMap, readTrees } from './yaml/tree.js';

export { Exports } from './cloudformation/exports.js';
export type { Opened } from './cloudformation/scope.js';
export type { Given } from './given.js';

/** No deployable template comes near; CloudFormation's own limit is 1 MB. Plans are larger, and read by a faster parser. */
export const largestTemplate = 16 * 1024 * 1024;

/** A file's text with its lines; a byte order mark is no part of it, and offsets count from behind it. */
export const linesOf = (file: string, text: string): Lines =>
  new Lines(file, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/**
 * Reads a CloudFormation template; undefined for what is none, holds Kubernetes objects, or cannot be read as YAML: the whole of the readers then says
 * what it is. The gate starts with this one, since most of what it is given are templates and the other readers need not be
 * loaded for them.
 */
export function readTemplateFile(file: string, text: string, given: Given): Manifest | undefined {
  if (text.length > largestTemplate || !text.includes('Resources') || mayHoldObjects(text)) return undefined;
  const lines = linesOf(file, text);
  const tree = templateIn(treesOf(lines));
  return tree && readCloudFormation(tree, lines, given);
}

/** The template a text is: beside it there may be documents with nothing in them, such as one behind a last `---`. */
export function templateIn(trees: readonly Raw[]): RawMap | undefined {
  const [tree, ...others] = trees.length > 1 ? trees.filter((each) => !isNothing(each)) : trees;
  return tree && others.length === 0 && isTemplate(tree) ? tree : undefined;
}

const isNothing = (tree: Raw): boolean => tree.kind === 'scalar' && tree.value === null;

function treesOf(lines: Lines): ReturnType<typeof readTrees> {
  try {
    return readTrees(lines, readTag);
  } catch {
    return [];
  }
}
