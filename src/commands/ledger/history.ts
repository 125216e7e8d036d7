import { Args, Flags, RampartCommand } from '../../cli.js';

/** What became of verdicts, controls and indicators. */
export default class History extends RampartCommand {
  static override summary = 'Show verdicts, controls and Key Security Indicators over time.';
  static override description =
    'The ledger is verified first. An indicator is the worst of what was found of the controls related to it, as `explain` of the indicator lists them.';
  static override examples = ['<%= config.bin %> <%= command.id %> ledger.jsonl --json | jq .indicators'];
  static override args = { ledger: Args.string({ description: 'File of the ledger.', required: true }) };
  static override flags = {
    system: Flags.string({ char: 's', description: 'Id of one system.' }),
    environment: Flags.string({ description: 'One environment.' }),
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(History);
    const { ledgerHistory } = await import('../../session/ledger-history.js');
    const history = await ledgerHistory(args.ledger, flags);
    const { historyText } = await import('#report/ledger.js');
    this.data(flags.json ? JSON.stringify(history, null, 2) : historyText(history));
  }
}
