import { short } from './visible.js';

/**
 * Text of the user's in a code span, where nothing is markup, a mention or a link. The fence is longer than any run of backticks
 * inside; the blanks beside it are taken away again by whoever shows it.
 */
export function code(text: string, limit = 300): string {
  const shown = short(text, limit).trim() || '(empty)';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const blank = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${blank}${shown}${blank}${fence}`;
}

/** What GitHub and GitLab would make a mention, a reference or a link of, however it is escaped. */
const live = /[@#!~%$:]\S|www\.|[\da-f]{7}/i;

/** A sentence of the control data, which may be the user's: in words where that is harmless, otherwise as code. */
export function prose(text: string, limit = 600): string {
  const shown = short(text, limit).trim();
  return live.test(shown) ? code(shown, limit) : shown.replace(/[\\`*_{}[\]<>()#+|~&=-]/g, '\\$&');
}
