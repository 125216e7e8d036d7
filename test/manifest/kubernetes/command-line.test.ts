import assert from 'node:assert/strict';
import { property, read, resource } from './stream.js';

/** Properties of a container written as a YAML flow mapping. */
function seen(container: string, path: string): unknown {
  const manifest = read(`apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [${container}]}\n`);
  return property(resource(manifest, 'Pod/default/p/container/c'), path);
}

describe('the environment of a container', () => {
  const env = (list: string, more = '') => seen(`{name: c, env: ${list}${more}}`, 'environment');

  it('is by name, the last word counts', () => {
    assert.deepEqual(env('[{name: A, value: x}, {name: A, value: y}, {name: B}]'), { A: 'y', B: '' });
  });

  it('fills in variables as the kubelet does', () => {
    assert.deepEqual(env('[{name: A, value: x}, {name: B, value: "$(A)-$(NO)-$$(A)"}]'), { A: 'x', B: 'x-$(NO)-$(A)' });
  });

  it('is unknown where it comes from elsewhere', () => {
    assert.deepEqual(env('[{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}, {name: B, value: "t-$(A)"}]'), {
      A: '?',
      B: 't-?',
    });
    assert.equal(seen('{name: c, envFrom: [{secretRef: {name: s}}]}', 'environment.ANY'), '?');
    assert.equal(seen('{name: c}', 'environment.ANY'), undefined);
  });
});

describe('the environment a script changes', () => {
  const env = (command: string) => seen(`{name: c, command: ${command}, env: [{name: A, value: x}]}`, 'environment');

  it('is what it exports, where that is known', () => {
    assert.deepEqual(env('[sh, -c, "export A=y B=z; vllm serve m"]'), { A: 'y', B: 'z' });
    assert.deepEqual(env('[sh, -c, "export A=$(date); vllm serve m"]'), { A: '?' });
    assert.deepEqual(env('[sh, -c, "export A=y; export A=z; vllm serve m"]'), { A: '?' });
  });

  it('is unknown where it sets a variable for one of its commands, or takes it away', () => {
    assert.deepEqual(env('[sh, -c, "A=y vllm serve m"]'), { A: '?' });
    assert.deepEqual(env('[sh, -c, "B=1 vllm serve m"]'), { A: 'x', B: '?' });
    assert.deepEqual(env('[sh, -c, "unset A; vllm serve m"]'), { A: '?' });
    assert.deepEqual(env('[sh, -c, "env -u A vllm serve m"]'), { A: '?' });
  });

  it('is what env says before a program', () => {
    assert.deepEqual(env('[env, A=y, vllm, serve, m, C=1]'), { A: 'y' });
    assert.deepEqual(env('[/usr/bin/env, -u, A, vllm, serve, m]'), { A: '?' });
  });
});

describe('a script for the shell an image starts', () => {
  it('is taken apart like one for a shell that is named', () => {
    const script = 'export A=y; exec vllm serve m --trust-remote-code';
    for (const flag of ['-c', '-lc']) {
      const container = `{name: c, image: mine, args: [${flag}, "${script}"]}`;
      assert.equal(seen(container, 'server'), 'vllm');
      assert.equal(seen(container, 'options.trust-remote-code'), true);
      assert.deepEqual(seen(container, 'environment'), { A: 'y' });
    }
  });

  it('is none behind a program that is named, or without a script', () => {
    assert.equal(seen('{name: c, image: mine, command: [run], args: [-c, "vllm serve m"]}', 'server'), undefined);
    assert.deepEqual(seen('{name: c, image: mine, args: [-c]}', 'arguments'), ['-c']);
    assert.deepEqual(seen('{name: c, image: mine, args: [--c, x]}', 'arguments'), ['--c', 'x']);
  });
});

describe('what a command line assigns', () => {
  const assigned = (command: string) =>
    seen(
      `{name: c, command: ${command}, env: [{name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]}`,
      'assignments',
    );

  it('is each word of that form, in a script or outside', () => {
    assert.deepEqual(assigned('[env, A=x, run, --env=B=y]'), [
      { name: 'A', value: 'x' },
      { name: 'B', value: 'y' },
    ]);
    assert.deepEqual(assigned('[sh, -c, "export A=x; A=\'y z\' run"]'), [
      { name: 'A', value: 'x' },
      { name: 'A', value: 'y z' },
    ]);
    assert.deepEqual(assigned('[run, a]'), []);
  });

  it('is unknown where it is worked out, wholly or in part', () => {
    const open = [{ name: 'A', value: '?' }];
    for (const value of ['$(date)', '\\"`date`\\"', '$B', 'x$B', '\\"x $(cat f)\\"'])
      assert.deepEqual(assigned(`[sh, -c, "export A=${value}"]`), open, value);
    assert.deepEqual(assigned('[env, A=$(S), run]'), open);
  });

  it('is found in a script that is known in part', () => {
    assert.deepEqual(assigned('[sh, -c, "export A=x B=$(S)"]'), [
      { name: 'A', value: 'x' },
      { name: 'B', value: '?' },
    ]);
  });
});

describe('the command line of a container', () => {
  /** A container → the words and options seen. */
  const lines: readonly [what: string, container: string, words: unknown[], options: Record<string, unknown>][] = [
    [
      'plain',
      '{args: [--model, m, --port=80, --trust_remote_code]}',
      ['--model', 'm', '--port', '80', '--trust_remote_code'],
      { model: 'm', port: '80', 'trust-remote-code': true },
    ],
    [
      'a shell',
      '{command: [/bin/sh, -c, "set -e; exec vllm serve m \\\\\\n --a \'b c\' # --no"]}',
      ['set', '-e', 'exec', 'vllm', 'serve', 'm', '--a', 'b c'],
      { model: 'm', a: 'b c' },
    ],
    [
      'a shell with its script in args',
      '{command: [bash, -lc], args: ["vllm serve --x"]}',
      ['vllm', 'serve', '--x'],
      { x: true },
    ],
    [
      'a quoted variable',
      '{command: [sh, -c, "vllm --a \\"$A\\""], env: [{name: A, value: q r}]}',
      ['vllm', '--a', 'q r'],
      { a: 'q r' },
    ],
    [
      'a bare variable of several words',
      '{command: [sh, -c, "vllm $A"], env: [{name: A, value: --b c}]}',
      ['vllm', '--b', 'c'],
      { b: 'c' },
    ],
    ['an unknown bare variable', '{command: [sh, -c, "vllm $A"]}', ['vllm', '?', '…'], {}],
    ['an unknown quoted flag value', '{command: [sh, -c, "vllm --k=\\"$A\\""]}', ['vllm', '--k'], { k: '?' }],
    ['a script file', '{command: [/start.sh, --a]}', ['/start.sh', '--a', '…'], { a: true }],
    ['a shell that runs a file', '{command: [bash, /start.sh]}', ['bash', '/start.sh', '…'], {}],
    ['nothing', '{image: i}', ['…'], {}],
    [
      'a shell behind another program',
      '{command: [tini, --, bash, -c, "vllm serve m --x"]}',
      ['tini', '--', 'vllm', 'serve', 'm', '--x'],
      { model: 'm', x: true },
    ],
    [
      'a shell with an option that takes a word',
      '{command: [bash, -eo, pipefail, -c, "vllm serve m"]}',
      ['vllm', 'serve', 'm'],
      { model: 'm' },
    ],
    [
      'a shell in a shell',
      `{command: [sh, -c, "exec bash -c 'vllm serve m --x'"]}`,
      ['exec', 'vllm', 'serve', 'm', '--x'],
      { model: 'm', x: true },
    ],
    [
      'a script that is put together',
      `{command: [sh, -c, "eval 'vllm serve m --x'"]}`,
      ['vllm', 'serve', 'm', '--x'],
      { model: 'm', x: true },
    ],
    ['a shell of another user', `{command: [su, me, -c, "vllm serve m"]}`, ['vllm', 'serve', 'm'], { model: 'm' }],
    ['a shell in the arguments', '{args: [bash, -c, "vllm serve m"]}', ['vllm', 'serve', 'm'], { model: 'm' }],
    ['a script behind another program', '{command: [tini, --, /start.sh]}', ['tini', '--', '/start.sh', '…'], {}],
    [
      'a variable the script sets itself',
      '{command: [sh, -c, "A=--b; vllm serve m $A"], env: [{name: A, value: x}]}',
      ['A=--b', 'vllm', 'serve', 'm', '?', '…'],
      { model: 'm' },
    ],
    [
      'a server beside another program',
      '{command: [sh, -c, "other --host a --x & vllm serve m --y 2>&1 | tee --z f"]}',
      ['other', '--host', 'a', '--x', 'vllm', 'serve', 'm', '--y', 'tee', '--z', 'f'],
      { model: 'm', y: true },
    ],
    [
      'a server with the arguments of its shell',
      `{command: [sh, -c, 'vllm serve m "$@"; echo'], args: [sh, --x]}`,
      ['vllm', 'serve', 'm', '$@', 'echo', 'sh', '--x'],
      { model: 'm', x: true },
    ],
    [
      'a server whose output goes elsewhere',
      '{command: [sh, -c, "vllm serve --port 80 >/log 2>&1 --x </dev/null"]}',
      ['vllm', 'serve', '--port', '80', '--x'],
      { port: '80', x: true },
    ],
    [
      'what a controller puts in',
      '{command: [sh, -c, "run --size=$(LWS_GROUP_SIZE) --at $LWS_LEADER_ADDRESS --name $HOSTNAME"]}',
      ['run', '--size', 'LWS_GROUP_SIZE', '--at', 'LWS_LEADER_ADDRESS', '--name', 'HOSTNAME'],
      { size: 'LWS_GROUP_SIZE', at: 'LWS_LEADER_ADDRESS', name: 'HOSTNAME' },
    ],
    [
      'a model behind the flags',
      '{command: [vllm, serve, --port, "80", org/m]}',
      ['vllm', 'serve', '--port', '80', 'org/m'],
      { model: 'org/m', port: '80' },
    ],
    [
      'a word that may be the value of a flag or the model',
      '{command: [vllm, serve, --x, org/m]}',
      ['vllm', 'serve', '--x', 'org/m'],
      { model: '?', x: 'org/m' },
    ],
    [
      'a secret in an argument',
      '{args: [--k=$(S)], env: [{name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]}',
      ['--k'],
      { k: '?' },
    ],
  ];
  for (const [what, container, words, options] of lines) {
    it(`of ${what}`, () => {
      const named = container.replace('{', '{name: c, ');
      assert.deepEqual(seen(named, 'arguments'), words);
      assert.deepEqual(seen(named, 'options'), options);
    });
  }

  it('that is long is not taken apart', () => {
    assert.deepEqual(seen(`{name: c, command: [sh, -c, "${'a '.repeat(20_000)}"]}`, 'arguments'), ['…']);
  });
});

describe('an unknown word', () => {
  const env = 'env: [{name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]';

  it('behind a flag that takes a value is no flag', () => {
    assert.deepEqual(seen(`{name: c, args: [--api-key, $(S), --x], ${env}}`, 'arguments'), ['--api-key', '--x']);
    assert.equal(seen(`{name: c, args: [--api-key, $(S), --x], ${env}}`, 'options.api-key'), '?');
  });

  it('anywhere else may be one', () => {
    assert.deepEqual(seen(`{name: c, args: [--enforce-eager, $(S)], ${env}}`, 'arguments'), ['--enforce-eager', '?']);
  });

  it('may stand in the file named by --config', () => {
    assert.deepEqual(seen('{name: c, args: [--config, /c.yaml]}', 'arguments'), ['--config', '/c.yaml', '…']);
  });
});

describe('what serves a model with vLLM', () => {
  const servers: readonly [container: string, is: boolean][] = [
    ['{image: "vllm/vllm-openai:v1"}', true],
    ['{image: "1.dkr.ecr.us-gov-west-1.amazonaws.com/vllm@sha256:00", args: [--model, m]}', true],
    ['{image: mirror/serving, command: [vllm, serve, m]}', true],
    ['{image: mirror/serving, command: [python3, -m, vllm.entrypoints.openai.api_server]}', true],
    ['{image: mirror/serving, command: [sh, -c, "vllm serve m"]}', true],
    ['{image: mirror/serving, args: [--model, m, --max-model-len, "4096"]}', true],
    ['{image: lmcache/vllm-router}', false],
    ['{image: vllm/vllm-openai, command: [sleep, "10"]}', false],
    ['{image: nginx, args: [--model, m]}', false],
    ['{image: vllm/vllm-openai, command: [python3, /app/serve.py]}', true],
    ['{image: vllm/vllm-openai, command: [python3, -u, serve.py]}', true],
    ['{image: vllm/vllm-openai, command: [python3, -c, "import x"]}', true],
    ['{image: vllm/vllm-openai, command: [python3, -m, app.serve]}', true],
    ['{image: vllm/vllm-openai, command: [tini, --, bash, /start.sh]}', true],
    ['{image: mirror/serving, command: [tini, --, bash, -c, "vllm serve m"]}', true],
    ['{image: mirror/serving, command: [ray, start, --block]}', false],
    ['{image: vllm/vllm-openai, command: [sh, -c, "bash /x/multi-node-serving.sh worker --a"]}', false],
    ['{image: vllm/vllm-openai, command: [sh, -c, "bash /x/multi-node-serving.sh leader; vllm serve m"]}', true],
  ];
  for (const [container, is] of servers) {
    it(`${container} ${is ? 'does' : 'does not'}`, () => {
      assert.equal(seen(container.replace('{', '{name: c, '), 'server'), is ? 'vllm' : undefined);
    });
  }
});

describe('what serves a model with another server', () => {
  const servers: readonly [container: string, is: boolean][] = [
    ['{image: "ghcr.io/huggingface/text-generation-inference:3", args: [--model-id, m]}', true],
    ['{image: "lmsysorg/sglang:v1"}', true],
    ['{image: mirror/serving, command: [/usr/bin/text-generation-launcher]}', true],
    ['{image: mirror/serving, command: [python3, -m, sglang.launch_server]}', true],
    ['{image: mirror/serving, command: [trtllm-serve, m]}', true],
    ['{image: lmsysorg/sglang, command: [sleep, "10"]}', false],
    ['{image: mirror/sglang-router}', false],
    ['{image: "ollama/ollama:0.9.0"}', true],
    ['{image: ollama/ollama, command: [sh, -c, "ollama serve & ollama pull m; wait"]}', true],
    ['{image: ollama/ollama, command: [ollama, pull, m]}', false],
    ['{image: mirror/ollama-exporter}', false],
    ['{image: "nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3"}', true],
    ['{image: "ghcr.io/huggingface/text-embeddings-inference:cpu-1.7"}', true],
    ['{image: "registry:5000/ggml-org/llama.cpp:server-cuda@sha256:0", args: [-m, /m]}', true],
    ['{image: "ghcr.io/ggml-org/llama.cpp:light"}', false],
    ['{image: "tensorflow/serving:2.19.0", args: [--model_name=m]}', true],
    ['{image: tensorflow/tensorflow}', false],
    ['{image: mirror/serving, command: [lmdeploy, serve, api_server, /m]}', true],
    ['{image: mirror/serving, command: [python3, -m, llama_cpp.server]}', true],
  ];
  for (const [container, is] of servers) {
    it(`${container} ${is ? 'does' : 'does not'}`, () => {
      assert.equal(seen(container.replace('{', '{name: c, '), 'server'), is ? 'other' : undefined);
    });
  }

  it('may be a sidecar, an init container that goes on running', () => {
    const pod = (more: string) =>
      read(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {initContainers: [{name: s, image: vllm/vllm-openai${more}}], containers: [{name: c, image: i}]}\n`,
      );
    const server = (more: string, path: string, address: string) =>
      property(resource(pod(more), `Pod/default/p/${address}`), path);
    assert.equal(server(', restartPolicy: Always', 'server', 'init/s'), 'vllm');
    assert.equal(server(', restartPolicy: Always', 'server', 'pod'), 'vllm');
    assert.equal(server('', 'server', 'init/s'), undefined);
    assert.equal(server('', 'server', 'pod'), undefined);
  });
});
