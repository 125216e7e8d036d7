import { assessmentOf, assessmentResults } from '#evidence/oscal/assessment-results.js';
import { type References, validateOscal } from '#evidence/oscal/validate.js';
import type { Selection } from '#model/baseline.js';
import { type Problem, RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { besideOf } from './beside.js';
import { notLookedAt } from './not-looked-at.js';

/** Where no system file names a system, the document must still name one. */
const noSystem = { id: 'no-system-file', name: 'Manifests judged without a system file' };

/** A run of the gate as OSCAL assessment results: the document evidence bundles seal, without what is known of a bundle only. */
export async function assess(
  result: Result,
  { baseline, plan }: { baseline: Selection; plan: Plan | undefined },
  time: Date,
): Promise<unknown> {
  const unread = result.files.filter(({ status }) => status === 'not-readable');
  if (unread.length > 0 && result.findings.length === 0) {
    throw new RampartError('RAMPART_NOT_ALL_READ', 'OSCAL has no results in which nothing was read.', {
      exit: 'input',
      next: 'Give manifests that can be read, or report in another format.',
      problems: unread.flatMap(({ file, notes }) => notes.map(({ message }) => ({ message: `${file}: ${message}` }))),
    });
  }
  const document = assessmentResults(
    assessmentOf({
      ...(plan ? { plan } : {}),
      findings: result.findings,
      system: plan ? { id: plan.system.id, name: plan.system.name } : noSystem,
      baseline,
      toolVersion: result.tool.version,
      controlDataDigest: result.controlData,
      time: time.toISOString(),
      // What could not be read is a risk of its own.
      notLookedAt: notLookedAt({ ...result, files: result.files.filter((file) => !unread.includes(file)) }),
      beside: besideOf(result),
      notRead: unread.map(({ file, notes }) => ({
        file,
        why: notes.map(({ message }) => message).join('; ') || 'it could not be read',
      })),
    }),
  );
  await refuseInvalid(document, 'reported');
  return document;
}

/** A document NIST's schema refuses is a bug of Rampart's, and nobody gets it. `done` says what was not done with it. */
export async function refuseInvalid(document: unknown, done: string, references?: References): Promise<void> {
  const { default: validate } = await import('#generated/oscal.js');
  refuseProblems(validateOscal(document, validate, references), done);
}

export function refuseProblems(problems: readonly Problem[], done: string): void {
  if (problems.length === 0) return;
  throw new RampartError('RAMPART_OSCAL_INVALID', `an OSCAL document is not valid, so nothing was ${done}`, {
    exit: 'bug',
    next: 'Report this with the system file and the manifests.',
    problems,
  });
}
