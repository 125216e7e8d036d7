import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Manifest } from '#model/resource.js';
import { type Given, readManifest } from '../../src/manifest/read.js';
import { against, azureGiven } from '../check/gate.js';

export const given: Given = { ...against.boundary, azure: azureGiven, parameters: {} };

/** No input of this size may take longer, in CPU time of this process. */
const longest = 1_000_000;

/** Findings on a text, or undefined for what is refused in the way it has to be. */
export function findingsOn(file: string, text: string, told: Given = given): Finding[] | undefined {
  const began = process.cpuUsage();
  try {
    const manifest = readManifest(file, text, told);
    if (!('resources' in manifest)) return undefined;
    const found = check([manifest as Manifest], against satisfies Against);
    // Positions and reasons are worked out when they are asked for.
    JSON.stringify(found);
    for (const finding of found) assert.notEqual(finding.verdict, 'error', `${finding.requirement}: ${finding.reason}`);
    return found;
  } catch (error) {
    if (error instanceof RampartError && error.exit === 'input') return undefined;
    throw error;
  } finally {
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < longest, `${file} takes ${(user + system) / 1e6} s`);
  }
}

/**
 * What is spelt out is what these speak of: what comes from elsewhere is no secret and no ARN of the template, whatever it
 * turns out to be.
 */
const readsSpelling = new Set(['arn-partition', 'no-inline-secrets', 'iam-no-long-lived-keys']);

/**
 * A pass holds whatever the open values turn out to be; a fail that names no branch does, too, unless what is given cannot be
 * deployed at all.
 */
export function assertSettled(open: readonly Finding[], settled: readonly Finding[], show: () => string): void {
  const later = new Map(settled.map((finding) => [`${finding.requirement} ${finding.resource}`, finding]));
  for (const finding of open) {
    // Of several resources whose names are open none can be told from another.
    if (readsSpelling.has(finding.requirement) || finding.resource.includes('{')) continue;
    const after = later.get(`${finding.requirement} ${finding.resource}`);
    if (!after) continue;
    const told = (): string =>
      `${finding.requirement} on ${finding.resource}: ${finding.verdict} (${finding.reason}) becomes ${after.verdict} (${after.reason})\n${show()}`;
    if (finding.verdict === 'pass') assert.notEqual(after.verdict, 'fail', told());
    if (finding.verdict === 'fail' && finding.branch === undefined) assert.notEqual(after.verdict, 'pass', told());
  }
}
