const PURE = '^lib/(trust|policy|provenance|ledger)/';
const TESTS = '\\.test\\.tsx?$|^e2e/|^lib/db/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'lib-never-imports-components',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^components/' },
    },
    {
      name: 'features-never-import-each-other',
      comment: 'ui, shell and trust (the glyph, the score number) are what features share.',
      severity: 'error',
      from: { path: '^components/([^/]+)/', pathNot: '^components/shell/' },
      to: { path: '^components/([^/]+)/', pathNot: '^components/($1|ui|shell|trust)/' },
    },
    {
      name: 'primitives-know-no-feature',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/', pathNot: '^components/ui/' },
    },
    {
      name: 'pure-folders-import-only-pure-code',
      comment: 'The engines take data, configuration and the time; they reach for nothing.',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: { path: '^(lib|app|components|prisma)/', pathNot: `${PURE}|^lib/contracts/` },
    },
    {
      name: 'pure-folders-use-no-platform',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: {
        path: 'node_modules/(@?prisma|next|next-auth|pg|react|undici)(/|$)|^(node:)?(fs|net|http|https|child_process|os|process|timers|worker_threads)(/|$)',
      },
    },
    {
      name: 'one-door-to-cedar',
      comment:
        'lib/policy/cedar.ts sets a flag of V8 without which calls into wasm can end the process.',
      severity: 'error',
      from: { pathNot: '^lib/policy/cedar[.]ts$' },
      to: { path: 'node_modules/@cedar-policy/' },
    },
    {
      name: 'contracts-are-safe-everywhere',
      severity: 'error',
      from: { path: '^lib/contracts/', pathNot: TESTS },
      to: { path: '^lib/(?!contracts/)|^(node:)?(fs|net|http|child_process|crypto|os)(/|$)' },
    },
    {
      name: 'components-reach-the-server-only-over-http',
      comment: 'Types of the wire come from lib/contracts, calls go through lib/client.',
      severity: 'error',
      from: { path: '^components/', pathNot: TESTS },
      to: {
        path: '^lib/',
        pathNot: '^lib/(client|contracts|trust)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-server-opens-the-database',
      severity: 'error',
      from: { path: '^(components|lib/(client|contracts|env))/', pathNot: TESTS },
      to: { path: '^lib/(db|decide|services|auth|http)/' },
    },
    {
      name: 'the-package-for-agents-stands-alone',
      comment:
        'lib/client/agent is installed by others: nothing of the server, not even its types, is in it.',
      severity: 'error',
      from: { path: '^lib/client/agent/', pathNot: TESTS },
      to: {
        path: '^(app|components|e2e|lib|prisma)/|node_modules/|^(node:)?(fs|net|http|https|crypto|os|process|timers|child_process)(/|$)',
        pathNot: '^lib/client/agent/|node_modules/(jose|canonicalize)/',
      },
    },
    {
      name: 'infrastructure-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/(db|env)/', pathNot: TESTS },
      to: { path: '^lib/', pathNot: '^lib/(db|env)/' },
    },
    {
      name: 'the-gateway-reaches-belay-only-over-http',
      severity: 'error',
      from: { path: '^lib/gateway/', pathNot: `${TESTS}|^lib/gateway/testing/` },
      to: { path: '^lib/', pathNot: '^lib/(gateway|contracts|client|ledger)/' },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: { path: '^lib/(services|decide)/', pathNot: TESTS },
      to: { path: '^lib/(http|cli|demo|client)/|node_modules/next(/|$)' },
    },
    {
      name: 'name-the-idea',
      comment: 'utils, helpers, misc and common say nothing about what is inside.',
      severity: 'error',
      from: {},
      to: { path: '/(utils?|helpers?|misc|common)[./]', pathNot: 'node_modules' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/db/generated/|^\\.next/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};

export default configuration;
