/**
 * Kinds of probe. Those of `always` belong to every probe of an account, so that a requirement on one that was not made is open;
 * those of `asked` are made for what a person names, and say nothing of an account in which nothing was named.
 */
export const liveProbes = {
  'cloud-control': 'asked',
  'cloudformation-change-set': 'asked',
  'cloudformation-stack': 'asked',
  'kms-aliases': 'asked',
  'kms-key': 'always',
  'sts-identity': 'always',
} as const;

export const isLiveProbe = (name: string): name is keyof typeof liveProbes => Object.hasOwn(liveProbes, name);
