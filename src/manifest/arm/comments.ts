import { Lines } from '#model/position.js';

/** Azure takes comments in a template, which neither JSON nor YAML reads. They become spaces, so that places stay. */
export function withoutComments(lines: Lines): Lines {
  const { text, file } = lines;
  const isJson = /^\s*(?:\{|\/[/*])/.test(text);
  if (!isJson || !/\/[/*]/.test(text) || !/deploymentTemplate\.json/i.test(text)) return lines;
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = endOfComment(text, at);
      pieces.push(text.slice(from, at), text.slice(at, end).replace(/[^\r\n]/g, ' '));
      from = end;
      at = end - 1;
    }
  }
  return from === 0 ? lines : new Lines(file, pieces.join('') + text.slice(from));
}

/** Where the closing quote is; the end of the text when there is none. */
function endOfString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === '"') return next;
  }
  return text.length;
}

function endOfComment(text: string, at: number): number {
  const isLine = text[at + 1] === '/';
  const end = text.indexOf(isLine ? '\n' : '*/', at + 2);
  if (end === -1) return text.length;
  return isLine ? end : end + 2;
}
