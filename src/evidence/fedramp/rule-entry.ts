import type { Rule } from '#model/fedramp-rules.js';
import { line, markup } from '../oscal/text.js';
import { type FedrampInput, typeOf } from './input.js';
import type { Json } from './schema.js';
import { urnOf } from './urn.js';

/**
 * The rules of which the bundle itself shows something, as far as they are for the type of certification. Whether a rule is
 * followed as a whole is never stated.
 */
export function ruleEntries(input: FedrampInput): Json[] {
  const { rules, answers = [] } = input.rules;
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return answers.flatMap(({ rule: id, says, checked }) => {
    const rule = known.get(id);
    if (rule === undefined || !isFor(rule, typeOf(input))) return [];
    return [
      {
        frrID: line(id),
        frrImplementation: [filled(says, input)],
        ...(checked === undefined ? {} : { frrValidation: [filled(checked, input)] }),
      },
    ];
  });
}

const isFor = ({ appliesTo }: Rule, type: ReturnType<typeof typeOf>): boolean =>
  appliesTo === 'all' || type === undefined || appliesTo === type.toLowerCase();

function filled(text: string, { assessment, cited }: FedrampInput): string {
  const { time, toolVersion, controlDataDigest } = assessment.input;
  const words: Readonly<Record<string, string>> = {
    findings: `${cited.findings.path}, ${urnOf(cited.findings.sha256)}`,
    time,
    version: toolVersion,
    controlData: controlDataDigest,
  };
  return text.replace(/\{(\w+)\}/g, (whole, word: string) =>
    Object.hasOwn(words, word) ? markup(words[word] ?? '') : whole,
  );
}
