import { UntrustedText } from '@/components/ui/untrusted-text';
import type { SummaryPart } from './summary';

/** Belay's sentence about a call; names and values out of the arguments with what is invisible made visible, values in monospace. */
export function SummaryLine({ parts }: { parts: readonly SummaryPart[] }) {
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      <span key={index}>{part.text}</span>
    ) : (
      <UntrustedText key={index} text={part.text} mono={part.kind === 'value'} />
    ),
  );
}
