import { labelOf } from '#model/control.js';
import type { SettingValue } from '#model/setting.js';
import { type Demand, hasType, rank, refusal, same, setOf, shown } from './combine.js';
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
  const refused = demands.map(({ demand }) => refusal(user, demand)).find((reason) => reason !== undefined);
  // A text that is none of those allowed is neither tighter nor looser.
  const isMisspelt = refused !== undefined && type === 'string';
  if (!isMisspelt && !meets(first.demand, user, needed)) {
    const breaking = demands.filter(({ value }) => !meets(first.demand, user, value));
    const why = breaking.map(
      ({ requirement, controls, value }) =>
        `${requirement} (${controls.map(labelOf).join(', ')}) needs ${bound(how, value)}`,
    );
    return {
      message: `${where} is looser than the plan allows: ${why.join('; ')}. Use ${bound(how, needed)}, or leave it out.`,
    };
  }
  if (refused !== undefined) return { message: `${where} ${refused}. ${nearest(first.demand, user, demands)}` };
  return { value: Array.isArray(user) ? setOf(user) : user };
}

const shownSafely = (value: SettingValue): string =>
  Array.isArray(value) ? `[${value.map(show).join(', ')}]` : show(value);

/** Whether a value is at least as tight as a needed one. */
function meets(demand: Demand['demand'], value: SettingValue, needed: SettingValue): boolean {
  const items = Array.isArray(value) ? (value as readonly string[]) : [];
  const wanted = Array.isArray(needed) ? (needed as readonly string[]) : [];
  switch (demand.combine) {
    case 'max':
      return rank(value, demand) >= rank(needed, demand);
    case 'min':
      return rank(value, demand) <= rank(needed, demand);
    case 'all':
      return value === true || needed === false;
    case 'union':
      return wanted.every((item) => items.includes(item));
    case 'intersection':
      return items.length > 0 && items.every((item) => wanted.includes(item));
    case 'equal':
      return same(value, needed);
    case 'choice':
      return true;
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
    choice: '',
  };
  return `${words[how]}${shown(value)}`;
}

/** The next tighter value a service takes, where values are numbers from a list. */
function nearest(demand: Demand['demand'], user: SettingValue, demands: readonly Demand[]): string {
  const options = demands
    .flatMap(({ demand }) => demand.allowed ?? [])
    .filter((option): option is number => typeof option === 'number' && meets(demand, option, user))
    .filter((option) => demands.every(({ demand }) => refusal(option, demand) === undefined));
  if (options.length === 0) return 'Leave it out to take the plan’s own value.';
  return `The next tighter value is ${demand.combine === 'max' ? Math.min(...options) : Math.max(...options)}.`;
}
