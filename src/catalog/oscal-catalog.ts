import { type Control, labelOf } from '#model/control.js';
import { below, type Fields, fields, list, member, type Place, printable, text, wrongShape } from './shape.js';

/** A control as an OSCAL catalog holds it, with the place it was read from. */
export interface OscalControl {
  fields: Fields;
  place: Place;
}

const deepest = 30;

/** An OSCAL token. */
const token = /^[A-Za-z_][A-Za-z0-9._-]{0,79}$/;

/** What is withdrawn is in a catalog only so that its number is not given again. */
const isWithdrawn = (control: Fields, place: Place): boolean =>
  list(control.props, below(place, 'props')).some(
    (prop) => member(prop, 'name') === 'status' && /^withdrawn$/i.test(String(member(prop, 'value'))),
  );

/** Every control of a catalog that is not withdrawn, nested ones too, by id. */
export function controlsOf(catalog: Fields, place: Place): Map<string, OscalControl> {
  const found = new Map<string, OscalControl>();
  const visit = (owner: unknown, at: Place, depth: number): void => {
    if (depth > deepest) throw wrongShape(at, `nested less than ${deepest} deep`);
    list(member(owner, 'controls'), below(at, 'controls')).forEach((given, index) => {
      const where = below(at, 'controls', index);
      const control = fields(given, where);
      const id = text(control.id, below(where, 'id'));
      if (!token.test(id)) throw wrongShape(below(where, 'id'), 'an id such as ac-2.1');
      if (found.has(id)) throw wrongShape(where, `another control: ${id} stands twice`);
      if (!isWithdrawn(control, where)) found.set(id, { fields: control, place: where });
      visit(control, where, depth + 1);
    });
    list(member(owner, 'groups'), below(at, 'groups')).forEach((group, index) => {
      visit(group, below(at, 'groups', index), depth + 1);
    });
  };
  visit(catalog, place, 0);
  return found;
}

/** Ids of the controls nested under one: what `with-child-controls` adds. */
export const childrenOf = (control: OscalControl | undefined): string[] =>
  control ? [...controlsOf({ controls: control.fields.controls ?? [] }, control.place).keys()] : [];

export const controlFacts = (id: string, { fields: control, place }: OscalControl): Control => ({
  id,
  label: labelOf(id),
  title: printable(text(control.title, below(place, 'title'))),
});
