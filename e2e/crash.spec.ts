import { rmSync } from 'node:fs';
import { crash, crashScene, type CrashScene } from '@/lib/cli/bench/crash/round';
import { expect, test } from './fixtures';

const AGENTS = 8;
let scene: CrashScene;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  scene = await crashScene(AGENTS);
});

test.afterAll(async () => {
  await scene.belay.stop();
  rmSync(scene.belay.home, { recursive: true, force: true });
});

for (const part of ['server', 'database'] as const)
  test(`what was acknowledged survives kill -9 of the ${part}, and the ledger is whole`, async () => {
    test.setTimeout(120_000);
    const after = await crash(scene, part);
    scene = after.scene;
    const { acknowledged, lost, ledger, awayMs } = after.result;
    test.info().annotations.push({
      type: 'crash',
      description: `${acknowledged} acknowledged, away ${Math.round(awayMs)} ms, ${ledger}`,
    });
    expect(lost).toEqual([]);
    expect(ledger).toMatch(/^default: whole, /);
  });
