import { Flags, RampartCommand } from '../cli.js';

/** What commands need of the machine, the network and the account. */
export default class Doctor extends RampartCommand {
  static override summary =
    'Look at what Rampart needs: Node, OpenSSL, files, control data, endpoints, clock and credentials.';
  static override description =
    `Each line says how one thing stands and, where it is not well, what to do. Nothing in it names people, paths or whole account
ids, so that it can go into a ticket. With --offline nothing is asked of the network. Ends with 6 when something failed.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --offline --json',
  ];
  static override flags = {
    system: Flags.string({ char: 's', description: 'System file; rampart.yaml by default, where it is there.' }),
    region: Flags.string({ description: 'Region of the boundary whose endpoints are asked; the first by default.' }),
    offline: Flags.boolean({ description: 'Ask nothing of the network.' }),
    json: Flags.boolean({ description: 'Print the lines as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const [{ diagnose }, { doctorText }] = await Promise.all([
      import('../session/doctor.js'),
      import('#report/doctor.js'),
    ]);
    const { system, region, offline } = flags;
    const diagnoses = await diagnose({ system, region, offline, node: this.config.pjson.engines?.node ?? '' });
    const { version } = this.config;
    if (flags.json) this.data(JSON.stringify({ rampart: version, diagnoses }, null, 2));
    else this.data(`Rampart ${version}\n${doctorText(diagnoses)}`);
    if (diagnoses.some(({ state }) => state === 'fail')) this.ends('outside');
  }
}
