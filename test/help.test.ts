import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { CommandHelp, Config } from '@oclif/core';

/** What `rampart COMMAND --help` prints, by command. */
async function helps(): Promise<ReadonlyMap<string, string>> {
  const config = await Config.load(fileURLToPath(new URL('../', import.meta.url)));
  const told = config.commands.map((command): [string, string] => {
    const help = new CommandHelp(command, config, { maxWidth: 80, stripAnsi: true });
    return [command.id, stripVTControlCharacters(help.generate())];
  });
  return new Map(told);
}

describe('help', () => {
  it('gives every command a usage one can read, and an example', async () => {
    const all = await helps();
    assert.ok(all.size > 30, `${all.size} commands`);
    for (const [id, text] of all) {
      const usage = /^USAGE\n((?: .*\n)+)/m.exec(`${text}\n`)?.[1];
      assert.ok(usage, `${id} has a usage`);
      // What oclif leaves of alternatives that it names at another flag.
      assert.doesNotMatch(usage.replace(/\s+/g, ' '), /\| *[|\]]|[^.] \]/, `${id}:\n${usage}`);
      assert.ok(usage.split('\n').length <= 8, `${id} has a usage of more than seven lines:\n${usage}`);
      assert.match(text, /^EXAMPLES\n/m, `${id} has an example`);
    }
  });
});
