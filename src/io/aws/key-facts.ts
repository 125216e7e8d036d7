import type {
  GetKeyPolicyResponse,
  GetKeyRotationStatusResponse,
  ListAliasesResponse,
  ListGrantsResponse,
  ListResourceTagsResponse,
} from '@aws-sdk/client-kms';
import type { Answer } from './answer.js';

type Unknown = { $unknown: string };

export function rotationFacts(rotation: Answer<GetKeyRotationStatusResponse>): Record<string, unknown> {
  if (rotation.outcome === 'answered') {
    const { KeyRotationEnabled: rotationEnabled, RotationPeriodInDays: rotationPeriodInDays } = rotation.value;
    return { rotationEnabled, rotationPeriodInDays };
  }
  // KMS API reference, GetKeyRotationStatus: for keys that cannot rotate by themselves the status "is always false".
  if (rotation.error === 'UnsupportedOperationException') return { rotationEnabled: false };
  const unknown = { $unknown: rotation.detail };
  return { rotationEnabled: unknown, rotationPeriodInDays: unknown };
}

/** The document as data, for the gate's own predicates on policies. */
export function policyFacts(answer: Answer<GetKeyPolicyResponse>): unknown {
  if (answer.outcome !== 'answered') return { $unknown: answer.detail };
  try {
    const document: unknown = JSON.parse(answer.value.Policy ?? '');
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  } catch {
    // No JSON is no document either.
  }
  return { $unknown: 'an answer to kms:GetKeyPolicy that is a policy document' };
}

/** Who may do what by grants on a key, without their ids, names and tokens. */
export function grantFacts(answer: Answer<readonly ListGrantsResponse[]>, key: string): readonly object[] | Unknown {
  if (answer.outcome !== 'answered') return { $unknown: answer.detail };
  return answer.value
    .flatMap(({ Grants = [] }) => Grants)
    .map(({ GranteePrincipal: grantee, RetiringPrincipal: retiring, Operations: operations = [], Constraints }) => ({
      ...(grantee ? { grantee } : {}),
      granteeOf: granteeOf(grantee, key),
      ...(retiring ? { retiring } : {}),
      operations: [...operations].sort(),
      constrained: Object.keys(Constraints ?? {}).length > 0,
    }))
    .sort(byText);
}

/** Whose a grantee is: AWS gives ARNs of principals, names of services, and of a principal that is gone only its id. */
function granteeOf(grantee: string | undefined, key: string): string {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(grantee ?? '')?.[1];
  if (account !== undefined) return account === key.split(':')[4] ? 'account' : 'another account';
  const isService = /^[a-z0-9.-]+\.amazonaws\.com$/.test(grantee ?? '') || grantee === 'AWS Internal';
  return isService ? 'service' : 'nobody that is named';
}

export function aliasFacts(answer: Answer<readonly ListAliasesResponse[]>): readonly string[] | Unknown {
  if (answer.outcome !== 'answered') return { $unknown: answer.detail };
  const names = answer.value.flatMap(({ Aliases = [] }) => Aliases).map(({ AliasName: name }) => name);
  return names.filter((name) => name !== undefined).sort();
}

export function tagFacts(answer: Answer<readonly ListResourceTagsResponse[]>): readonly object[] | Unknown {
  if (answer.outcome !== 'answered') return { $unknown: answer.detail };
  return answer.value
    .flatMap(({ Tags = [] }) => Tags)
    .map(({ TagKey: key, TagValue: value }) => ({ key, value }))
    .sort(byText);
}

/** AWS gives lists in no order; the same account must give the same bytes. */
const byText = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
