import { excerptOf } from './bounds';
import { FEATURES, type Feature } from './features';
import { rememberLast } from './prepared-text';
import type { InstructionSpan, Instructions } from './types';
import { viewsOf, type View } from './views';

/** Features this near to each other belong to one passage, in characters of normal text. */
const PASSAGE_GAP = 250;
const MAX_HITS = 2_000;
const MAX_SPANS = 32;
/** From here on a passage reads like an order to the assistant. */
const SPAN_THRESHOLD = 0.5;

interface Hit {
  readonly feature: Feature;
  readonly start: number;
  readonly end: number;
}

/**
 * Passages of an untrusted text that give orders to whoever reads it.
 *
 * No phrase list: each passage is scored by how many different features of an order it shows (`features.ts`), joined as
 * 1 - product of (1 - weight), so that one polite "please send" is nothing, and an order that addresses the assistant, puts
 * itself before the task and claims authority is nearly certain. Obfuscation is undone first (`normalise.ts`, `views.ts`).
 * The first 64 kB count. Linear in the length.
 */
export const detectInstructions = rememberLast((text): Instructions => {
  const found = viewsOf(text).flatMap((view) => spansIn(view, text));
  const spans = found
    .toSorted((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, MAX_SPANS);
  return { score: spans[0]?.score ?? 0, spans };
});

function spansIn(view: View, original: string): InstructionSpan[] {
  return passagesOf(hitsIn(view.text)).flatMap((hits) => {
    const features = [...new Set(hits.map(({ feature }) => feature))];
    const score = 1 - features.reduce((rest, { weight }) => rest * (1 - weight), 1);
    if (score < SPAN_THRESHOLD) return [];
    const start = Math.min(...hits.map((hit) => hit.start));
    const end = sentenceEnd(view.text, Math.max(...hits.map((hit) => hit.end)));
    const place = view.placeOf(start, end);
    const strongest = features.toSorted((a, b) => b.weight - a.weight)[0];
    return [
      {
        ...place,
        excerpt: excerptOf(original.slice(place.start, place.end), 400),
        indicator: strongest?.indicator ?? '',
        score,
      },
    ];
  });
}

function hitsIn(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const feature of FEATURES) {
    for (const match of text.matchAll(feature.pattern)) {
      if (hits.length >= MAX_HITS) return hits;
      hits.push({ feature, start: match.index, end: match.index + match[0].length });
    }
  }
  return hits;
}

function passagesOf(hits: readonly Hit[]): Hit[][] {
  const passages: Hit[][] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const current = passages.at(-1);
    const last = current?.at(-1);
    if (current === undefined || last === undefined || hit.start - last.end > PASSAGE_GAP) {
      passages.push([hit]);
    } else {
      current.push(hit);
    }
  }
  return passages;
}

/** What is ordered often follows the feature: the passage goes on to the end of its sentence, at most 300 characters. */
function sentenceEnd(text: string, from: number): number {
  const rest = text.slice(from, from + 300);
  const stop = rest.search(/[.!?](?:\s|$)/);
  return from + (stop === -1 ? rest.length : stop + 1);
}
