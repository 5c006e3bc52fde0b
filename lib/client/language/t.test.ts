import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { rich } from './rich';
import { speakWith, spokenNumber, withDecimalSign, type Catalogue } from './speech';
import { counted, t, texts } from './t';

const catalogue: Catalogue = {
  'Approved by {name}': 'Freigegeben von {name}',
  '{count} calls wait': { one: '{count} Aufruf wartet', other: '{count} Aufrufe warten' },
  'Set by {person}, {time}': '{time} von {person} gesetzt',
  Light: 'Hell',
};
const inGerman = () => speakWith(() => ({ language: 'de', catalogue }));
afterEach(() => speakWith(() => undefined));

describe('English', () => {
  it('is what stands in the source, with its values', () => {
    expect(t('Approved by {name}', { name: 'Ada' })).toBe('Approved by Ada');
    expect(counted(1, '{count} call waits', '{count} calls wait')).toBe('1 call waits');
    expect(counted(1_200, '{count} call waits', '{count} calls wait')).toBe('1,200 calls wait');
  });

  it('never reads a value as a sentence with placeholders of its own', () => {
    expect(t('Approved by {name}', { name: '{name} {x} $&' })).toBe('Approved by {name} {x} $&');
  });
});

describe('another language', () => {
  it('says the sentence of its catalogue', () => {
    inGerman();
    expect(t('Approved by {name}', { name: 'Ada' })).toBe('Freigegeben von Ada');
    expect(counted(1, '{count} call waits', '{count} calls wait')).toBe('1 Aufruf wartet');
    expect(counted(1_200, '{count} call waits', '{count} calls wait')).toBe('1.200 Aufrufe warten');
  });

  it('falls back to English for what its catalogue lacks', () => {
    inGerman();
    expect(t('Not translated {n}', { n: 1_000 })).toBe('Not translated 1.000');
    expect(counted(1, '{count} dog', '{count} dogs')).toBe('1 dog');
  });

  it('puts elements where it wants them', () => {
    inGerman();
    const sentence = rich('Set by {person}, {time}', {
      person: createElement('b', null, 'Ada'),
      time: 'gestern',
    });
    expect(renderToStaticMarkup(sentence)).toBe('gestern von <b>Ada</b> gesetzt');
  });

  it('is read from a table at the time of reading, not of loading', () => {
    const table = texts({ light: 'Light', dark: 'Dark' });
    expect(table.light).toBe('Light');
    inGerman();
    expect(table.light).toBe('Hell');
    expect(Object.entries(table)).toEqual([
      ['light', 'Hell'],
      ['dark', 'Dark'],
    ]);
  });

  it('writes its own numbers', () => {
    inGerman();
    expect(spokenNumber(1234.5, 2)).toBe('1.234,50');
    expect(withDecimalSign('0.69')).toBe('0,69');
  });
});
