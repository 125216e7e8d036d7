import { Args, Flags, RampartCommand } from '../../cli.js';

/** The word of a third party on when a bundle was signed. */
export default class Timestamp extends RampartCommand {
  static override summary = 'Have a timestamp authority say when a bundle was signed.';
  static override description =
    `Sends the hash of each signature that has no timestamp yet, and nothing else, to an RFC 3161 authority, and keeps the answer beside
the signature (attestations/bundle.<key>.tsr) once it was found good: granted, over this signature, for this request, by a certificate
that is for timestamping alone and is pinned or issued by a pinned one. The bundle's digest stays the same.

rampart evidence verify judges timestamps offline, by timestamps in the trust policy:
{"required": true, "certificates": ["-----BEGIN CERTIFICATE-----…"]}.
A timestamp never makes a key count that has expired or was revoked. Exit 5 when an answer is not to be trusted, 6 when there is none.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --tsa https://tsa.agency.example --tsa-ca tsa-ca.pem',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --tsa http://tsa.example --trust rampart.trust.json --hash sha384',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    tsa: Flags.string({ description: 'Address of the timestamp authority.', required: true, helpValue: 'URL' }),
    'tsa-ca': Flags.string({
      description: 'Certificate (PEM) of the authority, or of who issued its certificate.',
      helpValue: 'tsa-ca.pem',
      exclusive: ['trust'],
    }),
    trust: Flags.string({ char: 't', description: 'Trust policy that pins the authority.' }),
    hash: Flags.string({ description: 'Hash of the signature.', options: ['sha256', 'sha384'], default: 'sha256' }),
    out: Flags.string({ char: 'o', description: 'Archive to write instead of adding to this one.' }),
    force: Flags.boolean({ description: 'Replace an archive that exists.', dependsOn: ['out'] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Timestamp);
    const { timestampEvidence } = await import('../../session/timestamp-evidence.js');
    const { identity, times, written } = await timestampEvidence(args.bundle, flags);
    this.note(`Wrote ${written.join(', ')}, signed by ${times.join(', ')} at the latest.`);
    this.data(identity);
  }
}
