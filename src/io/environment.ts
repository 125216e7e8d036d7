import { RampartError } from '#model/error.js';

type Environment = NodeJS.ProcessEnv;

/** What an account is called where the boundary is, and how it is written there. */
const accounts: Readonly<Record<string, readonly [form: RegExp, what: string]>> = {
  'azure-us-gov': [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'id of a subscription in small letters'],
  'google-us': [/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'id of a project'],
  aws: [/^\d{12}$/, '12-digit account id'],
};

/**
 * A boundary's account: as it stands, or read from the variable that `env:NAME` names. Undefined for undefined.
 * Messages name the variable, never what it holds.
 */
export function readAccount(
  reference: string | undefined,
  partition = 'aws',
  environment: Environment = process.env,
): string | undefined {
  if (reference === undefined) return undefined;
  const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(reference)?.[1];
  const account = name === undefined ? reference : environment[name];
  const [form, what] = accounts[partition] ?? (accounts.aws as readonly [RegExp, string]);
  if (account !== undefined && form.test(account)) return account;
  const fault =
    name === undefined
      ? `The account is neither a ${what} nor env:NAME.`
      : account === undefined || account === ''
        ? `The environment variable ${name}, which should hold the account, is not set.`
        : `The environment variable ${name} does not hold a ${what}.`;
  throw new RampartError('RAMPART_NO_ACCOUNT', fault, {
    exit: 'input',
    next: `Set ${name ?? 'a variable'} to the ${what} of the boundary.`,
  });
}

export interface Terminal {
  colour: boolean;
  /** Columns of a screen; 80 of anything else, so that what is piped or kept is the same wherever it was made. */
  width: number;
  /** Whether it is a screen, which breaks a longer line wherever it ends; a log keeps lines whole. */
  isScreen: boolean;
  /** Whether a person can be asked. */
  interactive: boolean;
}

/** How to write to a stream: no-color.org and force-color.org, then whether it is a terminal. */
export function terminal(
  stream: { isTTY?: boolean; columns?: number } = process.stdout,
  environment: Environment = process.env,
): Terminal {
  const tty = stream.isTTY === true;
  const columns = tty ? stream.columns : undefined;
  const forced = environment.FORCE_COLOR;
  return {
    colour: environment.NO_COLOR ? false : forced !== undefined ? forced !== '0' : tty && environment.TERM !== 'dumb',
    width: columns && Number.isInteger(columns) && columns > 0 ? Math.min(Math.max(columns, 40), 240) : 80,
    isScreen: tty,
    interactive: tty && process.stdin.isTTY === true && !environment.CI,
  };
}

/** The file in which a step of GitHub Actions leaves its summary; undefined elsewhere. */
export const jobSummary = (environment: Environment = process.env): string | undefined =>
  environment.GITHUB_STEP_SUMMARY || undefined;
