import { basename, dirname } from 'node:path';
import { judgedSubjects, sealVerdict } from '#evidence/index.js';
import { now } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { Result } from '#model/result.js';
import type { GateOptions, Standpoint } from './gate.js';
import { type DeploymentFlags, readInHand, subjectName } from './in-hand.js';
import { loadBase } from './load.js';
import { judgedTexts, readAssemblies, withGrounds } from './rests-on.js';
import { type KeyFlags, keyPlaceOf, withSigner } from './signers.js';

interface Judging {
  result: Result;
  manifests: readonly Manifest[];
  /** Manifests of the assemblies that were read, with their text. */
  records: ReadonlyMap<string, string> | undefined;
  stand: Standpoint;
}

/** Writes what the gate said as a signed statement. A run that did not judge everything it was given states nothing. */
export async function attest(
  to: string,
  options: GateOptions & KeyFlags & DeploymentFlags & { environment?: string | undefined },
  { result, manifests, records, stand }: Judging,
): Promise<void> {
  const texts = judgedTexts(manifests);
  refuseIncomplete(result, texts);
  const { plan } = stand;
  const beside = await readAssemblies(result.files, records);
  const inHand = [...withGrounds(await readInHand([...texts.keys()], options), result.files, beside), ...beside];
  const written = new Map([...texts].map(([file, lines]) => [subjectName(file), lines.written]));
  for (const { path, bytes, kind } of inHand) {
    if (kind === 'manifest' && written.get(path) !== new TextDecoder('utf-8').decode(bytes)) throw changed(path);
  }
  const verdict = {
    subjects: judgedSubjects(inHand),
    result: result.gate?.exit === 'passed' ? ('PASSED' as const) : ('FAILED' as const),
    toolVersion: result.tool.version,
    timeVerified: now().toISOString(),
    ...(plan ? { system: { id: plan.system.id, environment: options.environment ?? 'production' } } : {}),
    baseline: result.baseline,
    controlData: result.controlData,
  };
  const place = async () => {
    if (plan) return keyPlaceOf(plan, await loadBase());
    throw new RampartError('RAMPART_NO_SYSTEM', 'a key of KMS is looked for in the boundary of a system', {
      exit: 'usage',
      next: 'Give --system, or sign with --key.',
    });
  };
  const bytes = await withSigner(options, place, (signer) => sealVerdict(verdict, [signer]));
  await writeWhole([{ path: basename(to), bytes }], { root: dirname(to), force: options.force });
}

/** Standard input has no name by which a deployment could know it; a profile, a threshold or a file left out is less than the gate. */
function refuseIncomplete({ files, profile, findings }: Result, texts: ReadonlyMap<string, Lines>): void {
  const unread = files.filter(({ status }) => status === 'not-readable');
  const why =
    unread.length > 0
      ? 'not every file could be read'
      : profile !== undefined
        ? 'only some requirements were judged'
        : texts.has('stdin')
          ? 'standard input has no name a deployment would know'
          : texts.size === 0 || findings.length === 0
            ? 'nothing was judged'
            : findings.some(({ toleratedBy }) => toleratedBy !== undefined)
              ? 'findings were let by (--fail-on, --unknown, --baseline-file or gate: of the system file), which a verdict does not say'
              : undefined;
  if (why === undefined) return;
  throw new RampartError('RAMPART_NOT_ATTESTED', `no verdict was signed: ${why}`, {
    exit: 'input',
    next: 'Give the files that will be deployed, each readable, and judge them by all requirements; waive what is accepted.',
    problems: unread.flatMap(({ notes }) => notes),
  });
}

const changed = (path: string): RampartError =>
  new RampartError('RAMPART_CHANGED_MEANWHILE', `${path} was changed while it was judged; no verdict was signed`, {
    exit: 'outside',
    next: 'Run the command again.',
  });
