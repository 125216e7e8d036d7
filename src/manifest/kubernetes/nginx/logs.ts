import { type Place, saidIn } from './scope.js';

/** What callers send, and what they are answered. */
const telling = /\$\{?(?:request_body|resp_body|response_body|http_authorization|http_x_api_key)\b/;

/** Whether a log that is kept here has a form that tells what callers send. */
export function isBodyLogged({ around }: Place): boolean {
  const forms = around.flat().filter(({ name }) => name === 'log_format');
  return saidIn('access_log', around).some(
    ({ words: [, form] }) =>
      form !== undefined && forms.some(({ words: [name, ...rest] }) => name === form && telling.test(rest.join(' '))),
  );
}
