import { line } from '../oscal/text.js';
import { asStated } from './as-stated.js';
import { certificationIn, type FedrampInput, typeOf } from './input.js';
import type { Json } from './schema.js';

/**
 * The Certification Package Overview as far as the system file states it. What it does not state is left out, never guessed:
 * nearly all of it is for people to say.
 */
export function packageOverview(input: FedrampInput): Json {
  const { system } = input.plan;
  const told = certificationIn(input);
  const type = typeOf(input);
  const service = {
    ...asStated(told, ['fedRampPackageId', 'ueiNumber']),
    providerName: line(told.providerName ?? system.owner.organization),
    serviceName: line(told.serviceName ?? system.name),
    ...asStated(told, ['serviceAcronym', 'serviceDescription']),
    ...(type === undefined ? {} : { certificationType: type }),
    ...asStated(told, ['website', 'logo']),
  };
  const properties = asStated(told, [
    'serviceType',
    'deploymentModel',
    'businessCategory',
    'trustCenter',
    'secureConfigurationGuidance',
    'additionalRepositories',
    'nextOngoingCertificationReportDate',
  ]);
  return {
    serviceIdentification: service,
    ...(Object.keys(properties).length > 0 ? { serviceProperties: properties } : {}),
    ...asStated(told, ['contactInformation', 'assessor', 'certifiedServices', 'thirdPartyInformationResources']),
  };
}
