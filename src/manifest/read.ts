import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { withoutComments } from './arm/comments.js';
import { readArm } from './arm/read.js';
import { isArmTemplate } from './arm/template.js';
import { HeldObjects } from './cloudformation/held-objects.js';
import { readCloudFormation } from './cloudformation/read.js';
import { readTag } from './cloudformation/tags.js';
import { isTemplate } from './cloudformation/template.js';
import type { Given } from './given.js';
import { Cluster } from './kubernetes/cluster.js';
import { isObject } from './kubernetes/objects.js';
import { readKubernetes } from './kubernetes/read.js';
import { kustomization, refuseMixture, refuseTemplates, refuseTemplateText } from './kubernetes/refuse.js';
import { largestTemplate, linesOf, templateIn } from './template-file.js';
import {
  isTerraformJson,
  isTerraformSource,
  readTerraform,
  refuseTerraformSource,
  terraformJson,
} from './terraform/read.js';
import { type Raw, readTrees } from './yaml/tree.js';

export type { Given } from './given.js';
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
  if (!/\S/.test(lines.text)) throw unreadable(file, 'the file is empty');
  if (isTerraformSource(file)) throw refuseTerraformSource(lines);
  if (file.endsWith('.bicep')) return { file, reason: bicepSource };
  const plan = readTerraform(lines, cluster);
  if (plan) return plan;
  if (isTerraformJson(file)) return { file, reason: terraformJson };
  if (lines.text.length > largestTemplate) throw tooLarge(file);
  const trees = treesOf(lines);
  const template = templateIn(trees);
  if (template) return readCloudFormation(template, lines, given, new HeldObjects(cluster));
  const [tree] = trees;
  if (trees.length === 1 && tree && isArmTemplate(tree)) {
    return readArm(tree, lines, given.azure, { values: given.values ?? {}, texts: given.parameters });
  }
  const chart = kustomization(trees, file);
  if (chart !== undefined) return { file, reason: chart };
  if (trees.some(isObject)) {
    refuseMixture(trees, languageOf, lines);
    refuseTemplates(trees, lines);
    return readKubernetes(trees, lines, cluster);
  }
  const one = trees.find(isTemplate);
  if (one) throw severalDocuments(lines, one.at);
  for (const each of trees) {
    const language = languageOf(each);
    if (language)
      return {
        file,
        reason: `${language}: this version reads CloudFormation, ARM templates, Kubernetes and Terraform plans`,
      };
  }
  return {
    file,
    reason:
      'not a CloudFormation template (no Resources with types), not Kubernetes (no apiVersion and kind), no Terraform plan, no ARM template (no schema of one)',
  };
}

const bicepSource =
  'Bicep code, no template until it is built: judge the JSON that `az bicep build --file` makes of it';

function treesOf(lines: Lines): Raw[] {
  try {
    return readTrees(withoutComments(lines), readTag);
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
  if (has('terraform_version', 'lineage')) return 'Terraform state file; give what `terraform show -json` prints of it';
  if (has('$schema', 'contentVersion')) return 'ARM file that is no deployment template';
  return undefined;
}

const unreadable = (file: string, message: string): RampartError =>
  new RampartError('RAMPART_MANIFEST_EMPTY', message, {
    exit: 'input',
    next: 'Give a template, or leave the file out.',
    position: { file, line: 1, column: 1 },
  });

/** Left out as what is no manifest, a template that AWS would not take as it stands either would look like one that was judged. */
const severalDocuments = (lines: Lines, at: number): RampartError =>
  new RampartError('RAMPART_CFN_DOCUMENTS', 'a CloudFormation template beside other documents of its file', {
    exit: 'input',
    next: 'Give the template a file of its own, without further documents behind `---`.',
    position: lines.position(at),
  });

const tooLarge = (file: string): RampartError =>
  new RampartError('RAMPART_TOO_LARGE', 'larger than 16 MiB, the most that is read of anything but a Terraform plan', {
    exit: 'input',
    next: 'Check that this is the right file; split it if it is.',
    position: { file, line: 1, column: 1 },
  });
