import { createHash } from 'node:crypto';
import { defaultLimits, readMember, sameDigests, stampReader, verifyBundle } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { readText } from '#io/read.js';
import type { Gated } from '#live/gated.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import { standpointOf } from './gate.js';
import { largestManifest, readManifests } from './manifests.js';
import { inputPath } from './member.js';
import { templatesOf } from './probe-keys.js';
import { loadTrust } from './trust.js';

export interface GatedFlags {
  gated: readonly string[];
  trust?: string | undefined;
}

/**
 * The templates that were gated: those the gate passed in a bundle that a trust policy vouches for, of files and folders, or those the system is
 * rendered to, which pass the gate by law.
 */
export async function gatedTemplates(
  { gated, trust }: GatedFlags,
  plan: Plan,
  base: ControlBase,
): Promise<readonly Gated[]> {
  if (gated.length === 0) return (await templatesOf(plan, base)).map(({ path, text }) => gatedAs(path, text));
  const bundles = gated.filter(isBundle);
  const paths = gated.filter((path) => !isBundle(path));
  const found = (await Promise.all(bundles.map((path) => ofBundle(path, trust)))).flat();
  if (paths.length > 0) {
    const { manifests } = await readManifests(paths, { ...standpointOf(plan, base).given, parameters: {} });
    const files = manifests.filter(({ language }) => language === 'cloudformation').map(({ file }) => file);
    for (const file of files) found.push(gatedAs(file, await readText(file, { maxBytes: largestManifest })));
  }
  if (found.length > 0) return found;
  throw new RampartError('RAMPART_NOTHING_GATED', 'What --gated names holds no CloudFormation template.', {
    exit: 'input',
    next: 'Name the templates that were judged, a folder of them, or the evidence bundle they were sealed in.',
  });
}

const isBundle = (path: string): boolean => path.endsWith('.evb.tar');

async function ofBundle(path: string, trust: string | undefined): Promise<Gated[]> {
  if (trust === undefined) {
    // Whoever can change a stack could make a bundle to match it.
    throw new RampartError('RAMPART_NO_TRUST', `Nobody vouches for ${path}: no trust policy was given.`, {
      exit: 'usage',
      next: 'Give the trust policy of the bundle with --trust.',
    });
  }
  const source = await readBundle(path, defaultLimits);
  const trustPolicy = await loadTrust(trust);
  const { level, manifest, verdict, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    trustPolicy,
  });
  if (level !== 'verified' || !manifest) {
    throw new RampartError('RAMPART_BUNDLE_UNTRUSTED', `${path} does not verify, so it does not say what was gated.`, {
      exit: 'untrusted',
      next: 'rampart evidence verify says which check failed.',
      problems,
    });
  }
  if (verdict?.result !== 'PASSED') {
    const why = verdict ? 'the gate did not pass what it holds' : 'it states no verdict of the gate';
    throw new RampartError('RAMPART_NOT_GATED', `${path} does not say what was gated: ${why}.`, {
      exit: 'untrusted',
      next: 'Name a bundle whose verdict is PASSED, made before what lives was deployed.',
    });
  }
  const passed = new Map(verdict.subjects.map(({ name, digest }) => [inputPath(name), digest]));
  return manifest.members
    .filter((member) => {
      // A plan, and a manifest with a Secret, are kept without what is secret: these are not what was passed.
      const digest = passed.get(member.path);
      return digest !== undefined && sameDigests(digest, member);
    })
    .map((member) => {
      const bytes = readMember(source, member.path);
      if (!bytes) throw new Error(`${member.path} of a verified bundle is missing`);
      return gatedAs(`${path}:${member.path}`, new TextDecoder().decode(bytes));
    });
}

const gatedAs = (path: string, text: string): Gated => ({ path, text, sha256: digestOf(text) });

/** Lower-case hex SHA-256 of the UTF-8 text. */
export const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
