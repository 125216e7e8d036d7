import { visible } from '#model/unseen.js';
import type { Given } from '../formula/read.js';
import { libraryOf } from '../guard/library.js';
import { ruleOf } from '../guard/rules.js';
import type { Guardrail } from '../guardrail.js';

/** One file of CloudFormation Guard rules, a rule a requirement. */
export const cfnGuard: Guardrail = ({ system, baseline, requirements, settings, boundary }) => {
  const given: Given = { settings, boundary: system.boundary };
  const written = requirements.map((requirement) => ruleOf(requirement, given, boundary));
  const rules = written.flatMap(({ rule }) => (rule ? [rule] : []));
  const left = written.flatMap((each) => each.left);
  const called = new Set(rules.flatMap((rule) => [...rule.called]));
  const whole = left.filter(({ part }) => part === undefined);
  const head = [
    `# CloudFormation Guard 3 rules for ${visible(system.name)} under ${baseline}, from the requirements Rampart's gate judges by.`,
    '#   cfn-guard validate --rules FILE --data TEMPLATE',
    '# Guard reads a template as data: it follows no condition and knows no parameter. What the gate would work out, such as Fn::If,',
    '# Fn::Sub in a compared value or the default of a parameter, fails here. A rule is skipped where a template has nothing it speaks of.',
    '',
    'let resources = Resources',
  ].join('\n');
  return {
    files: [
      {
        path: `${system.id}.guard`,
        mediaType: 'text/plain',
        sections: [
          { text: head, serves: [] },
          ...(called.size > 0 ? [{ text: libraryOf(called, given), serves: [] }] : []),
          ...rules.map(({ text, requirement }) => ({ text, serves: [requirement] })),
          { text: notSaid(whole), serves: [] },
        ],
      },
    ],
    left,
  };
};

const notSaid = (left: readonly { requirement: string; reason: string }[]): string =>
  [
    '# Requirements Guard cannot say, each with the reason:',
    ...left.map((each) => `# ${each.requirement}: ${each.reason}`),
  ].join('\n');
