import * as Flags from '@oclif/core/flags';

/** For every command that signs: which key, and how it opens. */
export const keyFlags = {
  key: Flags.string({ char: 'k', description: 'Private key (PEM).', exclusive: ['kms'] }),
  'passphrase-file': Flags.string({
    description:
      'File whose first line opens the key; otherwise RAMPART_KEY_PASSPHRASE, otherwise it is asked for at a terminal.',
    exclusive: ['kms'],
  }),
  kms: Flags.string({
    description: 'Key of AWS KMS instead, inside the boundary of the system: key id, alias or ARN.',
    helpValue: 'alias/evidence',
  }),
  region: Flags.string({
    description: 'Region of that key; by default the one its ARN names, or the first of the boundary.',
    dependsOn: ['kms'],
  }),
  algorithm: Flags.string({
    description: 'For an RSA key of KMS, by which algorithm it signs.',
    options: ['rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'],
    dependsOn: ['kms'],
  }),
};
