export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The worst of several, and the mildest there is of none. */
export const worst = (among: readonly Severity[]): Severity => severities.find((each) => among.includes(each)) ?? 'low';
