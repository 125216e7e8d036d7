import { Args, Flags, RampartCommand } from '../../cli.js';
import { deploymentFlags, keyFlags } from '../../key-flags.js';

/** Judged manifests and observations in, a sealed bundle out. */
export default class Create extends RampartCommand {
  static override summary = 'Seal what was judged into a signed bundle.';
  static override description =
    `Judges the manifests against the system file, adds the observations of ${'`rampart probe --json`'}, derives OSCAL assessment results,
FedRAMP’s documents of the Consolidated Rules 2026 with a list of what they leave for people, and a report, and signs the whole.
Findings do not keep a bundle from being made: it says what was found. The same inputs and SOURCE_DATE_EPOCH give the same manifest
digest. A second statement gives the gate's verdict, passed or failed, on exactly these files, parameters, saved plan and change set.

Signs with a key in a file or with one in AWS KMS, which is given a digest over a FIPS endpoint; what it answers is verified here
before anything is written.`;
  static override usage = '<%= command.id %> PATH... --out FILE (--key FILE | --kms KEY) [FLAGS]';
  static override examples = [
    '<%= config.bin %> <%= command.id %> deploy/ --key keys/rampart.key.pem --out evidence/chat.evb.tar',
    '<%= config.bin %> <%= command.id %> deploy/ --kms alias/evidence --trust rampart.trust.json --out chat.evb.tar',
    '<%= config.bin %> <%= command.id %> deploy/ --key k.pem --observations probe.json --pseudonym-key pseudonyms.key --out chat.evb.tar',
  ];
  static override strict = false;
  static override args = { path: Args.string({ description: 'Manifests that will be deployed.', required: true }) };
  static override flags = {
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    out: Flags.string({ char: 'o', description: 'Bundle to write.', required: true }),
    ...keyFlags,
    ...deploymentFlags,
    trust: Flags.string({
      char: 't',
      description: 'Trust policy: a key it does not pin, or no longer trusts, is not signed with.',
    }),
    waivers: Flags.string({ description: 'File of waivers; rampart-waivers.yaml when there is one.' }),
    observations: Flags.string({ description: 'Output of rampart probe --json.' }),
    'pseudonym-key': Flags.string({
      description: 'File of at least 32 random bytes, kept outside the bundle.',
      dependsOn: ['observations'],
    }),
    environment: Flags.string({ description: 'Which deployment the evidence is of.', default: 'production' }),
    state: Flags.string({ description: 'File that remembers the last bundle, to chain this one to it.' }),
    since: Flags.string({
      description:
        'Bundle of the last report, or a ledger: what changed since goes into the Ongoing Certification Report.',
    }),
    'valid-days': Flags.integer({ description: 'Days until the evidence expires.', default: 30, min: 1, max: 3660 }),
    force: Flags.boolean({ description: 'Replace a bundle that exists.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Create);
    const { createEvidence } = await import('../../session/create-evidence.js');
    const { identity, result, counts, written, state, notes } = await createEvidence(
      argv as string[],
      flags,
      this.config,
    );
    this.note(
      `Wrote ${written.join(', ')}: ${counts} against ${result.baseline}${state ? `, sequence ${state}` : ''}.`,
    );
    const { exposedKey } = await import('../../session/exposed-key.js');
    for (const note of [...notes, ...(await exposedKey(flags.key))]) this.note(note);
    this.data(identity);
  }
}
