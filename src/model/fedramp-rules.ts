/** FedRAMP's Consolidated Rules as facts: what they are called, whom they bind and how much, never their sentences. */
export interface FedrampRules {
  /** As the publisher numbers it: `2026.07.14.01`. */
  version: string;
  /** `YYYY-MM-DD`. */
  date: string;
  source: string;
  indicators: readonly Indicator[];
  /** Family → its name. */
  families: Readonly<Record<string, string>>;
  rules: readonly Rule[];
  /** What an evidence bundle itself says of a rule, in Rampart's words. */
  answers?: readonly RuleAnswer[];
  /** What Rampart relates to indicators beside the publisher. */
  related?: readonly RelatedControls[];
}

export interface RelatedControls {
  indicator: string;
  /** OSCAL ids. */
  controls: readonly string[];
  /** Why, as a clause. */
  because: string;
}

export interface RuleAnswer {
  rule: string;
  /** How far the rule is followed. `{findings}`, `{time}`, `{version}` and `{controlData}` are filled from the bundle. */
  says: string;
  /** How that was checked. */
  checked?: string;
}

/** A Key Security Indicator, such as `KSI-SVC-SIN`. */
export interface Indicator {
  id: string;
  theme: string;
  name: string;
  /** Classes that have to show it. */
  classes: 'all' | Readonly<Partial<Record<CertificationClass, 'required' | 'optional'>>>;
  /** OSCAL ids of the controls the publisher relates to it. */
  controls: readonly string[];
}

/** An indicator with all controls it is judged through: `controls` are the publisher's and Rampart's own. */
export interface JudgedIndicator extends Indicator {
  /** Those of `controls` that only Rampart relates to it, and why. */
  own?: Pick<RelatedControls, 'controls' | 'because'>;
}

/** The indicators, each with the controls it is judged through. */
export const judgedIndicators = ({ indicators, related = [] }: FedrampRules): readonly JudgedIndicator[] =>
  indicators.map((indicator) => {
    const { controls = [], because = '' } = related.find((each) => each.indicator === indicator.id) ?? {};
    const own = controls.filter((id) => !indicator.controls.includes(id));
    return own.length === 0
      ? indicator
      : { ...indicator, controls: [...indicator.controls, ...own], own: { controls: own, because } };
  });

/** One rule, such as `VDR-TFR-MHR`. */
export interface Rule {
  id: string;
  name: string;
  /** `all`, or the path it is for. */
  appliesTo: 'all' | 'rev5' | '20x';
  force: Force | Readonly<Partial<Record<CertificationClass, Force>>>;
  /** How many months back each class has to show its history. */
  months?: Readonly<Partial<Record<CertificationClass, number>>>;
}

export type CertificationClass = 'a' | 'b' | 'c' | 'd';
export type Force = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

/** How much a rule binds a class; undefined when it does not speak of it. */
export const forceOf = (rule: Rule, of: CertificationClass): Force | undefined =>
  typeof rule.force === 'string' ? rule.force : rule.force[of];

/** The class a baseline is of, by its id. */
export const classOf = (baseline: string): CertificationClass | undefined =>
  /^fedramp-class-([a-d])$/.exec(baseline)?.[1] as CertificationClass | undefined;

/** Whether a baseline is one of FedRAMP's, by its id, and the type of certification it can only be for. */
export const certificationOf = (baseline: string): { type?: 'Rev5' } | undefined =>
  /^fedramp-rev5-/.test(baseline) ? { type: 'Rev5' } : /^fedramp-/.test(baseline) ? {} : undefined;

/** `VDR` of `VDR-TFR-MHR`. */
export const ruleFamily = (id: string): string => id.slice(0, id.indexOf('-'));
