import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { readCloudFormation } from './cloudformation/read.js';
import type { Given } from './cloudformation/scope.js';
import { readTag } from './cloudformation/tags.js';
import { isTemplate } from './cloudformation/template.js';
import { isTerraformSource, readTerraform, refuseTerraformSource } from './terraform/read.js';
import { readTrees } from './yaml/tree.js';

export type { Given } from './cloudformation/scope.js';

/** No deployable template comes near; CloudFormation's own limit is 1 MB. Plans are larger, and read by a faster parser. */
const largestTemplate = 16 * 1024 * 1024;

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
  if (!/\S/.test(lines.text)) throw unreadable(file, 'the file is empty');
  if (isTerraformSource(file)) throw refuseTerraformSource(lines);
  const plan = readTerraform(lines);
  if (plan) return plan;
  if (lines.text.length > largestTemplate) throw tooLarge(file);
  const trees = readTrees(lines, readTag);
  const [tree] = trees;
  if (trees.length === 1 && tree && isTemplate(tree)) return readCloudFormation(tree, lines, given);
  const language = foreign(trees);
  if (language) return { file, reason: `${language}: this version reads CloudFormation and Terraform plans` };
  return { file, reason: 'not a CloudFormation template (no Resources with types, no AWSTemplateFormatVersion)' };
}

function foreign(trees: ReturnType<typeof readTrees>): string | undefined {
  const has = (...keys: string[]) =>
    trees.some((tree) => tree.kind === 'map' && keys.every((key) => tree.entries.has(key)));
  if (has('apiVersion', 'kind')) return 'Kubernetes manifest';
  if (has('terraform_version', 'lineage')) return 'Terraform state file; give what `terraform show -json` prints of it';
  if (has('$schema', 'contentVersion')) return 'ARM template';
  return undefined;
}

const unreadable = (file: string, message: string): RampartError =>
  new RampartError('RAMPART_MANIFEST_EMPTY', message, {
    exit: 'input',
    next: 'Give a template, or leave the file out.',
    position: { file, line: 1, column: 1 },
  });

const tooLarge = (file: string): RampartError =>
  new RampartError('RAMPART_TOO_LARGE', 'larger than 16 MiB, the most that is read of anything but a Terraform plan', {
    exit: 'input',
    next: 'Check that this is the right file; split it if it is.',
    position: { file, line: 1, column: 1 },
  });
