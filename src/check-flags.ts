import { Flags, ownBoundary, ownControls, ownRequirements } from './cli.js';
import { policyFlags } from './policy-flags.js';

/** What `rampart check` can be told, in the order help lists it. */
export const checkFlags = {
  controls: ownControls,
  requirements: ownRequirements,
  boundary: ownBoundary,
  system: Flags.string({
    char: 's',
    description: 'System file that says what the system needs.',
    helpValue: 'rampart.yaml',
  }),
  baseline: Flags.string({
    char: 'b',
    description: 'Baseline to judge against without a system file.',
    exclusive: ['system'],
  }),
  parameters: Flags.string({
    char: 'p',
    description: 'Parameter values, as the AWS CLI or CodePipeline reads them.',
    helpValue: 'parameters.json',
  }),
  ...policyFlags,
  format: Flags.string({
    char: 'f',
    description:
      'How to report: human, json, sarif, junit, github, gitlab, markdown, oscal, hdf, csv. Printed, or written with =file; several may be given.',
    helpValue: 'name[=file]',
    multiple: true,
    multipleNonGreedy: true,
    default: ['human'],
  }),
  force: Flags.boolean({ description: 'Replace reports that are there already.' }),
  all: Flags.boolean({ char: 'a', description: 'Show passes too.' }),
  fix: Flags.boolean({
    description:
      'Write what has one right value into CloudFormation and Kubernetes manifests, after showing it as a diff.',
  }),
  yes: Flags.boolean({ char: 'y', description: 'With --fix: write without being asked.', dependsOn: ['fix'] }),
  shard: Flags.string({
    description: 'Judge one share of the manifests; rampart merge puts the parts together. auto asks the environment.',
    helpValue: 'index/count',
    exclusive: ['fix'],
  }),
  threads: Flags.integer({
    description: 'How many threads judge; where there are many files, up to four by default. The result is the same.',
    min: 1,
    max: 16,
    exclusive: ['fix', 'shard'],
  }),
  'allow-empty': Flags.boolean({ description: 'Exit 0 when no resource was judged.' }),
};
