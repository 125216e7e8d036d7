import { wallClock } from '#io/clock.js';
import { terminal } from '#io/environment.js';
import { readText } from '#io/read.js';
import { replaceText } from '#io/replace-file.js';
import type { Given } from '#manifest/template-file.js';
import type { JudgingBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { FileFix, NotMended } from '#model/fix.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { fixText, visible } from '#report/fix.js';
import {
  type Asked,
  againstOf,
  askedBy,
  type GateOptions,
  judge,
  runGate,
  type Said,
  type Standpoint,
  standpoint,
} from './gate.js';
import { loadBase } from './load.js';
import { largestManifest, readManifests } from './manifests.js';
import { mend } from './mend.js';

export interface FixOptions extends GateOptions {
  yes: boolean;
}

/** What would be changed, with the text of each file as it may be shown. */
export interface Fixes {
  fixes: readonly FileFix[];
  notMended: readonly NotMended[];
  sources: ReadonlyMap<string, Lines>;
}

/**
 * The whole of `rampart check --fix`: shows what would be changed, writes it if that is wanted, and then judges what is on the disk.
 * `say` writes beside the report. Where nobody can be asked and nobody said yes, nothing is written.
 */
export async function runFix(
  paths: readonly string[],
  options: FixOptions,
  version: string,
  say: (text: string) => void,
): Promise<Said> {
  // A run that ends for want of it has written nothing.
  const { 'baseline-file': accepted } = options;
  if (accepted !== undefined) await (await import('./accepted-file.js')).loadAccepted(accepted);
  const shipped = await loadBase(options.controls, options.requirements);
  const { base, ...stand } = await standpoint(shipped, options);
  const parameters = options.parameters
    ? await (await import('./parameters.js')).loadParameters(options.parameters)
    : { parameters: {} };
  const found = await fixesOf(
    paths.filter((path) => path !== '-'),
    { ...stand.given, ...parameters },
    base,
    stand,
    await askedBy(options, base, stand),
  );
  say(fixText(found.fixes, found.notMended, found.sources));
  if (found.fixes.length > 0) {
    if (await isWanted(options.yes, found.fixes.length)) {
      for (const fix of found.fixes) say(visible(await write(fix)));
    } else say('Nothing was written. Add --yes to write without being asked.\n');
  }
  return runGate(paths, options, version);
}

/** What `check --fix` would do to the manifests under some paths. */
export async function fixesOf(
  paths: readonly string[],
  given: Given,
  base: JudgingBase,
  stand: Standpoint,
  asked: Asked = {},
): Promise<Fixes> {
  const read = await readManifests(paths, given);
  const texts = new Map<string, string>();
  for (const { file, language, lines } of read.manifests) {
    if (language !== 'cloudformation' && language !== 'kubernetes') continue;
    const text = await readText(file, { maxBytes: largestManifest });
    // What changes while it is read would be mended by what it said before.
    if (language !== 'kubernetes' && text !== lines.text) throw changed(file);
    texts.set(file, text);
  }
  const against = againstOf(base, stand, asked.profile);
  const judged = (manifests: readonly Manifest[]): readonly Finding[] => {
    const files = manifests.map(({ file }) => ({ file, status: 'judged' as const, resources: 0, notes: [] }));
    return judge({ manifests: [...manifests], files, sources: new Map() }, base, stand, '', wallClock(), asked)
      .findings;
  };
  return { ...mend(texts, { given, against, judge: judged }), sources: read.sources };
}

/** Writes one file and says so. One that cannot be written never keeps the others from it. */
async function write({ file, before, after }: FileFix): Promise<string> {
  try {
    await replaceText(file, before, after, largestManifest);
    return `written: ${file}\n`;
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return `not written: ${file}: ${error.message} (${error.code})\n`;
  }
}

async function isWanted(yes: boolean, files: number): Promise<boolean> {
  if (yes) return true;
  if (!terminal(process.stderr).interactive) return false;
  const { confirm } = await import('@inquirer/prompts');
  const message = files === 1 ? 'Write this file?' : `Write these ${files} files?`;
  return confirm({ message, default: false }, { output: process.stderr });
}

const changed = (file: string): RampartError =>
  new RampartError('RAMPART_CHANGED_MEANWHILE', `${file} was changed while it was read.`, {
    exit: 'outside',
    next: 'Run the command again.',
  });
