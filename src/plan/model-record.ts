import type { ControlBase, Dated } from '#model/base.js';
import type { Endpoint, EndpointKind } from '#model/endpoint.js';
import {
  type AiUse,
  type EndpointRecord,
  type FactField,
  type ModelRecord,
  type ModelRecords,
  minimumPractices,
  type PracticeReference,
  type RecordRow,
  type Reference,
  riskFunctions,
} from '#model/model-record.js';
import type { System } from '#model/system.js';

type Base = Pick<ControlBase, 'models' | 'aiUse' | 'boundary'>;

/**
 * The record of the model behind each endpoint: what the system file says, what Rampart's dated data know where it says nothing, and
 * what is missing, by name. Nothing is taken for known because it is usual.
 */
export function modelRecords({ endpoints, boundary }: System, base: Base): ModelRecords {
  const { highImpact, riskManagement } = base.aiUse;
  const known = [...(boundary.models ?? []), ...base.boundary.models];
  return {
    sources: [highImpact, riskManagement].map(({ source, date }) => `${source} (${date})`),
    endpoints: endpoints.map((endpoint) => {
      // A geographic profile leads to the model it is named for.
      const model = known.find(({ geoProfile }) => geoProfile === endpoint.model)?.id ?? endpoint.model;
      return recordOf(endpoint, factsOn(model, base), base.aiUse);
    }),
  };
}

type Facts = ReadonlyMap<FactField, { value: string } & Dated>;

const fits = (id: string, model: string): boolean =>
  id.endsWith('*') ? model.startsWith(id.slice(0, -1)) : id === model;

function factsOn(model: string, { models }: Base): Facts {
  const facts = new Map<FactField, { value: string } & Dated>();
  for (const { ids, facts: stated } of models) {
    if (!ids.some((id) => fits(id, model))) continue;
    for (const [field, fact] of Object.entries(stated)) facts.set(field as FactField, fact);
  }
  return facts;
}

function recordOf(endpoint: Endpoint, facts: Facts, aiUse: AiUse): EndpointRecord {
  const rows = rowsOf(endpoint, facts, aiUse);
  const gaps = rows
    .filter(({ values, notApplicable }) => values.length === 0 && notApplicable === undefined)
    .map(({ field, title }) => ({ field, title }));
  return { endpoint: endpoint.name, kind: endpoint.kind, model: endpoint.model, rows, gaps };
}

/** Kinds whose provider keeps the files of the model, and hands none out. */
const servedByProvider: readonly EndpointKind[] = ['bedrock', 'bedrock-mantle', 'azure-openai'];
/** Kinds that run the model in the agency's own account, where its maker sees nothing. */
const servedByAgency: readonly EndpointKind[] = ['sagemaker', 'eks-vllm'];

const noFiles = 'The provider serves the model and hands out no file of it.';
const ownAccount = 'The model runs in the account of the system; its maker receives nothing.';

function rowsOf(endpoint: Endpoint, facts: Facts, aiUse: AiUse): RecordRow[] {
  const { kind, record = {} } = endpoint;
  const said = (field: string, title: string, values: readonly (string | undefined)[], whyNot?: string): RecordRow => {
    const lines = values.filter((value) => value !== undefined);
    if (lines.length > 0) return { field, title, values: lines, from: 'system-file' };
    return { field, title, values: [], ...(whyNot === undefined ? {} : { notApplicable: whyNot }) };
  };
  /** What Rampart may know, where the system file says nothing. */
  const known = (field: FactField, title: string, values: readonly (string | undefined)[], whyNot?: string) => {
    const row = said(field, title, values, whyNot);
    const fact = facts.get(field);
    if (row.values.length > 0 || row.notApplicable !== undefined || fact === undefined) return row;
    const { value, source, date } = fact;
    return { field, title, values: [value], from: { source, date } };
  };
  const files = servedByProvider.includes(kind) ? noFiles : undefined;
  const kept = servedByAgency.includes(kind) ? ownAccount : undefined;
  return [
    known('provider', 'Who made the model', [record.provider]),
    known('version', 'Version', [record.version ?? (kind === 'azure-openai' ? endpoint.version : undefined)]),
    known('license', 'Licence', [record.license]),
    known('card', 'Model card', [record.card]),
    known('usePolicy', 'The maker’s use policy', [record.usePolicy]),
    ...artifactRows(endpoint, said, files),
    said('origin', 'Where the files came from', [record.origin], files),
    said('intendedUse', 'Intended use', record.intendedUse ?? []),
    said('forbiddenUse', 'Forbidden use', record.forbiddenUse ?? []),
    known('evaluations', 'Evaluations', (record.evaluations ?? []).map(referenceText)),
    said('biasTests', 'Bias tests', (record.biasTests ?? []).map(referenceText)),
    known('providerRetention', 'What the provider keeps', [record.providerRetention], kept),
    said('retention', 'Data-retention mode', [record.retention && modeText(record.retention)], kept),
    ...highImpactRows(record, aiUse, said),
    ...riskFunctions.map((name) =>
      said(`riskManagement.${name}`, `NIST AI RMF: ${aiUse.riskManagement.functions[name]}`, [
        record.riskManagement?.[name] && referenceText(record.riskManagement[name]),
      ]),
    ),
  ];
}

type Said = (field: string, title: string, values: readonly (string | undefined)[], whyNot?: string) => RecordRow;

const referenceText = ({ reference, date }: Reference): string => `${reference} (${date})`;

const modeText = ({ mode, seen }: NonNullable<ModelRecord['retention']>): string => `${mode}, seen on ${seen}`;

/** Files the endpoint names by digest are known already; an archive it names without one needs the digest said. */
function artifactRows(endpoint: Endpoint, said: Said, whyNot: string | undefined): RecordRow[] {
  const stated = endpoint.record?.artifacts ?? [];
  const lines = stated.map(({ name, sha256, from }) => `${name}: sha256:${sha256}${from ? `, from ${from}` : ''}`);
  if (endpoint.kind === 'sagemaker') {
    const { image, artifact } = endpoint;
    const archive = stated.some(({ from }) => from === artifact);
    return [
      said('image', 'Container image', [image]),
      said('artifacts', `Digest of the model archive ${artifact}`, archive ? lines : []),
      ...(archive || lines.length === 0 ? [] : [said('artifacts', 'Digests of other files', lines)]),
    ];
  }
  if (endpoint.kind === 'eks-vllm') {
    const { images, weights } = endpoint;
    return [
      said('images', 'Container images', [images.server, images.proxy, images.loader]),
      said('artifacts', 'Digests of the model’s files', [
        `SHA256SUMS: sha256:${weights.sha256}, from ${weights.from}`,
        ...lines,
      ]),
    ];
  }
  return [said('artifacts', 'Digests of the model’s files', lines, whyNot)];
}

function highImpactRows({ highImpact }: ModelRecord, { highImpact: asked }: AiUse, said: Said): RecordRow[] {
  const title = 'High-impact determination';
  if (highImpact === undefined) return [said('highImpact', title, [])];
  const { determination, by, date, reason, practices = {} } = highImpact;
  return [
    said('highImpact', title, [determination]),
    said('highImpact.by', `${title}: who made it`, [by]),
    said('highImpact.date', `${title}: its day`, [date]),
    said('highImpact.reason', `${title}: why`, [reason]),
    // Where the use is not high-impact they are not asked for; what is said of them is shown all the same.
    ...minimumPractices
      .filter((name) => determination === 'high-impact' || practices[name] !== undefined)
      .map((name) =>
        said(`highImpact.practices.${name}`, `Minimum practice: ${asked.practices[name]}`, [
          practices[name] && practiceText(practices[name]),
        ]),
      ),
  ];
}

const practiceText = ({ waivedBy, ...reference }: PracticeReference): string =>
  waivedBy === undefined ? referenceText(reference) : `Waived by ${waivedBy}: ${referenceText(reference)}`;
