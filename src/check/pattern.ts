/** Whether a pattern stands for more than one text. */
export const isPattern = (pattern: string): boolean => pattern.includes('*');

/** Characters of a pattern that stand for themselves: one with hardly any names nothing. */
export const spelled = (pattern: string): number => pattern.replaceAll('*', '').length;

/** A path as patterns are held against it: `./deploy\a.yaml` is `deploy/a.yaml`. */
export const plainPath = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
