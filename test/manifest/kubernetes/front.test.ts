import assert from 'node:assert/strict';
import { property, read, resource } from './stream.js';

const indented = (text: string): string => text.replace(/^/gm, '    ');

/** A server on the loopback behind a proxy with a configuration, as `front` of the server. */
function front(
  files: Record<string, string>,
  proxy = 'image: nginx',
  mount = '/etc/nginx/conf.d',
): Record<string, unknown> {
  const data = Object.entries(files).map(([name, text]) => `  ${name}: |\n${indented(text)}\n`);
  const text = `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: n}
spec:
  containers:
  - {name: c, image: vllm/vllm-openai, args: [--host=127.0.0.1]}
  - name: proxy
    ${proxy}
    volumeMounts: [{name: conf, mountPath: ${mount}}]
  volumes: [{name: conf, configMap: {name: conf}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf, namespace: n}
data:
${data.join('')}`;
  return property(resource(read(text), 'Pod/n/p/container/c'), 'front') as Record<string, unknown>;
}

/** Its ways in short: where to, `+` with TLS, its protocols, whether it asks. */
function ways(config: string): string[] {
  const { ways: found, whole } = front({ 'a.conf': config });
  const each = (
    found as { to: string; tls: boolean; protocols: string[] | '?'; asks: boolean | '?'; adds: boolean | '?' }[]
  )
    .filter((way) => typeof way !== 'string')
    .map(
      ({ to, tls, protocols, asks, adds }) =>
        `${to}${tls ? `+${typeof protocols === 'string' ? protocols : protocols.join('+')}` : ''} ${asks}${adds === false ? '' : ` adds ${adds}`}`,
    );
  return whole === true ? each : [...each, 'more'];
}

const tls = 'ssl_protocols TLSv1.2;';
const pass = 'proxy_pass http://127.0.0.1:8000;';
const users = 'auth_basic x; auth_basic_user_file u;';

describe('what stands in front of a server on the loopback', () => {
  const cases: readonly [what: string, config: string, expected: string[]][] = [
    ['a plain listener', `server { listen 80; location / { ${pass} } }`, ['model false']],
    ['no listener said', `server { location / { ${pass} } }`, ['model false']],
    ['TLS', `server { listen 443 ssl; ${tls} location / { ${pass} } }`, ['model+TLSv1.2 false']],
    ['TLS by an older word', `server { listen 443; ssl on; ${tls} location / { ${pass} } }`, ['model+TLSv1.2 false']],
    ['QUIC', `server { listen 443 quic reuseport; ${tls} location / { ${pass} } }`, ['model+TLSv1.2 false']],
    [
      'protocols around the server',
      `${tls} server { listen 443 ssl; location / { ${pass} } }`,
      ['model+TLSv1.2 false'],
    ],
    ['no protocols', `server { listen 443 ssl; location / { ${pass} } }`, ['model+? false']],
    [
      'protocols by OpenSSL’s word',
      `server { listen 443 ssl; ${tls} ssl_conf_command MinProtocol TLSv1; location / { ${pass} } }`,
      ['model+TLSv1.2+TLSv1 false'],
    ],
    [
      'a server beside it on the same address',
      `server { listen 443 ssl; ssl_protocols TLSv1; } server { listen 443; ${tls} location / { ${pass} } }`,
      ['model+TLSv1.2+TLSv1 false'],
    ],
    [
      'both listeners',
      `server { listen 80; listen 443 ssl; ${tls} location / { ${pass} } }`,
      ['model false', 'model+TLSv1.2 false'],
    ],
    [
      'a listener nobody reaches',
      `server { listen 127.0.0.1:80; listen [::1]:80; listen unix:/run/x; location / { ${pass} } }`,
      [],
    ],
    [
      'a way round by itself',
      `server { listen 127.0.0.1:81; location / { ${pass} } } server { listen 80; location / { proxy_pass http://localhost:81; } }`,
      ['model false'],
    ],
    [
      'a way round by a listener with TLS',
      `server { listen 443 ssl; ${tls} location / { ${pass} } } server { listen 80; location / { proxy_pass https://127.0.0.1:443; } }`,
      ['model+TLSv1.2 false', 'model false'],
    ],
    ['any address of its own', `server { listen 80; location / { proxy_pass http://0.0.0.0:8000; } }`, ['model false']],
    [
      'another port of the loopback',
      `server { listen 80; location /metrics { proxy_pass http://127.0.0.1:9400; } }`,
      [],
    ],
    [
      'a group',
      `upstream v { server 127.0.0.1:8000; server unix:/run/v; } server { listen 80; location / { proxy_pass http://v; } }`,
      ['model false', 'model false'],
    ],
    [
      'a variable that is set',
      `server { listen 80; set $v 127.0.0.1:8000; location / { proxy_pass http://$v; } }`,
      ['model false'],
    ],
    [
      'a path behind the address',
      `server { listen 80; location / { proxy_pass http://127.0.0.1:8000$request_uri; } }`,
      ['model false'],
    ],
    ['a variable that is not', `server { listen 443 ssl; ${tls} location / { proxy_pass http://$host; } }`, ['more']],
    [
      'plain HTTP out of the pod',
      `server { listen 443 ssl; ${tls} location / { proxy_pass http://10.0.0.1:8000; } }`,
      ['beyond+TLSv1.2 false'],
    ],
    ['TLS out of the pod', `server { listen 443 ssl; ${tls} location / { proxy_pass https://other:8443/; } }`, []],
    [
      'a copy sent out of the pod',
      `server { listen 127.0.0.1:80; location / { mirror /m; } location /m { internal; proxy_pass http://log.example; } }`,
      ['beyond false'],
    ],
    [
      'a question to a service',
      `server { listen 127.0.0.1:80; location /a { internal; proxy_pass_request_body off; proxy_pass http://a; } }`,
      [],
    ],
    ['a redirect of all', `server { listen 80; return 301 https://$host$request_uri; location / { ${pass} } }`, []],
    [
      'an older redirect of all',
      `server { listen 80; rewrite ^ https://$host$request_uri? permanent; location / { ${pass} } }`,
      [],
    ],
    [
      'a redirect of those without TLS',
      `server { listen 80; listen 443 ssl; ${tls} if ($scheme = http) { return 301 https://$host$request_uri; } location / { ${pass} } }`,
      ['model+TLSv1.2 false'],
    ],
    [
      'a redirect of one host',
      `server { listen 80; if ($host = a) { return 301 https://a; } location / { ${pass} } }`,
      ['model false'],
    ],
    [
      'a nested block',
      `server { listen 80; location / { location /v1 { if ($request_method = POST) { ${pass} } } } }`,
      ['model false'],
    ],
    ['gRPC', `server { listen 80; location / { grpc_pass grpc://127.0.0.1:8000; } }`, ['model false']],
    ['a question', `server { listen 80; auth_request /a; location / { ${pass} } }`, ['model true']],
    [
      'a question not asked here',
      `server { listen 80; auth_request /a; location / { auth_request off; ${pass} } }`,
      ['model false'],
    ],
    [
      'a question the file answers',
      `server { listen 80; auth_request /a; location / { ${pass} } location /a { return 200; } }`,
      ['model false'],
    ],
    ['either of two', `server { listen 80; satisfy any; allow all; ${users} location / { ${pass} } }`, ['model false']],
    [
      'addresses or users',
      `server { listen 80; satisfy any; allow 10.0.0.0/24; deny all; ${users} location / { ${pass} } }`,
      ['model ?'],
    ],
    [
      'the loopback or users',
      `server { listen 80; satisfy any; allow 127.0.0.1; deny all; ${users} location / { ${pass} } }`,
      ['model true'],
    ],
    [
      'half of all addresses or users',
      `server { listen 80; satisfy any; allow 0.0.0.0/1; ${users} location / { ${pass} } }`,
      ['model false'],
    ],
    [
      'users or what is always so',
      `server { listen 80; satisfy any; auth_request /a; ${users} location / { ${pass} } location = /a { return 204; } }`,
      ['model false'],
    ],
    ['users', `server { listen 80; ${users} location / { ${pass} } }`, ['model true']],
    ['users nobody lists', `server { listen 80; auth_basic x; location / { ${pass} } }`, ['model false']],
    [
      'users but here',
      `server { listen 80; ${users} location / { location /v1 { auth_basic off; ${pass} } } }`,
      ['model false'],
    ],
    [
      'users by a variable',
      `server { listen 80; auth_basic $realm; auth_basic_user_file u; location / { ${pass} } }`,
      ['model ?'],
    ],
    ['nobody', `server { listen 80; deny all; location / { ${pass} } }`, []],
    ['the pod alone', `server { listen 80; location / { allow 127.0.0.0/8; allow ::1; deny all; ${pass} } }`, []],
    ['nobody, but here', `server { listen 80; deny all; location / { allow all; ${pass} } }`, ['model false']],
    ['everybody first', `server { listen 80; allow all; deny all; location / { ${pass} } }`, ['model false']],
    ['some addresses', `server { listen 80; allow 10.0.0.0/8; deny all; location / { ${pass} } }`, ['model false']],
    ['all but one', `server { listen 80; deny 10.0.0.1; location / { ${pass} } }`, ['model false']],
    [
      'an address callers say',
      `server { listen 80; set_real_ip_from 0.0.0.0/0; allow 127.0.0.1; deny all; location / { ${pass} } }`,
      ['model false'],
    ],
    [
      'nobody without a key',
      `server { listen 80; satisfy any; deny all; ${users} location / { ${pass} } }`,
      ['model true'],
    ],
    [
      'other methods refused',
      `server { listen 80; location / { limit_except GET POST { deny all; } ${users} ${pass} } }`,
      ['model true'],
    ],
    [
      'other methods refused, no users',
      `server { listen 80; location / { limit_except GET POST { deny all; } ${pass} } }`,
      ['model false'],
    ],
    [
      'what posts left out',
      `server { listen 80; ${users} location / { limit_except GET { auth_basic off; } ${pass} } }`,
      ['model false'],
    ],
    ['what posts asked', `server { listen 80; location / { limit_except GET { ${users} } ${pass} } }`, ['model ?']],
    [
      'what posts refused',
      `server { listen 80; location / { limit_except GET { deny all; } ${users} ${pass} } }`,
      ['model true'],
    ],
    [
      'all methods refused',
      `server { listen 80; deny all; location / { limit_except GET { deny all; } ${pass} } }`,
      [],
    ],
    [
      'a limit of the location around, which holds there only',
      `server { listen 80; location / { limit_except GET { deny all; } location /v1 { ${pass} } } }`,
      ['model false'],
    ],
    [
      'a key compared in the location around',
      `server { listen 80; location / { if ($http_authorization != "Bearer x") { return 401; } location /v1 { ${pass} } } }`,
      ['model false'],
    ],
    [
      'an answer of the location around',
      `server { listen 80; location / { return 404; location /v1 { ${pass} } } }`,
      ['model false'],
    ],
    ['an answer of the server', `server { listen 80; return 404; location / { location /v1 { ${pass} } } }`, []],
    [
      'what tells of health',
      `server { listen 80; location = /health { ${pass} } location /metrics { ${pass} } location ^~ /up { proxy_pass http://127.0.0.1:8000/ping; } }`,
      ['probe false', 'probe false', 'probe false'],
    ],
    [
      'what only seems to',
      `server { listen 80; location /health { proxy_pass http://127.0.0.1:8000/; } location ~ /health { ${pass} } location /ping { rewrite ^/ping(.*) $1 break; ${pass} } }`,
      ['model false', 'model false', 'model false'],
    ],
    [
      'health as a name of all',
      `server { listen 80; location / { proxy_pass http://127.0.0.1:8000/health; } location @health { ${pass} } }`,
      ['probe false', 'model false'],
    ],
    [
      'certificates',
      `server { listen 443 ssl; ${tls} ssl_verify_client on; location / { ${pass} } }`,
      ['model+TLSv1.2 true'],
    ],
    [
      'certificates that may be left out',
      `server { listen 443 ssl; ${tls} ssl_verify_client optional; location / { ${pass} } }`,
      ['model+TLSv1.2 false'],
    ],
    [
      'certificates that may be left out and are asked for',
      `server { listen 443 ssl; ${tls} ssl_verify_client optional; location / { if ($ssl_client_verify != SUCCESS) { return 403; } ${pass} } }`,
      ['model+TLSv1.2 true'],
    ],
    [
      'a key compared',
      `server { listen 80; if ($http_authorization != "Bearer \${KEY}") { return 401; } location / { ${pass} } }`,
      ['model true'],
    ],
    [
      'a key that is there',
      `server { listen 80; if ($http_authorization = "") { return 401; } location / { ${pass} } }`,
      ['model false'],
    ],
    ['a key in a map', `server { listen 80; if ($known = 0) { return 401; } location / { ${pass} } }`, ['model ?']],
    [
      'a method refused',
      `server { listen 80; if ($request_method !~ POST) { return 405; } location / { ${pass} } }`,
      ['model false'],
    ],
    ['code', `server { listen 80; js_access a.b; location / { ${pass} } }`, ['model ?']],
    [
      'a key put in',
      `server { listen 80; location / { proxy_set_header authorization "Bearer x"; ${pass} } }`,
      ['model false adds true'],
    ],
    [
      'a key handed on',
      `server { listen 80; location / { proxy_set_header Authorization $http_authorization; ${pass} } }`,
      ['model false'],
    ],
    [
      'a key of a map',
      `server { listen 80; location / { proxy_set_header Authorization $key; ${pass} } }`,
      ['model false adds ?'],
    ],
    [
      'signs in quotes and comments',
      `server { # listen 80; {\n listen '443' ssl; ${tls} location ~ "^/a{2};" { add_header X "}\\"{"; ${pass} } }`,
      ['model+TLSv1.2 false'],
    ],
    ['what is no configuration', `server { listen 80; location / { ${pass} }`, ['more']],
    ['Lua in the file', `server { listen 443 ssl; access_by_lua_block { ngx.exit(403) } }`, ['more']],
    ['blocks in each other', `${'a { '.repeat(50)}${'} '.repeat(50)}`, ['more']],
  ];
  for (const [what, config, expected] of cases)
    it(`${what}: ${expected.join(', ') || 'none'}`, () => assert.deepEqual(ways(config), expected));

  const whole = `http { include mime.types; include conf.d/*.conf; server { listen 443 ssl; ${tls} location / { ${pass} } } }`;
  const named: readonly [
    what: string,
    files: Record<string, string>,
    proxy: string,
    mount: string,
    expected: number | '?',
  ][] = [
    ['the main file', { 'nginx.conf': whole }, 'image: nginx', '/etc/nginx/nginx.conf, subPath: nginx.conf', 1],
    ['a file that is named', { 'x.conf': whole }, 'command: [nginx, -c, /x/x.conf]', '/x', 1],
    ['a file that is named and not there', { 'x.conf': whole }, 'command: [nginx, -c, /x/y.conf]', '/x', '?'],
    ['a file of the image', { 'x.conf': whole }, 'command: [nginx, -c, /y/x.conf]', '/x', '?'],
    [
      'a template',
      { 'a.template': `server { listen 80; location / { ${pass} } }` },
      'image: nginx',
      '/etc/nginx/templates',
      1,
    ],
    [
      'an included file',
      {
        'nginx.conf': 'http { include a.conf; }',
        'a.conf': 'server { location / { proxy_pass http://127.0.0.1:8000; } }',
      },
      'image: nginx',
      '/etc/nginx',
      1,
    ],
    [
      'a file that includes itself',
      { 'nginx.conf': 'http { include nginx.conf; }' },
      'image: nginx',
      '/etc/nginx',
      '?',
    ],
    [
      'an included file of the image',
      { 'nginx.conf': 'http { include /opt/a.conf; }' },
      'image: nginx',
      '/etc/nginx',
      '?',
    ],
    ['what its image has', { 'nginx.conf': 'http { include conf.d/*.conf; }' }, 'image: nginx', '/x, subPath: y', '?'],
    [
      'what its image has beside nothing',
      { 'nginx.conf': 'http { include conf.d/*.conf; }' },
      'image: nginx',
      '/etc/nginx/nginx.conf, subPath: nginx.conf',
      '?',
    ],
    ['no file', { 'x.conf': whole }, 'image: nginx', '/x', '?'],
    ['another folder', { 'nginx.conf': whole }, 'args: [nginx, -p, /x]', '/x', '?'],
    [
      'a stream',
      { 'nginx.conf': `stream { server { listen 443 ssl; ${tls} proxy_pass 127.0.0.1:8000; } }` },
      'image: openresty',
      '/etc/nginx',
      1,
    ],
    ['another program', { 'envoy.yaml': 'a: b' }, 'image: envoyproxy/envoy', '/etc/envoy', '?'],
    ['an exporter', { 'a.conf': '' }, 'image: nginx-prometheus-exporter', '/x', '?'],
  ];
  for (const [what, files, proxy, mount, expected] of named)
    it(`${what}: ${expected}`, () => {
      const found = front(files, proxy, mount);
      assert.deepEqual(found.whole === true ? (found.ways as unknown[]).length : found.whole, expected);
    });

  it('reads long and hostile texts in no time', () => {
    for (const part of [
      'a{',
      '"',
      "'",
      '\\',
      '#',
      'server{listen 80;location /{proxy_pass http://a;}}',
      '${',
      '};',
      'a b;',
    ]) {
      const start = performance.now();
      front({ 'a.conf': part.repeat(Math.ceil(200_000 / part.length)) });
      front({ 'a.conf': part.repeat(Math.ceil(90_000 / part.length)) });
      const taken = performance.now() - start;
      assert.ok(taken < 2000, `${part}: ${taken}`);
    }
    const server = `server{${'listen 80;'.repeat(3000)}${'location /{proxy_pass http://$a$b;}'.repeat(1500)}}`;
    const start = performance.now();
    front({ 'a.conf': server });
    assert.ok(performance.now() - start < 2000);
  });
});
