import { below, type Fields, fields, list, member, optionalText, type Place, printable, wrongShape } from './shape.js';

/** Parameter id → how it reads inside a sentence. */
export type Insertions = ReadonlyMap<string, string>;

/** Deeper than any publication nests; a hostile file may not exhaust the stack. */
const deepest = 30;

/** Parts that test a control instead of stating it. */
const notStated = new Set(['assessment-objective', 'assessment-method', 'assessment-objects']);

/** The statement and guidance of a control as lines of text, sub-items indented, parameters filled in. */
export function proseOf(control: Fields, place: Place, insertions: Insertions): string {
  const lines: string[] = [];
  const walk = (owner: unknown, at: Place, depth: number): void => {
    if (depth > deepest) throw wrongShape(at, `nested less than ${deepest} deep`);
    list(member(owner, 'parts'), below(at, 'parts')).forEach((given, index) => {
      const where = below(at, 'parts', index);
      const part = fields(given, where);
      if (notStated.has(String(part.name))) return;
      const label = labelOf(part, where);
      const prose = optionalText(part.prose);
      const title = part.name === 'guidance' ? 'Guidance: ' : '';
      if (prose !== undefined) {
        lines.push(
          `${'  '.repeat(depth)}${title}${label ? `${printable(label)} ` : ''}${printable(filledIn(prose, insertions))}`,
        );
      }
      walk(part, where, prose === undefined ? depth : depth + 1);
    });
  };
  walk(control, place, 0);
  return lines.join('\n');
}

function labelOf(part: Fields, place: Place): string | undefined {
  const found = list(part.props, below(place, 'props')).find((prop) => member(prop, 'name') === 'label');
  return optionalText(member(found, 'value'));
}

/** Replaces `{{ insert: param, ac-1_prm_1 }}`. */
const filledIn = (prose: string, insertions: Insertions): string =>
  prose.replace(/\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}/g, (_, id: string) => insertions.get(id) ?? `[${id}]`);

/** How each parameter of a control reads: its value, its choices or what is to be assigned. */
export function insertionsOf(
  params: readonly unknown[],
  set: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const found = new Map<string, string>();
  const words = (param: unknown): string => {
    const id = String(member(param, 'id'));
    const values = set.get(id);
    if (values) return values.map((value) => value.trim()).join('; ');
    const select = member(param, 'select');
    const choices = member(select, 'choice');
    if (Array.isArray(choices)) return `[one of: ${choices.map(String).join('; ')}]`;
    return `[${optionalText(member(param, 'label')) ?? id}]`;
  };
  for (const param of params) found.set(String(member(param, 'id')), words(param));
  // Choices may themselves insert a parameter.
  for (const [id, value] of found) found.set(id, filledIn(value, found));
  return found;
}
