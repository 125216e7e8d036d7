import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import { type Manifest, withHeld } from '#model/resource.js';
import { type Given, readManifest } from '../../src/manifest/read.js';
import { against, azureGiven } from '../check/gate.js';

export const given: Given = { ...against.boundary, azure: azureGiven, parameters: {} };

/** No input of this size may take longer, in CPU time of this process. */
const longest = 1_000_000;

/** What is found on a text, and where each resource of it stands. */
export interface Found {
  findings: readonly Finding[];
  places: ReadonlyMap<string, number>;
  addresses: ReadonlySet<string>;
}

/** Findings on a text, or undefined for what is refused in the way it has to be. */
export function findingsOn(file: string, text: string, told: Given = given): Found | undefined {
  const began = process.cpuUsage();
  try {
    const manifest = readManifest(file, text, told);
    if (!('resources' in manifest)) return undefined;
    const findings = check([manifest as Manifest], against satisfies Against);
    // Positions and reasons are worked out when they are asked for.
    JSON.stringify(findings);
    for (const { verdict, requirement, reason } of findings)
      assert.notEqual(verdict, 'error', `${requirement}: ${reason}`);
    const resources = withHeld([manifest as Manifest]).flatMap((each) => each.resources);
    const places = new Map(manifest.resources.map(({ address, at }) => [address, at]));
    const addresses = new Set(resources.map(({ address }) => address));
    return { findings, places, addresses };
  } catch (error) {
    if (error instanceof RampartError && error.exit === 'input') return undefined;
    throw error;
  } finally {
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < longest, `${file} takes ${(user + system) / 1e6} s`);
  }
}

/**
 * What is spelt out is what these speak of: what comes from elsewhere is no secret, no address and no ARN of the template, whatever it
 * turns out to be.
 */
const readsSpelling = new Set([
  'arn-partition',
  'azure-endpoint-in-boundary',
  'config-map-no-secrets',
  'environment-in-boundary',
  'no-inline-secrets',
  'iam-no-long-lived-keys',
]);

/**
 * A pass holds whatever the open values turn out to be; a fail that names no branch does, too, unless what is given cannot be
 * deployed at all. A resource whose name is open is the one that stands at the same place of the same text later. Where several do,
 * such as the turns of a loop, what is said of all of them is true of all of them.
 */
export function assertSettled(open: Found, settled: Found, show: () => string): void {
  const later = grouped(settled, named);
  const laterAt = grouped(settled, placed);
  const openAt = grouped(open, placed);
  for (const finding of open.findings) {
    if (readsSpelling.has(finding.requirement)) continue;
    // A name with a bracket in it may be no open one: then it is there later too.
    const isOpen = finding.resource.includes('{') && later.get(named(finding))?.length !== 1;
    const here = isOpen ? openAt.get(placed(finding, open)) : undefined;
    if (here?.some(({ verdict, branch }) => verdict !== finding.verdict || branch !== finding.branch)) continue;
    // Where an open name comes to one that is there already, both would have it, which Azure and Kubernetes refuse.
    if (!isOpen && hasTwin(finding, settled)) continue;
    const after = isOpen ? laterAt.get(placed(finding, open)) : later.get(named(finding));
    for (const other of after ?? []) if (contradicts(finding, other)) assert.fail(told(finding, other, show()));
  }
}

const hasTwin = ({ resource }: Finding, { addresses }: Found): boolean =>
  addresses.has(`${resource}#2`) || addresses.has(`${resource}+`);

const contradicts = (open: Finding, settled: Finding): boolean =>
  open.verdict === 'pass'
    ? settled.verdict === 'fail'
    : open.verdict === 'fail' && open.branch === undefined && settled.verdict === 'pass' && !isMarked(open);

/** What is marked as sensitive and not known yet counts as a secret; a word that stands there later, such as `false`, does not. */
const isMarked = ({ reason }: Finding): boolean => /\bshows? a secret\b/.test(reason);

const told = ({ requirement, resource, verdict, reason }: Finding, after: Finding, shown: string): string =>
  `${requirement} on ${resource}: ${verdict} (${reason}) becomes ${after.verdict} (${after.reason})\n${shown}`;

const placed = ({ requirement, resource, type }: Finding, { places }: Found): string =>
  `${requirement} ${type} ${places.get(resource)}`;

const named = ({ requirement, resource }: Finding): string => `${requirement} ${resource}`;

function grouped(found: Found, key: (finding: Finding, found: Found) => string): ReadonlyMap<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of found.findings)
    groups.set(key(finding, found), [...(groups.get(key(finding, found)) ?? []), finding]);
  return groups;
}
