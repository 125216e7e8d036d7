import type { LeftField } from './left.js';
import type { DocumentType } from './schema.js';

/** One document as it was written. */
export interface WrittenDocument {
  type: DocumentType;
  /** Path in the bundle. */
  path: string;
  /** FedRAMP's schema and its version. */
  schema: string;
  /**
   * `draft`: FedRAMP's schema refuses it until people have filled what it asks for. One that is `valid` need not be whole: the schema
   * takes an empty list of what only an assessor can say.
   */
  state: 'valid' | 'draft';
  /** What the schema says against a draft. */
  problems: readonly string[];
  left: readonly LeftField[];
}

export interface LeftForPeople {
  about: string;
  documents: readonly LeftDocument[];
  /** Filled, but only with what Rampart knows. */
  toComplete: readonly ToComplete[];
}

export interface LeftDocument extends Omit<WrittenDocument, 'left'> {
  /** How many of the fields are required. */
  required: number;
  fields: readonly NamedField[];
}

export interface ToComplete {
  type: DocumentType;
  field: string;
  why: string;
}

type NamedField = LeftField & { by: 'provider' | 'independent assessor'; give?: string; known?: readonly string[] };

/** Field of a document → where a system file states it. What stands below a field is stated below that key. */
const places: Readonly<Record<DocumentType, Readonly<Record<string, string>>>> = {
  'security-decision-record': {
    '/portsAndProtocols': 'portsAndProtocols',
  },
  'certification-package-overview': {
    '/serviceIdentification/fedRampPackageId': 'fedRampPackageId',
    '/serviceIdentification/ueiNumber': 'ueiNumber',
    '/serviceIdentification/serviceAcronym': 'serviceAcronym',
    '/serviceIdentification/serviceDescription': 'serviceDescription',
    '/serviceIdentification/certificationType': 'certificationType',
    '/serviceIdentification/website': 'website',
    '/serviceIdentification/logo': 'logo',
    '/serviceProperties': 'serviceType and deploymentModel',
    '/serviceProperties/serviceType': 'serviceType',
    '/serviceProperties/deploymentModel': 'deploymentModel',
    '/serviceProperties/businessCategory': 'businessCategory',
    '/serviceProperties/trustCenter': 'trustCenter',
    '/serviceProperties/secureConfigurationGuidance': 'secureConfigurationGuidance',
    '/serviceProperties/additionalRepositories': 'additionalRepositories',
    '/serviceProperties/nextOngoingCertificationReportDate': 'nextOngoingCertificationReportDate',
    '/assessor': 'assessor',
    '/certifiedServices': 'certifiedServices',
    '/thirdPartyInformationResources': 'thirdPartyInformationResources',
    '/contactInformation': 'contactInformation',
  },
  'ongoing-certification-report': {
    '/reportPeriod': 'ongoingReport.reportPeriod',
    '/certificationDataChanges': 'ongoingReport.certificationDataChanges',
    '/plannedCertificationDataChanges': 'ongoingReport.plannedCertificationDataChanges',
    '/transformativeChanges': 'ongoingReport.transformativeChanges',
    '/updatedRecommendations': 'ongoingReport.updatedRecommendations',
    '/activeAgencies': 'ongoingReport.activeAgencies',
    '/reportableIncidents': 'ongoingReport.reportableIncidents',
  },
};

const about =
  'Fields of FedRAMP’s documents that are not filled, each by name: Rampart does not know what they ask for and invents ' +
  'nothing. “give” is a key under certification in the system file; a field without one is written into the published copy. A ' +
  'document whose name ends in .draft.json is not valid until what is required is filled; one that is valid is so as far as it is ' +
  'filled, since FedRAMP’s schemas take an empty list.';

/** How far a document is what its schema asks for. */
export const standingOf = ({ state, required, fields }: LeftDocument, schema: string): string => {
  if (state === 'draft') return `A draft, not valid yet by ${schema}.`;
  if (fields.length === 0) return `Valid by ${schema}. Every field is filled.`;
  const left = `${fields.length} of its fields ${fields.length === 1 ? 'is' : 'are'} left for people`;
  return `Valid as far as it is filled, by ${schema}: ${left}, ${required === 0 ? 'none' : required} of them required.`;
};

/** The list that goes beside the documents. `known` holds facts that help with a field, by its name. */
export function leftForPeople(
  documents: readonly WrittenDocument[],
  toComplete: readonly ToComplete[],
  known: Readonly<Record<string, readonly string[]>>,
): LeftForPeople {
  return {
    about,
    documents: documents.map(({ type, path, schema, state, problems, left }) => ({
      type,
      path,
      schema,
      state,
      required: left.filter((field) => field.required).length,
      problems,
      fields: left.map((field) => named(type, field, known[`${type}${field.field}`])),
    })),
    toComplete,
  };
}

/** Of the field itself, or of what it stands below. */
function placeOf(type: DocumentType, field: string): string | undefined {
  if (field === '') return undefined;
  const own = Object.hasOwn(places[type], field) ? places[type][field] : undefined;
  return own ?? placeOf(type, field.slice(0, field.lastIndexOf('/')));
}

function named(type: DocumentType, field: LeftField, known: readonly string[] | undefined): NamedField {
  const give = placeOf(type, field.field);
  return {
    ...field,
    by: /Assessment$/.test(field.field) ? 'independent assessor' : 'provider',
    ...(give === undefined ? {} : { give: `certification: ${give}` }),
    ...(known && known.length > 0 ? { known } : {}),
  };
}
