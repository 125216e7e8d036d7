import { type Control, labelOf } from '#model/control.js';
import { below, type Fields, fields, list, member, type Place, text } from './shape.js';

/** A control as an OSCAL catalog holds it, with the place it was read from. */
export interface OscalControl {
  fields: Fields;
  place: Place;
}

const deepest = 30;

/** Every control of a catalog, nested ones too, by id. */
export function controlsOf(catalog: Fields, place: Place): Map<string, OscalControl> {
  const found = new Map<string, OscalControl>();
  const visit = (owner: unknown, at: Place, depth: number): void => {
    if (depth > deepest) return;
    list(member(owner, 'controls'), below(at, 'controls')).forEach((given, index) => {
      const where = below(at, 'controls', index);
      const control = fields(given, where);
      found.set(text(control.id, below(where, 'id')), { fields: control, place: where });
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
  title: text(control.title, below(place, 'title')),
});
