import next from 'eslint-config-next/core-web-vitals';
import tseslint from 'typescript-eslint';

const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only lib/env reads the environment.',
};

/** What would make a pure function depend on when or where it runs. */
const IMPURE = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]" },
  { selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']" },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']" },
].map((rule) => ({ ...rule, message: 'Pure folders get the time and chance as arguments.' }));

const TESTS = ['**/*.test.{ts,tsx}', 'e2e/**'];
const PLAIN_NODE = ['**/*.mjs'];

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      '.belay/**',
      'next-env.d.ts',
      'lib/db/generated/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  // A rule that has to be muted somewhere is the wrong rule.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...next,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      // A port's implementation may be immediate where its type is a promise.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', PROCESS_ENV],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'next/link',
              message: 'It asks the server ahead for every page in sight: components/ui/link.tsx.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['lib/{trust,policy,provenance,ledger}/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-restricted-syntax': ['error', PROCESS_ENV, ...IMPURE] },
  },
  {
    files: ['lib/env/index.ts', 'instrumentation.ts', '*.config.ts', ...PLAIN_NODE],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['lib/cli/**', 'docs/**/*.mjs'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{ts,tsx}'],
    // It tells that a library cannot be memoized by a compiler this project does not use.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    // No React here: `use...` is an ordinary verb.
    files: ['lib/**/*.ts', 'e2e/**'],
    ignores: ['lib/client/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  { files: TESTS, rules: { 'max-lines-per-function': 'off' } },
);
