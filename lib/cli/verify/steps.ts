import { runTool } from './command';
import { missingPaths } from './document-paths';

export interface VerifyStep {
  readonly name: string;
  readonly run: () => Promise<boolean>;
}

const LAYERED = ['app', 'components', 'lib', 'e2e', 'proxy.ts', 'instrumentation.ts'];

/** What is checked without running the program, quickest first. */
export const VERIFY_STEPS: readonly VerifyStep[] = [
  { name: 'docs', run: checkDocuments },
  {
    name: 'layers',
    run: () =>
      runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.mjs',
        ...LAYERED,
      ]),
  },
  { name: 'unused code', run: () => runTool('knip/bin/knip.js', ['--no-progress']) },
  {
    name: 'format',
    run: () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  },
  { name: 'types', run: () => runTool('typescript/bin/tsc', ['--noEmit']) },
  { name: 'lint', run: () => runTool('eslint/bin/eslint.js', ['--max-warnings=0', '.']) },
];

async function checkDocuments(): Promise<boolean> {
  const missing = missingPaths(process.cwd());
  for (const { document, path } of missing) console.error(`${document} names ${path}: not there.`);
  return missing.length === 0;
}
