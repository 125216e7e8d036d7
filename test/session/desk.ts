import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'mocha';
import { type Against, check } from '#check/check.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { type Read, readManifests } from '../../src/session/manifests.js';
import { against, azureGiven } from '../check/gate.js';

/** Folders of files that are gone after each test. */
export function folders(): (files: Readonly<Record<string, string>>) => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return (files) => {
    const folder = mkdtempSync(join(tmpdir(), 'rampart-session-'));
    made.push(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  };
}

export interface Judged {
  read: Read;
  findings: Finding[];
  /** `file status` of every row, without the folder. */
  rows: string[];
}

/** Reads some paths as `rampart check` does, and judges what was read. */
export async function judged(
  folder: string,
  paths: readonly string[] = [folder],
  by: Against = against,
): Promise<Judged> {
  const read = await readManifests(paths, { ...against.boundary, azure: azureGiven, parameters: {} });
  const row = ({ file, status }: Result['files'][number]) => `${file.replace(`${folder}/`, '')} ${status}`;
  return { read, findings: check(read.manifests, by), rows: read.files.map(row) };
}

/** `address verdict` of what one requirement says. */
export const said = ({ findings }: Judged, requirement: string): string[] =>
  findings.filter((each) => each.requirement === requirement).map(({ resource, verdict }) => `${resource} ${verdict}`);
