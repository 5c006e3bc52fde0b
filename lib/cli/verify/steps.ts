import { hearTool, type Heard } from './command';
import { missingPaths } from './document-paths';

export interface VerifyStep {
  readonly name: string;
  readonly run: () => Promise<Heard>;
}

const LAYERED = ['app', 'components', 'lib', 'e2e', 'proxy.ts', 'instrumentation.ts'];

/** What is checked without running the program. As many as there are processors run at once; the longest begins. */
export const VERIFY_STEPS: readonly VerifyStep[] = [
  { name: 'lint', run: () => hearTool('eslint/bin/eslint.js', ['--max-warnings=0', '.']) },
  { name: 'types', run: () => hearTool('typescript/bin/tsc', ['--noEmit']) },
  { name: 'docs', run: checkDocuments },
  {
    name: 'layers',
    run: () =>
      hearTool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.mjs',
        ...LAYERED,
      ]),
  },
  { name: 'unused code', run: () => hearTool('knip/bin/knip.js', ['--no-progress']) },
  {
    name: 'format',
    run: () => hearTool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  },
];

async function checkDocuments(): Promise<Heard> {
  const missing = missingPaths(process.cwd()).map(
    ({ document, path }) => `${document} names ${path}: not there.\n`,
  );
  return { endedWell: missing.length === 0, said: missing.join('') };
}
