import { terminal } from '#io/environment.js';
import { readText } from '#io/read.js';
import { RampartError } from '#model/error.js';

/**
 * The passphrase of an encrypted key: from the file that was named (its first line), else the environment, else by asking
 * where somebody can be asked. Undefined for a key that is not encrypted, and when there is none.
 */
export async function passphraseOf(pem: string, file: string | undefined): Promise<string | undefined> {
  if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) return undefined;
  const given = await givenPassphrase(file);
  if (given !== undefined || !terminal(process.stderr).interactive) return given;
  return ask('Passphrase of the key');
}

/** The passphrase a new key is to have; undefined when nobody gave one. `asks`: have it typed, twice. */
export async function newPassphrase(file: string | undefined, asks: boolean): Promise<string | undefined> {
  if (!asks) return givenPassphrase(file);
  if (!terminal(process.stderr).interactive) throw noTerminal();
  const first = await ask('Passphrase of the new key');
  if ((await ask('The same once more')) === first) return first;
  throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the two passphrases differ', {
    exit: 'usage',
    next: 'Nothing was written. Run the command again.',
  });
}

async function givenPassphrase(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return process.env.RAMPART_KEY_PASSPHRASE;
  const [line = ''] = (await readText(file, { maxBytes: 4096 })).split(/\r?\n/, 1);
  if (line !== '') return line;
  throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the passphrase file begins with an empty line', {
    exit: 'input',
    next: 'Put the passphrase in the first line of the file.',
  });
}

/** On stderr, so that a digest printed on stdout can still be piped away. */
async function ask(message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  return password({ message, mask: true }, { output: process.stderr });
}

const noTerminal = (): RampartError =>
  new RampartError('RAMPART_KEY_PASSPHRASE', 'nobody can be asked for a passphrase here', {
    exit: 'usage',
    next: 'Give --passphrase-file, or set RAMPART_KEY_PASSPHRASE.',
  });
