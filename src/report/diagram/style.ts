/** Colours of the drawing by the reader’s preference; always light on paper. Beside `colours` the report needs only `style`. */
export const colours = {
  light: {
    ground: '#faf9f6',
    card: '#ffffff',
    ink: '#1d2429',
    quiet: '#545e67',
    edge: '#88898a',
    line: '#124d6b',
    alarm: '#a01f17',
  },
  dark: {
    ground: '#14181b',
    card: '#1b2024',
    ink: '#e9e6e0',
    quiet: '#a8b1b9',
    edge: '#78828b',
    line: '#93cbe6',
    alarm: '#ff9f95',
  },
} as const;

const variables = (set: Readonly<Record<string, string>>): string =>
  Object.entries(set)
    .map(([name, value]) => `--d-${name}: ${value};`)
    .join(' ');

export const diagramStyle = `
.diagram { ${variables(colours.light)} font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
@media screen and (prefers-color-scheme: dark) { .diagram { ${variables(colours.dark)} } }
.diagram .ground { fill: var(--d-ground); }
.diagram .zone rect { fill: none; stroke: var(--d-edge); stroke-width: 1; }
.diagram .zone text { fill: var(--d-quiet); font-size: 12px; }
.diagram .zone.boundary rect { stroke: var(--d-alarm); stroke-width: 2.5; stroke-dasharray: 9 5; }
.diagram .zone.boundary text { fill: var(--d-alarm); font-weight: 700; font-size: 13px; }
.diagram .zone.network rect { stroke: var(--d-line); stroke-dasharray: 3 3; }
.diagram .zone.endpoint text { fill: var(--d-ink); font-weight: 600; }
.diagram .part rect { fill: var(--d-card); stroke: var(--d-ink); stroke-width: 1.2; }
.diagram .part text { fill: var(--d-ink); font-size: 12px; text-anchor: middle; }
.diagram .part .label { font-weight: 600; font-size: 12.5px; }
.diagram .part .detail { fill: var(--d-quiet); font-size: 11px; }
.diagram .part .key { fill: none; stroke: var(--d-ink); stroke-width: 1.4; }
.diagram .flow path { fill: none; stroke: var(--d-line); stroke-width: 1.4; }
.diagram .flow .head { fill: var(--d-line); stroke: none; }
.diagram .flow circle { fill: var(--d-card); stroke: var(--d-line); stroke-width: 1.4; }
.diagram .flow text { fill: var(--d-ink); font-size: 11px; font-weight: 600; text-anchor: middle; }
.diagram .flow.crosses path { stroke: var(--d-alarm); }
.diagram .flow.crosses .head { fill: var(--d-alarm); }
.diagram .flow.crosses circle { stroke: var(--d-alarm); stroke-width: 2.4; }
.diagram .note { fill: var(--d-quiet); font-size: 11.5px; }
@media print { .diagram * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
