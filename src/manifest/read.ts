import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { readCloudFormation } from './cloudformation/read.js';
import type { Given } from './cloudformation/scope.js';
import { readTag } from './cloudformation/tags.js';
import { isTemplate } from './cloudformation/template.js';
import { Cluster } from './kubernetes/cluster.js';
import { isObject } from './kubernetes/objects.js';
import { readKubernetes } from './kubernetes/read.js';
import { kustomization, refuseMixture, refuseTemplates, refuseTemplateText } from './kubernetes/refuse.js';
import { linesOf } from './template-file.js';
import { type Raw, readTrees } from './yaml/tree.js';

export type { Given } from './cloudformation/scope.js';
export { Cluster } from './kubernetes/cluster.js';

/** A file that is no manifest Rampart reads, with the reason. */
export interface NotAManifest {
  file: string;
  reason: string;
}

/**
 * Reads one file. Returns what it is not when it is readable but no manifest; throws a RampartError (exit `input`) with
 * the place when it cannot be read. Kubernetes objects of several files know each other through the cluster they share.
 */
export function readManifest(
  file: string,
  text: string,
  given: Given,
  cluster: Cluster = new Cluster(),
): Manifest | NotAManifest {
  const lines = linesOf(file, text);
  if (lines.text.trim() === '') throw unreadable(file, 'the file is empty');
  const trees = treesOf(lines);
  const [tree] = trees;
  if (trees.length === 1 && tree && isTemplate(tree)) return readCloudFormation(tree, lines, given);
  const chart = kustomization(trees, file);
  if (chart !== undefined) return { file, reason: chart };
  if (trees.some(isObject)) {
    refuseMixture(trees, languageOf, lines);
    refuseTemplates(trees, lines);
    return readKubernetes(trees, lines, cluster);
  }
  for (const each of trees) {
    const language = languageOf(each);
    if (language) return { file, reason: `${language}: this version reads CloudFormation and Kubernetes` };
  }
  return {
    file,
    reason: 'not a CloudFormation template (no Resources with types) and not Kubernetes (no apiVersion and kind)',
  };
}

function treesOf(lines: Lines): Raw[] {
  try {
    return readTrees(lines, readTag);
  } catch (error) {
    refuseTemplateText(lines);
    throw error;
  }
}

/** What a document that is no Kubernetes object is, where it is something known. */
function languageOf(tree: Raw): string | undefined {
  if (tree.kind !== 'map') return undefined;
  const has = (...keys: string[]) => keys.every((key) => tree.entries.has(key));
  if (isTemplate(tree)) return 'CloudFormation template';
  if (has('format_version', 'terraform_version')) return 'Terraform plan';
  if (has('$schema', 'contentVersion')) return 'ARM template';
  return undefined;
}

const unreadable = (file: string, message: string): RampartError =>
  new RampartError('RAMPART_MANIFEST_EMPTY', message, {
    exit: 'input',
    next: 'Give a template, or leave the file out.',
    position: { file, line: 1, column: 1 },
  });
