import type { Given } from '#manifest/template-file.js';
import type { JudgingBase } from '#model/base.js';
import type { Boundary } from '#model/system.js';

/**
 * What the reader of ARM templates is told. A boundary of another partition says nothing of Azure: there the whole of its
 * government cloud is the boundary.
 */
export function azureOf(
  { boundary }: JudgingBase,
  own?: Pick<Boundary, 'partition' | 'regions'>,
): Pick<Given, 'azure'> {
  const cloud = boundary.clouds?.find(({ language }) => language === 'arm');
  if (!cloud) return {};
  const locations = own?.partition === cloud.id ? own.regions : cloud.locations;
  return { azure: { locations, environment: cloud.environment ?? {} } };
}
