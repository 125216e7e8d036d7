import type { Problem } from '#model/error.js';
import { visible } from '#model/unseen.js';

/** What the evidence room says of a bundle, as far as people are told. */
interface Told {
  level: 'verified' | 'intact' | 'not-trusted';
  identity?: string;
  signedBy: readonly string[];
  checks: readonly { name: string; ok: boolean | null; detail: string }[];
  problems: readonly Problem[];
  notes: readonly string[];
}

const verdicts: Record<Told['level'], string> = {
  verified: 'VERIFIED  signed by a key the trust policy pins',
  intact: 'INTACT  the digests hold, and nobody trusted vouches for it',
  'not-trusted': 'NOT TRUSTED',
};

/** The trust level first, then each check in the order it was made. Whatever is said of a bundle may quote who made it. */
export function verificationText(told: Told): string {
  const width = Math.max(...told.checks.map(({ name }) => name.length));
  const mark = (ok: boolean | null): string => (ok === null ? 'not made' : ok ? 'ok' : 'FAILED');
  return [
    verdicts[told.level],
    ...(told.identity ? [`bundle    sha256:${told.identity}`] : []),
    ...told.signedBy.map((key) => `signed by sha256:${key}`),
    '',
    ...told.checks.map(({ name, ok, detail }) =>
      `  ${name.padEnd(width)}  ${mark(ok).padEnd(8)}  ${visible(detail)}`.trimEnd(),
    ),
    ...(told.problems.length > 0 ? ['', ...told.problems.map(({ message }) => `  problem: ${visible(message)}`)] : []),
    ...(told.notes.length > 0 ? ['', ...told.notes.map((note) => `  note: ${visible(note)}`)] : []),
    '',
  ].join('\n');
}
