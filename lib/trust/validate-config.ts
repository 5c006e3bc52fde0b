import { HALF_LIVES, LAYERS, SOURCE_CLASSES, type SignalKind, type TrustConfig } from './types';

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function isShare(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= 1;
}

function kindErrors(key: string, kind: SignalKind): string[] {
  const errors: string[] = [];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) errors.push(`${key}: ${sentence}`);
  };
  expect(key.startsWith(`${kind.layer}.`), 'the key begins with its layer.');
  expect(Number.isFinite(kind.weight) && kind.weight >= 0, 'the weight is a number, 0 or more.');
  expect(kind.label.trim() !== '', 'the label is a sentence.');
  if (kind.sign === 'positive') return errors;
  expect(Number.isFinite(kind.alarm) && kind.alarm >= 0, 'the alarm is a number, 0 or more.');
  expect(
    kind.actsAbove === undefined || (kind.actsAbove >= 0 && kind.actsAbove < 1),
    'the magnitude it acts above lies between 0 and 1.',
  );
  if (kind.drain) expect(isShare(kind.drain.share), 'the share that drains lies between 0 and 1.');
  if (kind.shock)
    expect(
      kind.shock.ceiling > 0 && kind.shock.ceiling < 1,
      'the ceiling of a shock lies between 0 and 1.',
    );
  return errors;
}

/** Silence must restore nothing, so no layer may forget its bad evidence sooner than its good evidence. */
function memoryErrors(config: TrustConfig): string[] {
  const kinds = Object.values(config.kinds);
  return LAYERS.flatMap((layer) => {
    const memory = (sign: SignalKind['sign']) =>
      kinds
        .filter((kind) => kind.layer === layer && kind.sign === sign)
        .map((kind) => config.halfLifeSeconds[kind.halfLife]);
    const fair = Math.min(...memory('negative')) >= Math.max(...memory('positive'));
    return fair
      ? []
      : [`The ${layer} layer forgets negative evidence sooner than positive evidence.`];
  });
}

/** What is wrong with a configuration, as sentences; empty when every guarantee of the model holds under it. */
export function validateConfig(config: TrustConfig): string[] {
  const errors = Object.entries(config.kinds).flatMap(([key, kind]) => kindErrors(key, kind));
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) errors.push(sentence);
  };
  const { alarm, sourceCap, drainHalfLifeSeconds: drain } = config;
  for (const name of HALF_LIVES)
    expect(isPositive(config.halfLifeSeconds[name]), `The ${name} half-life is above 0.`);
  const fastest = Math.min(...HALF_LIVES.map((name) => config.halfLifeSeconds[name]));
  expect(
    isPositive(drain) && drain < fastest,
    'A drain seeps in faster than any evidence is forgotten.',
  );
  expect(
    isPositive(alarm.halfLifeSeconds) && isPositive(alarm.threshold),
    'Alarms have a half-life and a threshold.',
  );
  for (const layer of LAYERS) {
    const { prior, weight } = config.layers[layer];
    expect(
      isPositive(prior) && isPositive(weight),
      `The ${layer} layer has a prior and a weight above 0.`,
    );
  }
  expect(
    isShare(config.baseRate) && config.baseRate < 0.3,
    'The base rate lies between 0 and 0.3: unknown is low.',
  );
  expect(
    Number.isFinite(config.caution) && config.caution >= 0,
    'The caution is 0 or more standard deviations.',
  );
  expect([1, 2, 4, 8].includes(config.softness), 'The softness is 1, 2, 4 or 8.');
  expect(isPositive(sourceCap.windowSeconds), 'The window of a source is above 0.');
  expect(
    isPositive(sourceCap.positive) && isPositive(sourceCap.negative),
    'The caps of a source are above 0.',
  );
  for (const name of SOURCE_CLASSES)
    expect(isShare(config.credit[name]), `The credit of "${name}" lies between 0 and 1.`);
  expect(config.credit.self === 0, "The agent's own word lifts nothing.");
  return [...errors, ...memoryErrors(config)];
}
