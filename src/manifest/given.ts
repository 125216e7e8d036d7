import type { AzureGiven } from './arm/given.js';
import type { Given as CloudFormationGiven } from './cloudformation/scope.js';

/** What readers are told beside the text. */
export interface Given extends CloudFormationGiven {
  azure?: AzureGiven;
  /** Parameters as a parameters file of Azure types them. */
  values?: Readonly<Record<string, unknown>>;
}
