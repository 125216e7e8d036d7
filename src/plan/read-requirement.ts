import type { ErrorObject } from 'ajv';
import { RampartError } from '#model/error.js';
import { type Category, categories, type Requirement } from '#model/requirement.js';
import { pathText } from './path-text.js';
import { problemsOf } from './problems.js';
import type { Validate } from './read-system.js';
import type { Fault } from './schema-problem.js';
import { visible } from './show.js';
import { parseSource } from './source.js';
import { didYouMean } from './suggest.js';

/**
 * Reads a requirement a user brings. `path` is its path in the user's folder, `<category>/<id>.yaml` like the shipped ones. Throws
 * RAMPART_REQUIREMENT_UNREADABLE or RAMPART_REQUIREMENT_INVALID (exit `input`) with every place at fault.
 */
export function readRequirement(text: string, file: string, path: string, validate: Validate): Requirement {
  const source = parseSource(text, file, {
    code: 'RAMPART_REQUIREMENT_UNREADABLE',
    what: 'a requirement',
    next: 'Mend it: rampart explain shows what a requirement holds, and every shipped one is an example.',
  });
  const errors = validate(source.value);
  const faults = errors.length > 0 ? errors.slice(0, 50).map(faultOf) : placeFaults(source.value as Requirement, path);
  if (faults.length === 0) {
    const requirement = source.value as Requirement;
    const [category] = path.split('/');
    return { ...requirement, category: category as Category, settings: requirement.settings ?? {} };
  }
  const problems = problemsOf(faults, source);
  throw new RampartError('RAMPART_REQUIREMENT_INVALID', `${file} is no requirement`, {
    exit: 'input',
    next: 'Correct the places named above.',
    position: problems[0]?.position,
    problems,
  });
}

/** The folder says the category, the name of the file the id: people find a requirement by both. */
function placeFaults({ id }: Requirement, path: string): Fault[] {
  const [category = '', name] = path.split('/');
  if (!categories.some((each) => each === category)) {
    const message = `the file must stand in a folder named for its category: ${categories.join(', ')}.${didYouMean(category, categories)}`;
    return [{ path: ['id'], message }];
  }
  return name === `${id}.yaml` ? [] : [{ path: ['id'], message: `the file must be named for its id: ${id}.yaml` }];
}

function faultOf({ instancePath, keyword, params, message = '' }: ErrorObject): Fault {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const where = path.length > 0 ? `${pathText(path)} ` : '';
  if (keyword === 'additionalProperties') {
    const key = visible(String(params.additionalProperty), 80);
    return { path: [...path, String(params.additionalProperty)], key: true, message: `${where}has no field ${key}` };
  }
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : '';
  return { path, message: `${where}${visible(message, 160)}${allowed}` };
}
