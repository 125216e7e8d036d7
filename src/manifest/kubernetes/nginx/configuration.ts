import { matchesPattern } from '#model/pattern.js';
import type { Configured } from '../configured.js';
import { type Directive, directivesOf } from './directives.js';

const folder = '/etc/nginx';
const main = `${folder}/nginx.conf`;

/** Longer ones are left unread, and so is what is included deeper: a file may include itself. */
const longest = 100_000;
const deepest = 8;

/** Files of the image that serve nobody. */
const ofImage =
  /(?:^|\/)(?:mime\.types|modules(?:-enabled)?\/[^/]*|(?:fastcgi|uwsgi|scgi|proxy)(?:_params|\.conf)|koi-\w+|win-utf)$/;

export interface Configuration {
  directives: readonly Directive[];
  /** What of it cannot be seen. */
  open?: string;
  /** A pattern that takes no file of the manifests: of nginx's own image, the welcome page. */
  ofImage?: string;
}

/** The configuration nginx starts with, its includes laid in. Without a main file of the pod's it is the one of nginx's own image. */
export function configurationOf(files: Configured, path: string = main): Configuration {
  const reader = new Reader(files);
  const directives = files.read(path) === 'image' ? reader.standard() : reader.file(path, 0);
  return {
    directives,
    ...(reader.open === undefined ? {} : { open: reader.open }),
    ...(reader.ofImage === undefined ? {} : { ofImage: reader.ofImage }),
  };
}

class Reader {
  open: string | undefined;
  ofImage: string | undefined;
  private length = 0;

  constructor(private readonly files: Configured) {}

  file(path: string, depth: number): readonly Directive[] {
    const held = this.files.read(path);
    if (typeof held === 'string') {
      if (held === 'unread' || !ofImage.test(path)) this.open ??= `${path}, which is not in the manifests`;
      return [];
    }
    return this.parsed(held.text, path, depth);
  }

  /** What nginx's image does with what is put beside its own main file, and in place of its welcome page. */
  standard(): readonly Directive[] {
    const served = [...this.all(`${folder}/conf.d/*.conf`, 1), ...this.all(`${folder}/templates/*.template`, 1)];
    if (served.length === 0) this.open ??= 'the configuration in its image';
    return [{ name: 'http', words: [], block: served }];
  }

  private all(pattern: string, depth: number): readonly Directive[] {
    const slash = pattern.lastIndexOf('/');
    const name = pattern.slice(slash + 1);
    const isTaken = (file: string): boolean => !file.includes('/') && matchesPattern(name, file);
    const texts = this.files.readAll(pattern.slice(0, slash), isTaken);
    if (!texts) this.open ??= `${pattern}, which is not in the manifests`;
    return (texts ?? []).flatMap((text) => this.parsed(text, pattern, depth));
  }

  private parsed(text: string, path: string, depth: number): readonly Directive[] {
    this.length += text.length;
    const read = this.length > longest || depth > deepest ? undefined : directivesOf(text);
    if (!read) this.open ??= `what nginx makes of ${path}`;
    return this.whole(read ?? [], depth);
  }

  private whole(directives: readonly Directive[], depth: number): readonly Directive[] {
    return directives.flatMap((each): readonly Directive[] => {
      if (each.name === 'include') return this.included(each.words[0] ?? '', depth + 1);
      return [each.block ? { ...each, block: this.whole(each.block, depth) } : each];
    });
  }

  private included(written: string, depth: number): readonly Directive[] {
    const path = written.startsWith('/') ? written : `${folder}/${written}`;
    if (!path.includes('*')) return this.file(path, depth);
    // A pattern may take nothing.
    const found = this.all(path, depth);
    if (found.length === 0) this.ofImage ??= path;
    return found;
  }
}
