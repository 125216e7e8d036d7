import { basename, dirname } from 'node:path';
import { assertPinned, cosign, defaultLimits } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { loadBase, loadPlan } from './load.js';
import { type KeyFlags, keyPlaceOf, withSigner } from './signers.js';
import { loadTrust } from './trust.js';

interface SignOptions extends KeyFlags {
  system: string;
  trust?: string | undefined;
  out?: string | undefined;
  force: boolean;
}

/** The whole of `rampart evidence sign`: an archive is replaced as a whole, in a folder only the attestations are. */
export async function signEvidence(
  path: string,
  options: SignOptions,
): Promise<{ identity: string; keyid: string; written: readonly string[] }> {
  const source = await readBundle(path, defaultLimits);
  const policy = options.trust ? await loadTrust(options.trust) : undefined;
  const place = async () => {
    const { plan, base } = await loadPlan(options.system, await loadBase());
    return keyPlaceOf(plan, base);
  };
  const now = wallClock();
  return withSigner(options, place, async (signer) => {
    if (policy) assertPinned(policy, signer, now);
    const { identity, changed, archive } = await cosign(source, signer, { now });
    const { keyid } = signer;
    if ('files' in source && options.out === undefined) {
      return { identity, keyid, written: await writeWhole(changed, { root: path, force: true }) };
    }
    const target = options.out ?? path;
    const file = { path: basename(target), bytes: archive };
    const force = options.out === undefined || options.force;
    return { identity, keyid, written: await writeWhole([file], { root: dirname(target), force }) };
  });
}
