/** A selection of controls (OSCAL: a profile): what judging needs of a baseline. */
export interface Selection {
  id: string;
  title: string;
  /** FIPS 199 level the baseline is meant for; an overlay such as the privacy baseline has none. */
  impact?: Impact;
  /** Where the list was read, with the version or commit. */
  source: string;
  /** Date of that version, `YYYY-MM-DD`. */
  date: string;
  /** OSCAL control ids, sorted. */
  controls: readonly string[];
}

/** A selection with the parameter values its publisher assigned. */
export interface Baseline extends Selection {
  /** OSCAL parameter id → assigned values. */
  parameters: Readonly<Record<string, readonly string[]>>;
  /** Key Security Indicators of a FedRAMP class → whether they have to be shown. */
  indicators?: Readonly<Record<string, 'required' | 'optional'>>;
}

export type Impact = 'low' | 'moderate' | 'high';

export const impacts: readonly Impact[] = ['low', 'moderate', 'high'];

/** FIPS 199 / FIPS 200: the system is as sensitive as its most sensitive security objective. */
export const highWaterMark = (levels: readonly Impact[]): Impact =>
  impacts[Math.max(0, ...levels.map((level) => impacts.indexOf(level)))] as Impact;
