import { visibleLines } from '#model/unseen.js';
import { line } from '../oscal/text.js';
import { certificationIn, type FedrampInput, typeOf } from './input.js';
import type { Json } from './schema.js';

/**
 * The Certification Package Overview as far as the system file states it. What it does not state is left out, never guessed:
 * nearly all of it is for people to say.
 */
export function packageOverview(input: FedrampInput): Json {
  const { system } = input.plan;
  const told = certificationIn(input);
  const service = {
    ...stated('fedRampPackageId', told.fedRampPackageId),
    ...stated('ueiNumber', told.ueiNumber),
    providerName: line(told.providerName ?? system.owner.organization),
    serviceName: line(told.serviceName ?? system.name),
    ...stated('serviceAcronym', told.serviceAcronym),
    ...(told.serviceDescription === undefined ? {} : { serviceDescription: visibleLines(told.serviceDescription) }),
    ...stated('certificationType', typeOf(input)),
    ...stated('website', told.website),
    ...stated('logo', told.logo),
  };
  const properties = {
    ...(told.serviceType ? { serviceType: told.serviceType } : {}),
    ...stated('deploymentModel', told.deploymentModel),
  };
  const contacts = told.contactInformation?.map(({ contactType, contactName, contactEmail, contactPhone }) => ({
    contactType: line(contactType),
    ...stated('contactName', contactName),
    ...stated('contactEmail', contactEmail),
    ...stated('contactPhone', contactPhone),
  }));
  return {
    serviceIdentification: service,
    ...(Object.keys(properties).length > 0 ? { serviceProperties: properties } : {}),
    ...(contacts ? { contactInformation: contacts } : {}),
  };
}

const stated = (name: string, text: string | undefined): Json => (text === undefined ? {} : { [name]: line(text) });
