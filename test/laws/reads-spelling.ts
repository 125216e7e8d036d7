/**
 * Requirement → values it reads where a manifest spells them out; what is not spelt out is left to the requirement of the property it stands
 * in, or to whoever gives it. An address, an
 * option or a script with a password in it may stand under any name.
 */
const values = new Map([
  ['arn-partition', /^/],
  ['azure-endpoint-in-boundary', /^/],
  ['delivery-in-boundary', /states:::http:invoke/],
  ['environment-in-boundary', /^/],
  ['no-inline-secrets', /:\/\/[^/\s"]*@|mysql |(?:^|")--|;Password=/],
]);

/** Whether a requirement reads a value, or a manifest with such values in it, by its spelling alone. */
export const readsSpelling = (requirement: string, text: unknown): boolean =>
  values.get(requirement)?.test(String(text)) === true;
