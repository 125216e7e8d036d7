import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { withoutComments } from './arm/comments.js';
import type { AzureGiven } from './arm/given.js';
import { readArm } from './arm/read.js';
import { isArmTemplate } from './arm/template.js';
import { readCloudFormation } from './cloudformation/read.js';
import type { Given as CloudFormationGiven } from './cloudformation/scope.js';
import { readTag } from './cloudformation/tags.js';
import { isTemplate } from './cloudformation/template.js';
import { readTrees } from './yaml/tree.js';

/** What readers are told beside the text. */
export interface Given extends CloudFormationGiven {
  azure?: AzureGiven;
  /** Parameters as a parameters file of Azure types them. */
  values?: Readonly<Record<string, unknown>>;
}

/** A file that is no manifest Rampart reads, with the reason. */
export interface NotAManifest {
  file: string;
  reason: string;
}

/**
 * Reads one file. Returns what it is not when it is readable but no manifest; throws a RampartError (exit `input`) with
 * the place when it cannot be read.
 */
export function readManifest(file: string, text: string, given: Given): Manifest | NotAManifest {
  // A byte order mark is no part of the text; offsets count from behind it.
  const lines = new Lines(file, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (lines.text.trim() === '') throw unreadable(file, 'the file is empty');
  const trees = readTrees(withoutComments(lines), readTag);
  const [tree] = trees;
  if (trees.length === 1 && tree && isTemplate(tree)) return readCloudFormation(tree, lines, given);
  if (trees.length === 1 && tree && isArmTemplate(tree)) {
    return readArm(tree, lines, given.azure, { values: given.values ?? {}, texts: given.parameters });
  }
  const language = foreign(trees);
  if (language) return { file, reason: `${language}: not a language this version judges` };
  return {
    file,
    reason:
      'not a CloudFormation template (no Resources with types, no AWSTemplateFormatVersion), and no ARM template (no schema of one)',
  };
}

function foreign(trees: ReturnType<typeof readTrees>): string | undefined {
  const has = (...keys: string[]) =>
    trees.some((tree) => tree.kind === 'map' && keys.every((key) => tree.entries.has(key)));
  if (has('apiVersion', 'kind')) return 'Kubernetes manifest';
  if (has('format_version', 'terraform_version')) return 'Terraform plan';
  if (has('$schema', 'contentVersion')) return 'ARM file that is no deployment template';
  return undefined;
}

const unreadable = (file: string, message: string): RampartError =>
  new RampartError('RAMPART_MANIFEST_EMPTY', message, {
    exit: 'input',
    next: 'Give a template, or leave the file out.',
    position: { file, line: 1, column: 1 },
  });
