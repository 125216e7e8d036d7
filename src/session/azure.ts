import type { Given } from '#manifest/template-file.js';
import type { JudgingBase } from '#model/base.js';

/** A boundary of an AWS partition says nothing of Azure: there the whole of its government cloud is the boundary. */
export function azureOf({ boundary }: JudgingBase): Pick<Given, 'azure'> {
  const cloud = boundary.clouds?.find(({ language }) => language === 'arm');
  return cloud ? { azure: { locations: cloud.locations, environment: cloud.environment ?? {} } } : {};
}
