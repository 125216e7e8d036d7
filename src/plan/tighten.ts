import type { SettingValue } from '#model/setting.js';
import { type Demand, hasType, refusal, same, setOf, shown } from './combine.js';
import { show } from './show.js';

export type Tightened = { value: SettingValue } | { message: string };

/**
 * The user's own value of a setting, if it is at least as tight as `needed`, which the demands made. A looser one is refused with
 * the requirements and controls it would break.
 */
export function tighten(id: string, user: SettingValue, needed: SettingValue, demands: readonly Demand[]): Tightened {
  const [first] = demands;
  if (!first) return { message: `settings: ${show(id)} is not used.` };
  const { type, combine: how } = first.demand;
  const where = `settings."${id}": ${typeof user === 'string' ? show(user) : shownSafely(user)}`;
  if (!hasType(user, type)) return { message: `${where} is not of type ${type}. The plan needs ${shown(needed)}.` };
  if (!meets(how, user, needed)) {
    const breaking = demands.filter(({ value }) => !meets(how, user, value));
    const why = breaking.map(
      ({ requirement, controls, value }) => `${requirement} (${controls.join(', ')}) needs ${bound(how, value)}`,
    );
    return {
      message: `${where} is looser than the plan allows: ${why.join('; ')}. Use ${bound(how, needed)}, or leave it out.`,
    };
  }
  const refused = demands.map(({ demand }) => refusal(user, demand)).find((reason) => reason !== undefined);
  if (refused !== undefined) return { message: `${where} ${refused}. ${nearest(how, user, demands)}` };
  return { value: Array.isArray(user) ? setOf(user) : user };
}

const shownSafely = (value: SettingValue): string =>
  Array.isArray(value) ? `[${value.map(show).join(', ')}]` : show(value);

/** Whether a value is at least as tight as a needed one. */
function meets(how: Demand['demand']['combine'], value: SettingValue, needed: SettingValue): boolean {
  const items = Array.isArray(value) ? (value as readonly string[]) : [];
  const wanted = Array.isArray(needed) ? (needed as readonly string[]) : [];
  switch (how) {
    case 'max':
      return Number(value) >= Number(needed);
    case 'min':
      return Number(value) <= Number(needed);
    case 'all':
      return value === true || needed === false;
    case 'union':
      return wanted.every((item) => items.includes(item));
    case 'intersection':
      return items.length > 0 && items.every((item) => wanted.includes(item));
    case 'equal':
      return same(value, needed);
  }
}

/** The value needed, with the side on which tighter lies. */
function bound(how: Demand['demand']['combine'], value: SettingValue): string {
  const words = {
    max: 'at least ',
    min: 'at most ',
    all: '',
    union: 'all of ',
    intersection: 'only items of ',
    equal: '',
  };
  return `${words[how]}${shown(value)}`;
}

/** The next tighter value a service takes, where values are numbers from a list. */
function nearest(how: Demand['demand']['combine'], user: SettingValue, demands: readonly Demand[]): string {
  const options = demands
    .flatMap(({ demand }) => demand.allowed ?? [])
    .filter((option): option is number => typeof option === 'number' && meets(how, option, user))
    .filter((option) => demands.every(({ demand }) => refusal(option, demand) === undefined));
  if (options.length === 0) return 'Leave it out to take the plan’s own value.';
  return `The next tighter value is ${how === 'max' ? Math.min(...options) : Math.max(...options)}.`;
}
