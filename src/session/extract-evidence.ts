import { defaultLimits, filesOf, stampReader, verifyBundle } from '#evidence/index.js';
import { readBundle, standingIn } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';
import { loadTrust } from './trust.js';

/** Writes a bundle's files below a folder, once it is whole; with a trust policy only when it is verified. */
export async function extractEvidence(
  path: string,
  { out, trust, force }: { out: string; trust?: string | undefined; force: boolean },
): Promise<{ written: readonly string[]; identity: string }> {
  const source = await readBundle(path, defaultLimits);
  const trustPolicy = trust ? await loadTrust(trust) : undefined;
  const { level, identity, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    trustPolicy,
  });
  if (level === 'not-trusted' || identity === undefined) {
    throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', `${path} is not to be relied on; nothing was written`, {
      exit: 'untrusted',
      next: 'rampart evidence verify says which check failed.',
      problems,
    });
  }
  const files = filesOf(source);
  refuseStrays(new Set(files.map((file) => file.path)), out);
  return { written: await writeWhole(files, { root: out, force }), identity };
}

/** So many strays are named. */
const mostNamed = 20;

/** Whoever reads the folder would take a file that stood there before for a part of the bundle, and it would not verify. */
function refuseStrays(own: ReadonlySet<string>, out: string): void {
  const strays: string[] = [];
  for (const path of standingIn(out)) {
    if (!own.has(path)) strays.push(path);
    if (strays.length > mostNamed) break;
  }
  if (strays.length === 0) return;
  const named = strays.slice(0, mostNamed).map((path) => ({ message: `${visible(path)} is not of the bundle` }));
  throw new RampartError(
    'RAMPART_EXTRACT_STRAYS',
    `${visible(out)} holds what is not of this bundle; nothing was written`,
    {
      exit: 'usage',
      next: 'Name another folder, or take away what is there: --force replaces files of the bundle only.',
      problems: strays.length > mostNamed ? [...named, { message: 'and more' }] : named,
    },
  );
}
