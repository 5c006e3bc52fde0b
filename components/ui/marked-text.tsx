import { cx } from './class-names';
import { markedSegments, type TextPlace } from './marked-segments';
import { UntrustedText } from './untrusted-text';

export interface MarkedPlace extends TextPlace {
  /** What the place is, in a word or two: it stands in front of it, so that color is not all that tells it apart. */
  readonly label: string;
  /** `strong` for the exact words that matter, `soft` for the passage around them. */
  readonly look: 'strong' | 'soft';
}

/** Untrusted text with places in it marked, each with its label. */
export function MarkedText({ text, places }: { text: string; places: readonly MarkedPlace[] }) {
  return (
    <span className="font-mono text-[12.5px] leading-6 whitespace-pre-wrap wrap-anywhere text-ink">
      {markedSegments(text, places).map((segment, index) => {
        if (segment.inside.length === 0) return <UntrustedText key={index} text={segment.text} />;
        const strong = segment.inside.some(({ look }) => look === 'strong');
        return (
          <mark
            key={index}
            className={cx(
              'box-decoration-clone py-0.5 text-ink',
              strong
                ? 'rounded-xs bg-sev-2-soft font-semibold shadow-[inset_0_-2px_var(--sev-2)]'
                : 'bg-sev-2-soft',
            )}
          >
            {segment.begins.map(({ label }) => (
              <span
                key={label}
                dir="ltr"
                className="mr-1 inline-block rounded-xs bg-sev-2 px-1 align-baseline font-sans text-[11px] leading-4 font-medium text-surface select-none"
              >
                {label}
                <span className="sr-only">: </span>
              </span>
            ))}
            <UntrustedText text={segment.text} />
          </mark>
        );
      })}
    </span>
  );
}
