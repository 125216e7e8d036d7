import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

// Draws docs/terminal.svg from what the built program really prints: npm run build && npx tsx src/build/terminal-picture.ts

const root = fileURLToPath(new URL('../../', import.meta.url));

const template = `Parameters:
  KeyArn: {Type: String}
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 1
      KmsKeyId: !Ref KeyArn
`;

const folder = mkdtempSync(join(tmpdir(), 'rampart-'));
writeFileSync(join(folder, 'logs.yaml'), template);
const run = spawnSync(
  process.execPath,
  [`${root}bin/run.js`, 'check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate'],
  {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1' },
  },
);
rmSync(folder, { recursive: true });
const lines = `$ rampart check logs.yaml --baseline fedramp-rev5-moderate\n${run.stdout.trimEnd()}`.split('\n');

const colours: Record<string, string> = { 31: '#ff8a80', 32: '#8bdc8b', 33: '#f2cc60', 36: '#79d4e0' };
const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One line of the terminal as spans: bold, dim and the few colours the reports use. */
function spans(line: string): string {
  const [first = '', ...rest] = line.split(String.fromCharCode(27));
  let style = { weight: 'normal', fill: '#e6edf3' };
  const drawn = rest.map((part) => {
    const end = part.indexOf('m');
    style = styleAfter(part.slice(1, end), style);
    return span(part.slice(end + 1), style);
  });
  return span(first, { weight: 'normal', fill: '#e6edf3' }) + drawn.join('');
}

const span = (text: string, { weight, fill }: { weight: string; fill: string }): string =>
  text === '' ? '' : `<tspan font-weight="${weight}" fill="${fill}">${inXml(text)}</tspan>`;

function styleAfter(code: string, style: { weight: string; fill: string }): { weight: string; fill: string } {
  if (code === '1') return { ...style, weight: 'bold' };
  if (code === '2') return { ...style, fill: '#9aa7b4' };
  if (code === '22' || code === '39') return { weight: 'normal', fill: '#e6edf3' };
  return { ...style, fill: colours[code] ?? style.fill };
}

const plain = lines.map((line) => stripVTControlCharacters(line));
const width = Math.max(...plain.map((line) => line.length)) * 8.4 + 40;
const height = lines.length * 20 + 36;
const rows = lines.map(
  (line, index) => `<text x="20" y="${34 + index * 20}" xml:space="preserve">${spans(line)}</text>`,
);
mkdirSync(`${root}docs`, { recursive: true });
writeFileSync(
  `${root}docs/terminal.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" width="${Math.ceil(width)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" role="img" aria-label="Output of rampart check">
<rect width="100%" height="100%" rx="8" fill="#161b22"/>
${rows.join('\n')}
</svg>
`,
);
