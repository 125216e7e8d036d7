// Who may import whom. Each rule says why; test/layers.test.ts proves that each can fail.
const rooms = 'catalog|plan|render|manifest|check|live|evidence|report|io';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-stands-alone',
      comment: 'The nouns are what everything else speaks of: they import nothing of ours.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^(src/(?!model/)|node_modules|fs$|net$|child_process$)' },
    },
    {
      name: 'rooms-do-not-meet',
      comment: 'A room imports itself and the model; commands and sessions bring rooms together.',
      severity: 'error',
      from: { path: `^src/(${rooms})/` },
      to: { path: '^src/', pathNot: '^src/($1|model)/' },
    },
    {
      name: 'only-io-touches-the-world',
      comment:
        'Files, network, processes and the AWS SDK are behind one door, so that everything else is a function of its input.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(io|build)/' },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|os)$|@aws-sdk|@smithy',
      },
    },
    {
      name: 'only-commands-know-oclif',
      comment: 'The framework can be changed by changing the commands.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(commands/|(check|policy|key)-flags\\.ts$|cli\\.ts$|main\\.ts$|build/)' },
      to: { path: '@oclif' },
    },
    {
      name: 'nobody-imports-commands',
      comment: 'A command is an end, not a library.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/commands/' },
    },
    {
      name: 'build-is-for-building',
      comment: 'The build is no part of the program.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/build/' },
      to: { path: '^src/build/' },
    },
    {
      name: 'no-drawers',
      comment: 'A drawer hides what has no name yet.',
      severity: 'error',
      from: {},
      to: { path: '/(utils|util|helpers|helper|common|misc)[/.]', pathNot: 'node_modules' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/generated/' },
      to: { couldNotResolve: true, pathNot: '^(#generated/|sarif$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|src/generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'default'],
      extensions: ['.ts', '.js', '.cjs'],
    },
  },
};
