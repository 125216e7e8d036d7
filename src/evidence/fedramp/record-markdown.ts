import { line, markup } from '../oscal/text.js';
import { isObject, type Json } from './schema.js';

/**
 * The Security Decision Record as people read it, made from the JSON document alone so that the two cannot differ. Statements
 * are Markdown already; everything else is escaped.
 */
export function recordMarkdown(record: Json, names: ReadonlyMap<string, string>): string {
  const titled = (id: unknown): string => [markup(String(id)), names.get(String(id))].filter(Boolean).join(' ');
  return [
    '# Security Decision Record',
    '',
    `Certification Package Overview: ${markup(String(record.certificationPackageOverviewUri))}`,
    '',
    '## Ports and protocols',
    '',
    ...statements('Ports', entries(record.portsAndProtocols).map(port)),
    '## FedRAMP rules',
    '',
    ...entries(record.fedRampRequirements).flatMap((rule) => [
      `### ${titled(rule.frrID)}`,
      '',
      ...statements('Implementation', rule.frrImplementation),
      ...statements('Validation', rule.frrValidation),
    ]),
    '## Key Security Indicators',
    '',
    ...entries(record.keySecurityIndicators).flatMap((indicator) => [
      `### ${titled(indicator.ksiId)}`,
      '',
      status(indicator.ksiImplementationStatus),
      '',
      ...statements('Implementation', indicator.ksiImplementation),
      ...statements('Validation', indicator.ksiValidation),
      ...statements('Assessment', indicator.ksiAssessment),
      ...statements(
        'Tests',
        texts(indicator.ksiTests).map((test) => `\`${line(test)}\``),
      ),
      ...statements('Evidence', entries(indicator.ksiEvidence).map(evidence)),
    ]),
    '## Controls',
    '',
    ...entries(record.securityControls).flatMap((control) => [
      `### ${titled(control.controlId)}`,
      '',
      status(control.controlImplementationStatus),
      '',
      ...statements(
        'Parameters',
        entries(control.parameterValues).map(
          ({ parameterId, parameterValue }) => `${markup(String(parameterId))}: ${markup(String(parameterValue))}`,
        ),
      ),
      String(control.controlImplementationDescription ?? 'Nothing was judged in its support.'),
      '',
    ]),
  ].join('\n');
}

/** `API: port 443, TCP, TLS. Calls` */
const port = ({ serviceName, portNumber, transportProtocol, encryption, purpose }: Json): string => {
  const said = (part: unknown, before = ''): string[] =>
    part === undefined ? [] : [`${before}${markup(String(part))}`];
  const how = [...said(portNumber, 'port '), ...said(transportProtocol), ...said(encryption)].join(', ');
  return [...said(serviceName), how, ...said(purpose)].filter((part) => part !== '').join(': ');
};

const status = (text: unknown): string =>
  text === undefined ? 'Status: left for people.' : `Status: ${markup(String(text))}.`;

const evidence = ({ evidenceType, evidenceDescription, evidenceLocation, evidenceText, lastUpdated }: Json): string => {
  const told = String(evidenceText).split('\n').map(markup).join('; ');
  return `${markup(String(evidenceType))} of ${markup(String(lastUpdated))}: ${evidenceDescription} (\`${evidenceLocation}\`). ${told}`;
};

/** Of what nobody filled it says so: an empty list must not look like nothing to be said. */
function statements(title: string, given: unknown): string[] {
  const rows = texts(given);
  return [`${title}:`, '', ...(rows.length > 0 ? rows.map((row) => `- ${row}`) : ['- Left for people.']), ''];
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const entries = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
