import type { Text, Value } from '#model/value.js';
import type { Context } from './context.js';
import { referenceOf } from './referent.js';

/**
 * Whose a thing is by what names it: an account that is spelt out, nobody's or the own one's, or that is open. A project of Google Cloud has
 * a number beside its id, and no manifest tells which number is of which id.
 */
export type Owner = { account: string; isNumber?: boolean } | 'own' | 'open';

/**
 * The account a value names: twelve digits, an ARN that has one, an image of ECR, or a principal of a policy in normal form; of Azure the subscription in an
 * id, of Google Cloud the project in a name. Things of the manifest are of the own account, and so is whatever `AWS::AccountId` and
 * `subscription()` stand for; a text that names no account is nobody's.
 */
export function ownerOf(value: Value, context: Context): Owner {
  switch (value.kind) {
    case 'scalar':
      return spelt(typeof value.value === 'number' ? String(value.value).padStart(12, '0') : String(value.value ?? ''));
    case 'text':
      return begun(value, context);
    case 'reference':
      return ofNewAccount(value, context) ? 'open' : 'own';
    case 'unknown':
      return value.samples || (referenceOf(value) && !ofNewAccount(value, context)) ? 'own' : 'open';
    default:
      return 'own';
  }
}

/**
 * The account in an ARN of an organization is that which manages it: it is not the one that is meant. Security groups of others are spelt
 * `111122223333/sg-1` in Terraform.
 */
const form = /^(?:AWS:)?(?:arn:[^:]*:(?!organizations:)[^:]*:[^:]*:)?([0-9]{12})(?::|\/sg-|$)/;

/** How an API says which function it calls: the ARN of that stands in one of API Gateway's own. */
const called = /^arn:[^:]*:apigateway:[^:]*:lambda:path\/[^:]*\/functions\/(?=arn:)/;

/** The registry an image of ECR is in. */
const registry = /^([0-9]{12})\.dkr[.-]ecr[.-]/;

function spelt(text: string): Owner {
  // A canonical user id is of an account, and tells nobody of which.
  if (/^CanonicalUser:./.test(text)) return 'open';
  const account =
    form.exec(text.replace(called, ''))?.[1] ?? registry.exec(text)?.[1] ?? subscription.exec(text)?.[1]?.toLowerCase();
  if (account !== undefined) return { account };
  const project = projectOf(text);
  return project === undefined ? 'own' : { account: project, isNumber: /^[0-9]+$/.test(project) };
}

/** The subscription in the id of a resource of Azure. */
const subscription = /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

/**
 * The project in the name of a resource of Google Cloud, or of a service account: of one that was made, or of the default ones of Compute
 * and App Engine. Agents of Google's services are of none.
 */
const projectOf = (text: string): string | undefined =>
  /^(?:[a-z0-9.:/]*?\/)?projects\/([a-z0-9-]{6,30})(?:\/|$)/.exec(text)?.[1] ??
  /^serviceAccount:(?!service-[0-9]+@)[^@]*@(?!gcp-sa-)([a-z0-9-]{6,30})\.iam\.gserviceaccount\.com$/.exec(text)?.[1] ??
  /^serviceAccount:([0-9]{6,30}(?=-compute@developer\.)|[a-z][a-z0-9-]{5,29}(?=@appspot\.))[a-z0-9@.-]*$/.exec(
    text,
  )?.[1];

/** What stands before an account or a subscription, or before the rest of it. */
const before = /^(?:AWS:)?(?:arn:(?:[^:]*:){0,3}[^:]*|[0-9]{0,12})$|^\/[^/]*(?:\/[^/]*)?$/;

/** The account of a text by what is known before its first open part. */
function begun({ parts }: Text, context: Context): Owner {
  const [first, second] = parts;
  const start = typeof first === 'string' ? first : '';
  const part = typeof first === 'string' ? second : first;
  // A colon closes the account, a slash a subscription or project; without one its digits may go on.
  const end = start.startsWith('/') || /^(?:[a-z0-9.:/]*\/)?projects\//.test(start) ? '/' : ':';
  const known = start.includes(end) ? spelt(start.slice(0, start.lastIndexOf(end) + 1)) : 'own';
  if (known !== 'own' || !before.test(start) || typeof part !== 'object') return known;
  if (part.kind === 'unknown' && part.samples) return 'own';
  return start === '' || start === 'AWS:' ? ownerOf(part, context) : 'open';
}

/** Whether it is said of an account somebody makes, which is another one by that. */
function ofNewAccount(value: Value, context: Context): boolean {
  const reference = referenceOf(value);
  const target = reference && context.resource && context.find(context.resource.manifest, reference.to);
  return target !== undefined && /^(?:AWS::Organizations::Account|aws_organizations_account)$/.test(target.type);
}
