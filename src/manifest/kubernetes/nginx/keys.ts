import { type Chain, conditionOf, returned, saidIn } from './scope.js';

/** Modules that let somebody in, or do not. */
const guards = ['auth_request', 'auth_basic', 'auth_jwt', 'auth_oidc'];

/** Code in the configuration or beside it, which may do anything. */
const code = /^(?:js_access|access_by_lua|perl)/;

/** A comparison of what callers send with a text, and of nothing else. */
const isCompared = /^\$(?:http_(?:authorization|x_api_key|api_key|apikey)|ssl_client_verify)\s*!=\s*["']?[^"'\s]/;

/**
 * Whether callers who come here have to show who they are; undefined where that is worked out by a map, a pattern or code.
 */
export function isKeyAsked(chain: Chain, tls: boolean): boolean | undefined {
  const isLoose = saidIn('satisfy', chain)[0]?.words[0] === 'any';
  const isGuarded = guards.some((name) => {
    const word = saidIn(name, chain)[0]?.words[0] ?? 'off';
    return word !== 'off' && !isAlwaysGranted(word, chain);
  });
  if (isGuarded) return isLoose ? undefined : true;
  if (tls && saidIn('ssl_verify_client', chain)[0]?.words[0] === 'on') return true;
  const refusals = chain
    .flat()
    .filter((each) => each.name === 'if' && /^4/.test(returned(each.block ?? []) ?? ''))
    .map(conditionOf);
  if (refusals.some((condition) => isCompared.test(condition))) return true;
  const isOpen = refusals.some((condition) => !isOnlyThere.test(condition) && !isOther.test(condition));
  return isOpen || chain.flat().some(({ name }) => code.test(name)) ? undefined : false;
}

/** Asks that something is sent, and not what. */
const isOnlyThere = /^\$http_\w+\s*=\s*(?:""|''|$)/;

/** Conditions on something other than who calls. */
const isOther =
  /^\$(?:request_(?:method|uri|body)|uri|host|scheme|https|args|is_args|remote_addr|content_(?:type|length)|http_(?:user_agent|host|referer|upgrade|origin)|server_port)\b/;

/** A question whose answer stands in the configuration. */
function isAlwaysGranted(place: string, chain: Chain): boolean {
  return chain
    .flat()
    .some(
      ({ name, words, block }) =>
        name === 'location' && words.at(-1) === place && /^2/.test(returned(block ?? []) ?? ''),
    );
}

/** Whether a key is put in that callers did not send; undefined where a map decides. */
export function isKeyAdded(chain: Chain): boolean | undefined {
  const sent = saidIn('proxy_set_header', chain).find(({ words }) => words[0]?.toLowerCase() === 'authorization');
  const value = sent?.words[1] ?? '';
  if (value === '' || /\$\{?http_/.test(value)) return false;
  return /\$[a-z]/.test(value) ? undefined : true;
}
