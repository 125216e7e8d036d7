import { Flags } from './cli.js';

/** What says which findings block, and which are judged at all. */
export const policyFlags = {
  requirement: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    description: 'Judge this requirement only; may be given again.',
    helpValue: 'kms-key-rotation',
  }),
  'fail-on': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    description: 'Severity from which findings block (all when not given), or category=severity; may be given again.',
    helpValue: 'high|network=critical',
  }),
  unknown: Flags.string({
    description: 'Whether what could not be decided blocks (fail) or is only warned of (warn).',
    helpValue: 'fail|warn',
  }),
  waivers: Flags.string({
    description: 'File of waivers; rampart-waivers.yaml of the current folder when there is one.',
    helpValue: 'rampart-waivers.yaml',
  }),
  'baseline-file': Flags.string({
    description: 'Findings accepted before: only new ones block.',
    helpValue: 'accepted.json',
  }),
  'write-baseline-file': Flags.string({
    description: 'Accept what blocks today: write it here. With --baseline-file, keep of that what is still found.',
    helpValue: 'accepted.json',
  }),
};
