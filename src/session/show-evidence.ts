import { defaultLimits, readMember, stampReader, verifyBundle } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { RampartError } from '#model/error.js';
import { visible, visibleLines } from '#model/unseen.js';

/** What a bundle holds, one file a line, or one of its files. */
export async function showEvidence(
  path: string,
  flags: { file?: string | undefined; json?: boolean },
): Promise<string | Uint8Array> {
  const source = await readBundle(path, defaultLimits);
  const { checks, manifest, statement, identity, verdict, problems } = verifyBundle(source, {
    now: wallClock(),
    mayBeOld: true,
    readStamp: await stampReader(source),
  });
  // A verdict that is not the one sealed with the bundle is found last.
  const isWhole = checks.every(({ ok }) => ok !== false);
  if (!isWhole || !manifest || !statement) {
    throw new RampartError('RAMPART_BUNDLE_BROKEN', `${path} is not a whole bundle`, {
      exit: 'untrusted',
      next: 'Ask for the bundle again; rampart evidence verify says which check failed.',
      problems,
    });
  }
  if (flags.file !== undefined) return shown(readMember(source, flags.file), flags.file);
  if (flags.json) return JSON.stringify({ identity, manifest, statement }, null, 2);
  const { predicate } = statement;
  const rows = manifest.members.map(
    (file) => `  ${String(file.size).padStart(9)}  ${file.role.padEnd(8)}  ${file.path}`,
  );
  return [
    `bundle     sha256:${identity}`,
    `system     ${predicate.systemId}, ${predicate.environment}, sequence ${predicate.sequence}`,
    `collected  ${predicate.collectedAt}, expires ${predicate.expiresAt}`,
    ...(verdict ? [`gate       ${verdict.result} against ${verdict.baseline}`] : []),
    `tool       ${predicate.tool.name} ${predicate.tool.version}`,
    '',
    ...rows,
  ].join('\n');
}

/** The very bytes, for a pipe; for a terminal, which acts on control characters, text without them. */
function shown(bytes: Uint8Array | undefined, name: string): string | Uint8Array {
  if (!bytes) {
    throw new RampartError('RAMPART_NO_MEMBER', `the bundle holds no ${visible(name)}`, {
      exit: 'usage',
      next: 'See the names with rampart evidence show <bundle>.',
    });
  }
  if (!process.stdout.isTTY) return bytes;
  try {
    return visibleLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RampartError('RAMPART_BINARY', `${visible(name)} is no text`, {
      exit: 'usage',
      next: 'Send it to a file: rampart evidence show <bundle> --file <name> > file.',
    });
  }
}
