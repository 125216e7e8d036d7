import { certificationIn, type FedrampInput, typeOf } from './input.js';
import type { ToComplete } from './left-for-people.js';

const overviewAddress = {
  field: '/certificationPackageOverviewUri',
  why: 'It names the overview in this bundle by its digest. Give certification: certificationPackageOverviewUri once it is published.',
};

/** The field of what the parameters of controls are. */
export const parameterValues = '/securityControls/*/parameterValues';

const notCompared =
  'No earlier evidence was given, so nothing was compared: give evidence create --since with the bundle of the last report, or a ledger.';

/** Fields that are filled with what Rampart knows, and that people have to look at before a document is published. */
export function toComplete(input: FedrampInput): ToComplete[] {
  const { certificationPackageOverviewUri, ongoingReport, providerName, serviceName } = certificationIn(input);
  const rows: (ToComplete | false)[] = [
    certificationPackageOverviewUri === undefined && { type: 'security-decision-record', ...overviewAddress },
    {
      type: 'security-decision-record',
      field: '/securityControls/*/controlImplementationStatus',
      why: 'It is stated only where something that was judged is not met. Whether a control is implemented as a whole is for people to say.',
    },
    {
      type: 'security-decision-record',
      field: parameterValues,
      why: 'They are the values the publisher of the baseline assigns. Where it leaves a choice, the provider states what it chose.',
    },
    {
      type: 'security-decision-record',
      field: '/fedRampRequirements',
      why: 'Only the rules of which this bundle itself shows something are told of. Every other rule that applies, and the status of these, is for people to write.',
    },
    {
      type: 'security-decision-record',
      field: '/keySecurityIndicators',
      why:
        typeOf(input) === 'Rev5'
          ? 'Indicators are of the 20x path: those are told of that something was judged for. Whether one is met is for people to say.'
          : 'It tells of what settings show. Whether an indicator is met, and what people do for it, is for people to say.',
    },
    providerName === undefined && {
      type: 'certification-package-overview',
      field: '/serviceIdentification/providerName',
      why: 'It is the organization that owns the system. Give certification: providerName where the provider is another.',
    },
    serviceName === undefined && {
      type: 'certification-package-overview',
      field: '/serviceIdentification/serviceName',
      why: 'It is the name of the system. Give certification: serviceName where the service is called otherwise.',
    },
    certificationPackageOverviewUri === undefined && { type: 'ongoing-certification-report', ...overviewAddress },
    (input.earlier !== undefined || ongoingReport?.certificationDataChanges !== undefined) && {
      type: 'ongoing-certification-report',
      field: '/certificationDataChanges',
      why: input.earlier
        ? 'It tells of what evidence holds. Changes to other certification data are for people to add.'
        : `It is what the system file states. ${notCompared}`,
    },
    ongoingReport?.acceptedVulnerabilities === undefined && {
      type: 'ongoing-certification-report',
      field: '/acceptedVulnerabilities',
      why: 'It tells of waivers only. Vulnerabilities accepted elsewhere are for people to add.',
    },
  ];
  return rows.filter((row) => row !== false);
}

/** What Rampart can tell of fields people must fill, by document type and field. */
export function known({ plan, earlier, makers }: FedrampInput): Readonly<Record<string, readonly string[]>> {
  const models = plan.endpoints.map(({ endpoint: { name, model, kind, region } }) => {
    const maker = makers?.get(name);
    return `${name} uses ${model} by ${kind} in ${region}${maker === undefined ? '' : `, made by ${maker}`}.`;
  });
  // Every kind of endpoint is an API over HTTPS. What else a system listens on Rampart does not know.
  const ports = plan.endpoints.map(
    ({ endpoint }) => `${endpoint.name} is called over TLS on TCP 443, as Rampart renders it.`,
  );
  const period = earlier ? [] : [notCompared];
  return {
    'security-decision-record/portsAndProtocols': ports,
    [`security-decision-record${parameterValues}`]: [
      'Only controls that have parameters have values. Controls of NIST’s LOW baseline that have none are not listed; of the others it is not known here, and some of those listed have none and ask for nothing.',
    ],
    'certification-package-overview/thirdPartyInformationResources': models,
    'ongoing-certification-report/reportPeriod': period,
    'ongoing-certification-report/certificationDataChanges': period,
  };
}
