import { Args, RampartCommand } from '../../cli.js';

/** The examples of one's own requirements. */
export default class Test extends RampartCommand {
  static override summary = 'Run the examples of your own requirements.';
  static override description =
    'Each example has to get the verdict it is listed under. Use the folder with --requirements once they do.';
  static override examples = ['<%= config.bin %> <%= command.id %> requirements/'];
  static override args = {
    folder: Args.string({ description: 'Folder of files <category>/<id>.yaml.', required: true }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Test);
    const { testRequirements } = await import('../../session/test-requirements.js');
    const { text, exit } = await testRequirements(args.folder);
    this.data(text);
    this.ends(exit);
  }
}
