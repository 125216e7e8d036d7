/** One step of an address or reference: a name, or the key of an instance as it is written (`0`, `"eu"`). */
export type Step = { name: string } | { key: string };

const step = /(?:^|\.)([^.[\]]+)|\[("(?:[^"\\]|\\.)*"|\d+)\]/gy;

/** The steps of an address such as `module.a["x"].aws_s3_bucket.b[0]`; undefined for a text that is none. */
export function stepsOf(address: string): readonly Step[] | undefined {
  return namesOf(address) ?? anySteps(address);
}

/** Most addresses are names alone. */
function namesOf(address: string): readonly Step[] | undefined {
  if (address.includes('[') || address.includes(']')) return undefined;
  const names = address.split('.');
  return names.includes('') ? undefined : names.map((name) => ({ name }));
}

function anySteps(address: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < address.length) {
    const match = step.exec(address);
    if (!match) return undefined;
    steps.push(match[1] !== undefined ? { name: match[1] } : { key: match[2] as string });
  }
  return steps;
}

/** Names of the modules on the way to a module, without the keys of their instances. */
export function modulePath(address: string): readonly string[] {
  const steps = stepsOf(address) ?? [];
  return steps.flatMap((each, index) => {
    const before = steps[index - 1];
    return 'name' in each && before && 'name' in before && before.name === 'module' && isModuleWord(steps, index - 1)
      ? [each.name]
      : [];
  });
}

/** A module may itself be called `module`: the word alternates with names, keys left out. */
function isModuleWord(steps: readonly Step[], index: number): boolean {
  const names = steps.slice(0, index + 1).filter((each) => 'name' in each);
  return names.length % 2 === 1;
}

/** The module an instance of a module stands in: `module.a.module.b["x"]` → `module.a`. */
export function parentModule(address: string): string {
  const steps = stepsOf(address) ?? [];
  const end = steps.at(-1) && 'key' in (steps.at(-1) as Step) ? -3 : -2;
  return spell(steps.slice(0, end));
}

/** The key of the last instance in an address: `["x"]`, `[0]` or nothing. */
export const lastKey = (address: string): string =>
  (address.endsWith(']') && /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/.exec(address)?.[0]) || '';

export const spell = (steps: readonly Step[]): string =>
  steps.map((each, index) => ('key' in each ? `[${each.key}]` : index === 0 ? each.name : `.${each.name}`)).join('');

/** An address seen from the root: `module.a` and `aws_kms_key.b` → `module.a.aws_kms_key.b`. */
export const inModule = (module: string, address: string): string => (module === '' ? address : `${module}.${address}`);
