import { type ExitName, RampartError } from '#model/error.js';
import { unseen } from '#model/unseen.js';

interface Account {
  code: string;
  exit: ExitName;
  what: string;
  next: string;
}

const permission: Account = {
  code: 'RAMPART_NO_PERMISSION',
  exit: 'outside',
  what: 'permission denied',
  next: 'Give this user permission, or choose another place.',
};

/** What the errors of the operating system mean to a person. Those that are not here are named by their code. */
const accounts: Readonly<Record<string, Account>> = {
  ENOENT: {
    code: 'RAMPART_NOT_FOUND',
    exit: 'input',
    what: 'it does not exist',
    next: 'Check the spelling of the path.',
  },
  ENOTDIR: {
    code: 'RAMPART_NOT_FOUND',
    exit: 'input',
    what: 'a part of the path is a file, not a folder',
    next: 'Check the spelling of the path.',
  },
  EISDIR: { code: 'RAMPART_IS_FOLDER', exit: 'input', what: 'it is a folder', next: 'Name a file in it.' },
  ELOOP: {
    code: 'RAMPART_LINK_LOOP',
    exit: 'input',
    what: 'its symbolic links lead in a circle',
    next: 'Remove or repair the symbolic link.',
  },
  ENAMETOOLONG: {
    code: 'RAMPART_NAME_TOO_LONG',
    exit: 'input',
    what: 'the name is too long',
    next: 'Use a shorter path.',
  },
  EACCES: permission,
  EPERM: permission,
  EROFS: {
    code: 'RAMPART_READ_ONLY',
    exit: 'outside',
    what: 'the file system is read-only',
    next: 'Choose a folder that can be written.',
  },
  ENOSPC: {
    code: 'RAMPART_DISK_FULL',
    exit: 'outside',
    what: 'the disk is full',
    next: 'Free some space and run the command again.',
  },
  EDQUOT: {
    code: 'RAMPART_DISK_FULL',
    exit: 'outside',
    what: 'the disk quota is used up',
    next: 'Free some space and run the command again.',
  },
};

/** Of what was to be read, and is not to be: where something cannot be made, no input is at fault. */
const ofReading: ReadonlySet<string> = new Set(['read', 'list']);

/** The same for a place that was to be written: it is the command line that names it. */
function toWrite(code: string): Account | undefined {
  // Its folder is there, or could not be made: a file system such as /proc takes nothing new.
  if (code === 'ENOENT') return { ...permission, what: 'nothing can be made there' };
  const account = accounts[code];
  return account?.exit === 'input' ? { ...account, exit: 'usage' } : account;
}

/** A path as a message shows it: characters that would move the cursor or hide text are escaped. */
export const shown = (path: string): string =>
  path.search(unseen) >= 0
    ? JSON.stringify(path).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : path;

/** Code of an error the operating system gave, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The operating system's refusal as an error a person can act on. `doing` is a verb: `read`, `write`. */
export function systemError(doing: string, path: string, cause: unknown): RampartError {
  if (cause instanceof RampartError) return cause;
  const code = codeOf(cause);
  // Not the operating system's: a bug, which must not look like a full disk.
  if (code === undefined) throw cause;
  const isRead = ofReading.has(doing.split(' ')[0] as string);
  const account = (isRead ? accounts[code] : toWrite(code)) ?? {
    code: 'RAMPART_FILE_SYSTEM',
    exit: 'outside',
    what: `the system answered ${code}`,
    next: 'Check the disk and run the command again.',
  };
  return new RampartError(account.code, `Cannot ${doing} ${shown(path)}: ${account.what}.`, {
    exit: account.exit,
    next: account.next,
    cause,
  });
}
