import { Flags } from './cli.js';

/** For every command that signs: which key, and how it opens. */
export const keyFlags = {
  key: Flags.string({ char: 'k', description: 'Private key (PEM) to sign with.', exclusive: ['kms'] }),
  'passphrase-file': Flags.string({
    description:
      'File whose first line opens the key; otherwise RAMPART_KEY_PASSPHRASE, otherwise it is asked for at a terminal.',
    exclusive: ['kms'],
  }),
  kms: Flags.string({
    description:
      'Key of AWS KMS to sign with instead of a file, inside the boundary of the system: key id, alias or ARN.',
    helpValue: 'alias/evidence',
  }),
  region: Flags.string({
    description: 'Region of the KMS key; by default the one its ARN names, or the first of the boundary.',
    dependsOn: ['kms'],
  }),
  algorithm: Flags.string({
    description: 'Of an RSA key of KMS: by which algorithm it signs.',
    options: ['rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'],
    dependsOn: ['kms'],
  }),
};

/** For every command that binds a verdict to a deployment, or holds one against it. */
export const deploymentFlags = {
  parameters: Flags.string({
    char: 'p',
    description: 'Parameter values, as the AWS CLI or CodePipeline reads them.',
    helpValue: 'parameters.json',
  }),
  plan: Flags.string({
    description: 'Saved Terraform plan (terraform plan -out) of which the JSON is judged.',
    helpValue: 'tfplan',
  }),
  'change-set': Flags.string({
    description: 'What aws cloudformation describe-change-set prints of the change set.',
    helpValue: 'change-set.json',
  }),
};

const attested = <Flag>(flag: Flag): Flag => ({ ...flag, dependsOn: ['attest'] });

/** For the gate, which signs only when it is told where to write. */
export const attestFlags = {
  attest: Flags.string({
    description: 'Write the verdict as a signed statement on exactly these files, passed or failed.',
    helpValue: 'verdict.dsse.json',
    exclusive: ['fix', 'shard'],
  }),
  environment: Flags.string({
    description: 'With --attest: which deployment the verdict is of.',
    helpValue: 'production',
    dependsOn: ['attest'],
  }),
  key: attested(keyFlags.key),
  'passphrase-file': attested(keyFlags['passphrase-file']),
  kms: attested(keyFlags.kms),
  region: keyFlags.region,
  algorithm: keyFlags.algorithm,
  plan: attested(deploymentFlags.plan),
  'change-set': attested(deploymentFlags['change-set']),
};
