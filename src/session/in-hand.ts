import { isAbsolute, normalize, relative } from 'node:path';
import { canonicalBytes, type Judged } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';

/** What a deployment is made of beside its manifests, as a command line names it. */
export interface DeploymentFlags {
  parameters?: string | undefined;
  plan?: string | undefined;
  'change-set'?: string | undefined;
}

const large = { maxBytes: 64 * 1024 * 1024 };

/**
 * `./deploy/x`, `deploy//x`, the absolute path of either and, on Windows, `deploy\x` are one file, and one name of a subject. What is
 * outside the folder the command runs in is called as it was given.
 */
export function subjectName(path: string): string {
  const inside = relative('', path);
  return (isOutside(inside) ? normalize(path) : inside || '.').replaceAll('\\', '/');
}

/** Whether a name is of what is outside the folder the command runs in. */
export const isOutside = (path: string): boolean => isAbsolute(path) || /^\.\.(?:[/\\]|$)/.test(path);

/** The paths of what is to be sealed, as the bundle will call them: it has no place for what is above its own folder. */
export function sealedPaths(paths: readonly string[]): string[] {
  return paths.map((path) => {
    const name = subjectName(path);
    if (!isOutside(name)) return name;
    throw new RampartError('RAMPART_OUTSIDE_FOLDER', `${path} is outside the folder the command runs in`, {
      exit: 'usage',
      next: 'Run the command in a folder that holds all the manifests: a bundle calls them by their paths from there.',
    });
  });
}

/** The files a deployment is made of, each with what it is. */
export async function readInHand(manifests: readonly string[], flags: DeploymentFlags): Promise<readonly Judged[]> {
  const file = async (path: string, kind: Judged['kind']): Promise<Judged> => ({
    path: seen(subjectName(path)),
    bytes: await readBytes(path, large),
    kind,
  });
  return [
    ...(await Promise.all([...new Set(manifests)].map((path) => file(path, 'manifest')))),
    ...(flags.parameters === undefined ? [] : [await file(flags.parameters, 'parameters')]),
    ...(flags.plan === undefined ? [] : [await file(flags.plan, 'plan')]),
    ...(flags['change-set'] === undefined ? [] : [await readChangeSet(flags['change-set'])]),
  ];
}

/** A name that stands in a statement shows as it is. */
function seen(name: string): string {
  if (visible(name) === name) return name;
  throw new RampartError('RAMPART_MEMBER_PATH', `${visible(name)} has a control or invisible character in its name`, {
    exit: 'input',
    next: 'Rename the file: a name that does not show as it is could be taken for another.',
  });
}

/** What CloudFormation says of a change set that is not the change set: how far it has come. */
const passing = new Set(['CreationTime', 'ExecutionStatus', 'ResponseMetadata', 'Status', 'StatusReason']);

/**
 * A change set by what `aws cloudformation describe-change-set` says of it, read again just before it is executed: its ARN, its
 * stack, parameters, capabilities, tags, roll-back and changes. Its name is the ARN.
 */
async function readChangeSet(path: string): Promise<Judged> {
  const bytes = await readBytes(path, large);
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse(path, 'is not JSON');
  }
  const fields = (typeof said === 'object' && said !== null && !Array.isArray(said) ? said : {}) as Record<
    string,
    unknown
  >;
  const { ChangeSetId: arn, NextToken: next, Status: status } = fields;
  if (
    typeof arn !== 'string' ||
    !/^arn:[a-z-]+:cloudformation:[a-z0-9-]+:\d{12}:changeSet\/[\w-]+\/[\w-]+$/.test(arn)
  ) {
    throw refuse(path, 'names no change set by its ARN');
  }
  if (next !== undefined && next !== null) throw refuse(path, 'holds the first page of the changes only');
  if (status !== 'CREATE_COMPLETE') throw refuse(path, 'is of a change set that is not ready to be executed');
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !passing.has(name)));
  return { path: arn, bytes: canonicalBytes(kept), kind: 'change-set' };
}

const refuse = (path: string, what: string): RampartError =>
  new RampartError('RAMPART_CHANGE_SET', `${path} ${what}`, {
    exit: 'input',
    next: 'Give what `aws cloudformation describe-change-set --output json` prints of a change set that was created.',
  });
