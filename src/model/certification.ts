/**
 * What only people know of a FedRAMP certification: the `certification` section of a system file. Fields are called what
 * FedRAMP's schemas of the Consolidated Rules 2026 call them; what a schema asks for and nobody states is left out of the
 * document, which then is a draft.
 */
export interface Certification {
  /** Where the Certification Package Overview is published. */
  certificationPackageOverviewUri?: string;
  fedRampPackageId?: string;
  ueiNumber?: string;
  /** The owner's organization, when absent. */
  providerName?: string;
  /** The system's name, when absent. */
  serviceName?: string;
  serviceAcronym?: string;
  serviceDescription?: string;
  certificationType?: CertificationType;
  website?: string;
  logo?: string;
  serviceType?: readonly string[];
  deploymentModel?: string;
  businessCategory?: readonly string[];
  trustCenter?: CertificationRepository;
  secureConfigurationGuidance?: CertificationRepository;
  additionalRepositories?: readonly CertificationRepository[];
  /** `YYYY-MM-DD` */
  nextOngoingCertificationReportDate?: string;
  contactInformation?: readonly CertificationContact[];
  assessor?: { name: string; assessorID: string };
  certifiedServices?: readonly { serviceName: string; serviceDescription: string; dateAvailable: string }[];
  thirdPartyInformationResources?: {
    certified?: readonly { fedRampCertifiedThirdPartyInformationResource: string; useCase: string }[];
    nonCertified?: readonly { name: string; provider: string; website?: string; useCase: string }[];
  };
  /** Of the Security Decision Record. */
  portsAndProtocols?: readonly CertificationPort[];
  ongoingReport?: OngoingReport;
}

export type CertificationType = '20x' | 'Rev5';

export interface CertificationContact {
  contactType: string;
  contactName?: string;
  contactEmail?: string;
  contactPhone?: string;
}

export interface CertificationRepository {
  repositoryType: readonly string[];
  url: string;
  repositoryDescription: string;
  authenticationRequired: boolean;
  accessRequestInstructions?: string;
}

export interface CertificationPort {
  serviceName?: string;
  /** One port, or a range `start-end`. */
  portNumber?: string;
  transportProtocol?: string;
  encryption?: string;
  purpose?: string;
}

/** What of an Ongoing Certification Report no tool can know. An empty list states that there were none. */
export interface OngoingReport {
  reportPeriod?: { from: string; to: string };
  certificationDataChanges?: readonly string[];
  plannedCertificationDataChanges?: { planningHorizonThrough: string; changes: readonly string[] };
  acceptedVulnerabilities?: string;
  transformativeChanges?: readonly string[];
  updatedRecommendations?: readonly string[];
  activeAgencies?: readonly string[];
  /** A brief summary of each. */
  reportableIncidents?: readonly string[];
}
