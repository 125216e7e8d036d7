import type { Result } from '#model/result.js';
import { noticesOf, noticeText } from '#report/notice.js';

/** What people must know of a run beside its findings and what it did not look at: waivers with a fault, and what was let by. */
export const besideOf = (result: Result): string[] =>
  noticesOf(result)
    .filter(({ kind }) => kind === 'waiver' || kind === 'policy')
    .map(noticeText);
