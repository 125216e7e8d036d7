import { familyOf } from './control.js';

/** What kind of work controls mostly ask for; Rampart's own sorting. */
export interface Natures {
  /** Kind → what it is, as the end of a sentence. */
  natures: Readonly<Record<string, string>>;
  /** Family → kind. */
  families: Readonly<Record<string, string>>;
  /** Control → kind, where it is not its family's. */
  exceptions: Readonly<Record<string, string>>;
}

/** The kind of work a control asks for, with the words for it. */
export function natureOf(control: string, { natures, families, exceptions }: Natures): { kind: string; words: string } {
  const kind =
    (Object.hasOwn(exceptions, control) ? exceptions[control] : families[familyOf(control)]) ?? 'configuration';
  return { kind, words: natures[kind] ?? kind };
}
