import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import validate from '#generated/validate-requirement.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import type { JudgingBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Requirement } from '#model/requirement.js';
import { readRequirement } from '#plan/read-requirement.js';

const largest = 1024 * 1024;

/** A requirement file of the user's, with its text. */
export interface OwnRequirement {
  file: string;
  text: string;
  requirement: Requirement;
}

/** The requirements under a folder, in the order of their files. */
export async function readRequirements(folder: string): Promise<OwnRequirement[]> {
  const { files, problems } = listFiles([folder], (path) => path.endsWith('.yaml'));
  const [problem] = problems;
  if (problem) throw problem.error;
  if (files.length === 0) {
    throw new RampartError('RAMPART_NO_REQUIREMENTS', `${folder} holds no requirement (no .yaml file).`, {
      exit: 'usage',
      next: 'Name a folder of files <category>/<id>.yaml.',
    });
  }
  const read: OwnRequirement[] = [];
  for (const file of files) {
    const text = await readText(file, { maxBytes: largest });
    const path = relative(folder, file).split(sep).join('/');
    read.push({ file, text, requirement: readRequirement(text, file, path, validate) });
  }
  return read;
}

/** A base with the requirements of some folders added; its digest and sources say so. */
export async function withOwnRequirements<Base extends JudgingBase>(
  base: Base,
  folders: readonly string[],
): Promise<Base> {
  const known = new Map(base.requirements.map(({ id }) => [id, 'a requirement Rampart ships']));
  const added: Requirement[] = [];
  const digest = createHash('sha256');
  for (const folder of folders) {
    for (const { file, text, requirement } of await readRequirements(folder)) {
      const other = known.get(requirement.id);
      if (other !== undefined) throw clash(requirement.id, file, other);
      known.set(requirement.id, file);
      const { examples: _, ...rest } = requirement;
      added.push(rest);
      digest.update(`${requirement.id}\n${text}\0`);
    }
  }
  return {
    ...base,
    digest: `${base.digest}+${digest.digest('hex')}`,
    sources: [...base.sources, `your own: ${added.length} requirements of ${folders.join(', ')}`],
    requirements: [...base.requirements, ...added].sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}

const clash = (id: string, file: string, other: string): RampartError =>
  new RampartError('RAMPART_REQUIREMENT_CLASH', `${file} has the id ${id}, which is also that of ${other}.`, {
    exit: 'input',
    next: 'Give it an id of its own.',
    position: { file, line: 1, column: 1 },
  });
