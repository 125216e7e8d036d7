import { shells } from '#model/shell.js';
import { Args, RampartCommand } from '../cli.js';

/** A script that completes what is typed. */
export default class Completion extends RampartCommand {
  static override summary = 'Print a script that completes commands, flags and values in a shell.';
  static override description =
    `The script is whole in itself and starts nothing. Source it where the shell starts: in ~/.bashrc, in ~/.zshrc after compinit, or in
~/.config/fish/config.fish. Print it again after an update of Rampart.`;
  static override examples = [
    'source <(<%= config.bin %> <%= command.id %> bash)',
    'source <(<%= config.bin %> <%= command.id %> zsh)',
    '<%= config.bin %> <%= command.id %> fish | source',
  ];
  static override args = {
    shell: Args.string({ description: 'Shell.', options: [...shells], required: true }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Completion);
    const { completionScript } = await import('#report/completion.js');
    const shell = shells.find((each) => each === args.shell) ?? 'bash';
    const commands = this.config.commands
      .filter(({ hidden }) => !hidden)
      .map(({ id, summary, flags, args: given }) => ({
        words: id.split(':'),
        summary: lineOf(summary),
        values: Object.values(given).flatMap(({ options }) => options ?? []),
        flags: Object.values(flags)
          .filter(({ hidden }) => !hidden)
          .map((flag) => ({
            name: flag.name,
            ...(flag.char ? { char: flag.char } : {}),
            summary: lineOf(flag.summary ?? flag.description),
            takesValue: flag.type === 'option',
            values: flag.type === 'option' ? (flag.options ?? []) : [],
          })),
      }));
    this.data(completionScript(shell, this.config.bin, commands));
  }
}

const lineOf = (text: string | undefined): string => (text ?? '').split('\n')[0] ?? '';
