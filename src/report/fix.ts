import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FileFix, NotMended, Replacement } from '#model/fix.js';
import type { Lines } from '#model/position.js';
import { visibleLines } from '#model/unseen.js';

/**
 * What `check --fix` would change, as a unified diff, and what it leaves alone. `sources` is the text of each file as it may be
 * shown, with secrets blotted out; places are the same in both.
 */
export function fixText(
  fixes: readonly FileFix[],
  notMended: readonly NotMended[],
  sources: ReadonlyMap<string, Lines>,
): string {
  const patches = fixes.map((fix) => {
    const before = sources.get(fix.file)?.text ?? fix.before;
    const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
    return visible(
      createTwoFilesPatch(fix.file, fix.file, before, replaced(before, fix.replacements), '', '', options),
    );
  });
  const left = notMended.map(({ file, requirement, resource, reason }) =>
    visible(`left alone: ${file}: ${requirement} of ${resource}: ${reason}\n`),
  );
  const findings = new Set(
    fixes.flatMap(({ file, edits }) =>
      edits.map(({ requirement, resource }) => JSON.stringify([file, requirement, resource])),
    ),
  ).size;
  const sum =
    findings === 0
      ? 'No finding has one right value that can be written. Only CloudFormation and Kubernetes manifests are.\n'
      : `${count(findings, 'finding')} in ${count(fixes.length, 'file')} can be mended. Read what it changes before you deploy it.\n`;
  return [...patches, ...left, sum].join('');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: words } of replacements) {
    result += text.slice(done, start) + words;
    done = end;
  }
  return result + text.slice(done);
}

/** Text of a file as a terminal may be given it. */
export const visible = (text: string): string => visibleLines(text.replaceAll('\r', ''));
