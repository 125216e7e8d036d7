import type { LiveCall } from '#model/live-call.js';
import { type Answer, settle } from './answer.js';

/** More pages than any account has; an endpoint that never ends must not keep us for ever. */
const pageLimit = 500;

interface Page {
  $metadata: { requestId?: string | undefined };
  Truncated?: boolean | undefined;
  NextMarker?: string | undefined;
}

/**
 * Every page of one of the lists of KMS. A list that breaks off is not an answer: what was seen of it would look like all of
 * it. The request id is that of the last page.
 */
export async function everyPage<P extends Page>(
  action: LiveCall,
  on: string | undefined,
  ask: (marker: { Marker?: string }) => Promise<P>,
): Promise<Answer<readonly P[]>> {
  const pages: P[] = [];
  let marker: string | undefined;
  while (pages.length < pageLimit) {
    const answer = await settle(action, ask(marker === undefined ? {} : { Marker: marker }), on);
    if (answer.outcome !== 'answered') return answer;
    pages.push(answer.value);
    if (!answer.value.Truncated) return { ...answer, value: pages };
    marker = answer.value.NextMarker;
    // Without a marker the next question would be the first one again.
    if (!marker) return unending(action, `which is truncated and names no next page`);
  }
  return unending(action, `which went on after ${pageLimit} pages`);
}

const unending = (action: string, how: string): Answer<never> => ({
  outcome: 'failed',
  error: 'UnendingList',
  detail: `an end of the list of ${action}, ${how}`,
});

/** Every page of one of the lists of CloudFormation, which end where no token is given. */
export async function everyToken<
  P extends { $metadata: { requestId?: string | undefined }; NextToken?: string | undefined },
>(action: LiveCall, on: string, ask: (next: { NextToken?: string }) => Promise<P>): Promise<Answer<readonly P[]>> {
  const pages: P[] = [];
  let token: string | undefined;
  while (pages.length < pageLimit) {
    const answer = await settle(action, ask(token === undefined ? {} : { NextToken: token }), on);
    if (answer.outcome !== 'answered') return answer;
    pages.push(answer.value);
    token = answer.value.NextToken;
    if (!token) return { ...answer, value: pages };
  }
  return unending(action, `which went on after ${pageLimit} pages`);
}
