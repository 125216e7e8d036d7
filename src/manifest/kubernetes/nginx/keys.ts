import { addressesIn } from './addresses.js';
import { type Chain, conditionOf, type Place, returned, saidIn } from './scope.js';

/** Modules that let somebody in, or do not. */
const guards = ['auth_request', 'auth_basic', 'auth_jwt', 'auth_oidc'];

/** Code in the configuration or beside it, which may do anything. */
const code = /^(?:js_access|access_by_lua|perl)/;

/** A comparison of what callers send with a text, and of nothing else. */
const isCompared = /^\$(?:http_(?:authorization|x_api_key|api_key|apikey)|ssl_client_verify)\s*!=\s*["']?[^"'\s]/;

/** Whether nobody outside of the pod gets in here, whatever they show. */
export function isShut({ around }: Place): boolean {
  const { allowed, areOthersDenied } = addressesIn(around);
  return allowed === 'none' && areOthersDenied && !(isEitherEnough(around) && answersOf(around).length > 0);
}

/** One of several is enough: an address that is allowed, or what one of the modules asks for. */
const isEitherEnough = (chain: Chain): boolean => saidIn('satisfy', chain)[0]?.words[0] === 'any';

/**
 * Whether callers who come here have to show who they are; undefined where that is worked out by a map, a pattern or code.
 */
export function isKeyAsked({ around, asked }: Place, tls: boolean): boolean | undefined {
  const guarded = isGuarded(around);
  if (guarded || (tls && saidIn('ssl_verify_client', around)[0]?.words[0] === 'on')) return true;
  const refusals = asked
    .flat()
    .filter((each) => each.name === 'if' && /^4/.test(returned(each.block ?? []) ?? ''))
    .map(conditionOf);
  if (refusals.some((condition) => isCompared.test(condition))) return true;
  const isOpen = refusals.some((condition) => !isOnlyThere.test(condition) && !isOther.test(condition));
  return isOpen || guarded === undefined || around.flat().some(({ name }) => code.test(name)) ? undefined : false;
}

/** Whether the modules let nobody in who shows nothing. */
function isGuarded(chain: Chain): boolean | undefined {
  const answers = answersOf(chain);
  if (answers.length === 0) return false;
  const isOpen = answers.includes(undefined);
  if (!isEitherEnough(chain)) return answers.includes(true) || (isOpen ? undefined : false);
  const { allowed } = addressesIn(chain);
  if (answers.includes(false) || allowed === 'all') return false;
  return isOpen || allowed === 'some' ? undefined : true;
}

/** Of each module that is on, whether it asks; undefined where a variable may turn it off. */
function answersOf(chain: Chain): readonly (boolean | undefined)[] {
  return guards.flatMap((name) => {
    const word = saidIn(name, chain)[0]?.words[0] ?? 'off';
    // Without a file of users everybody is let in.
    if (word === 'off' || (name === 'auth_basic' && saidIn('auth_basic_user_file', chain).length === 0)) return [];
    return [/^\$\{?\w+\}?$/.test(word) ? undefined : !isAlwaysGranted(word, chain)];
  });
}

/** Asks that something is sent, and not what. */
const isOnlyThere = /^\$http_\w+\s*=\s*(?:""|''|$)/;

/** Conditions on something other than who calls. */
const isOther =
  /^\$(?:request_(?:method|uri|body)|uri|host|scheme|https|args|is_args|remote_addr|content_(?:type|length)|http_(?:user_agent|host|referer|upgrade|origin)|server_port)\b/;

/** A question whose answer stands in the configuration. */
function isAlwaysGranted(place: string, chain: Chain): boolean {
  const asked = chain.flat().filter(({ name, words }) => name === 'location' && words.at(-1) === place);
  return asked.some(
    ({ block = [] }) =>
      /^2/.test(returned(block) ?? '') || block.some(({ name }) => name === 'empty_gif' || name === 'stub_status'),
  );
}

/** Whether a key is put in that callers did not send; undefined where a map decides. */
export function isKeyAdded({ around: chain }: Place): boolean | undefined {
  const sent = saidIn('proxy_set_header', chain).find(({ words }) => words[0]?.toLowerCase() === 'authorization');
  const value = sent?.words[1] ?? '';
  if (value === '' || /\$\{?http_/.test(value)) return false;
  return /\$[a-z]/.test(value) ? undefined : true;
}
