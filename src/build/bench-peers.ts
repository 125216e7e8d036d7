import { accessSync, constants, cpSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Case } from './measure.js';

/** Where a program of PATH is. */
export function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** As many as the FedRAMP Moderate set of AWS's own registry has. */
const mostRules = 86;

export interface Guard {
  /** What it ran, in words. */
  rules: string;
  /** Its whole run over a template or a folder of them, with one report a program can read. */
  on(data: string, what: string, rounds: number): Case;
}

/**
 * AWS's rule engine with rules of AWS: those its package brings (of Control Tower), or of a folder named in CFN_GUARD_RULES. Of more than
 * 86, every n-th is taken, so that it has as much to do as with the set for FedRAMP Moderate. Or why it cannot be run.
 */
export function guard(folder: string, root: string): Guard | string {
  const program = onPath('cfn-guard');
  if (!program) return 'not on PATH';
  const source = process.env.CFN_GUARD_RULES ?? join(dirname(realpathSync(program)), '../../../rules');
  let found: string[];
  try {
    found = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.guard'));
  } catch {
    return `no rules beside it (${source}); name a folder of them in CFN_GUARD_RULES (the npm package @cdklabs/cdk-validator-cfnguard has AWS's)`;
  }
  const rules = found.sort().filter((_, at) => found.length <= mostRules || isTaken(at, found.length));
  const copies = `${folder}/rules`;
  rmSync(join(root, copies), { recursive: true, force: true });
  mkdirSync(join(root, copies), { recursive: true });
  for (const path of rules) cpSync(join(source, path), join(root, copies, path.replaceAll('/', '_')));
  return {
    rules: `cfn-guard ran ${rules.length} of ${found.length} rules of ${source}, structured output`,
    on: (data, what, rounds) => ({
      name: `cfn-guard, ${what}`,
      command: 'cfn-guard',
      args: ['validate', '--structured', '-o', 'json', '-S', 'none', '-r', copies, '-d', data],
      rounds,
    }),
  };
}

/** Evenly spread over all of them. */
const isTaken = (at: number, of: number): boolean =>
  Math.floor((at * mostRules) / of) !== Math.floor(((at - 1) * mostRules) / of);

const parsers: Readonly<Record<string, string>> = {
  'js-yaml 5, events': "import{parseEvents}from'js-yaml';parseEvents(t)",
  yaml: "import{parseDocument}from'yaml';parseDocument(t,{logLevel:'silent'})",
};

/** What others take for some templates, for comparison only; `path` by what it holds. */
export function beside(
  templates: Readonly<Record<string, string>>,
  only: (name: string, path: string, script: string) => Case,
): { cases: readonly Case[]; skipped: string[] } {
  const cases = Object.entries(templates).flatMap(([what, path]) =>
    Object.entries(parsers).map(([name, script]) => only(`only parsing with ${name}, ${what}`, path, script)),
  );
  const [first] = Object.entries(templates);
  if (!first || !onPath('cfn-lint')) return { cases, skipped: ['cfn-lint: not on PATH'] };
  const [what, path] = first;
  const args = ['--regions', 'us-gov-west-1', '--', path];
  return { cases: [...cases, { name: `cfn-lint, ${what}`, command: 'cfn-lint', args, rounds: 2 }], skipped: [] };
}
