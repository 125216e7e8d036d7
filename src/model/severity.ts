export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
