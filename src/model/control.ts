/** A NIST SP 800-53 rev 5 control or enhancement, under its OSCAL id (`sc-28`, `sc-28.1`) and its printed label (`SC-28(1)`). */
export interface Control {
  id: string;
  label: string;
  title: string;
  /** Set where its publisher leaves nothing in it open. Of others it is not known here. */
  parameters?: 'none';
}

/** `sc` of `sc-28.1`. */
export const familyOf = (controlId: string): string => controlId.slice(0, controlId.indexOf('-'));

/**
 * The id a person may have typed, in OSCAL form: `SC-28(1)`, `sc-28.1` and `SC-28 (1)` are the same control. Returns
 * undefined when the text does not look like a control at all.
 */
export function controlIdOf(text: string): string | undefined {
  const match = text.length > 100 ? null : /^([a-z]{2})-0*(\d+)(?:[.(\s]+0*(\d+)\)?)?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, family, number, enhancement] = match as unknown as [string, string, string, string | undefined];
  return `${family.toLowerCase()}-${number}${enhancement ? `.${enhancement}` : ''}`;
}

/** The printed label of an OSCAL control id: `SC-28(1)` for `sc-28.1`. */
export const labelOf = (controlId: string): string => controlId.toUpperCase().replace(/\.(\d+)$/, '($1)');

const atOneWidth = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(6, '0'));

/** `ac-2` before `ac-10`, as the catalog prints them. Collation tables take longer to load than numbers to pad. */
export function byNumber(left: string, right: string): number {
  const [one, other] = [`${atOneWidth(left)} ${left}`, `${atOneWidth(right)} ${right}`];
  return one === other ? 0 : one < other ? -1 : 1;
}
