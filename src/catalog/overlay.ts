import type { ControlBase } from '#model/base.js';
import type { FedrampRules } from '#model/fedramp-rules.js';
import type { ControlData } from './published.js';

/** What a user's control data adds to, or puts in place of, the shipped base. */
export interface Overlaid extends ControlBase {
  /** Control id → its text, where a user's catalog brought it. */
  prose: ReadonlyMap<string, string>;
}

/** The shipped base with control data over it; what comes later wins. The digest of the data becomes part of the base's. */
export function overlay(base: ControlBase, given: readonly { data: ControlData; digest: string }[]): Overlaid {
  const prose = new Map<string, string>();
  const controls = new Map(base.controls.map((control) => [control.id, control]));
  const baselines = new Map(base.baselines.map((baseline) => [baseline.id, baseline]));
  let { rules } = base;
  for (const { data } of given) {
    for (const { prose: text, ...control } of data.controls) {
      controls.set(control.id, control);
      if (text !== undefined) prose.set(control.id, text);
    }
    for (const baseline of data.baselines) baselines.set(baseline.id, baseline);
    // What Rampart itself says of rules and indicators goes by their ids, which outlive a version of the rules.
    if (data.rules) rules = { ...ownWords(base.rules), ...data.rules };
  }
  return {
    ...base,
    digest: [base.digest, ...given.map(({ digest }) => digest)].join('+'),
    sources: [...base.sources, ...given.map(({ data }) => `your own: ${data.source}`)],
    controls: [...controls.values()],
    baselines: [...baselines.values()],
    rules,
    prose,
  };
}

const ownWords = ({ answers, related }: FedrampRules): Pick<FedrampRules, 'answers' | 'related'> => ({
  ...(answers ? { answers } : {}),
  ...(related ? { related } : {}),
});
