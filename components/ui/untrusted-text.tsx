import { Fragment } from 'react';
import { cx } from './class-names';
import { revealUntrusted } from './untrusted';

/**
 * Words of an agent or of a third party: never markup, never links, never loaded content. What is invisible or turns the
 * reading direction is shown as a labelled mark, and the text cannot change the direction of what is around it.
 */
export function UntrustedText({
  text,
  mono,
  className,
  block,
}: {
  text: string;
  mono?: boolean;
  className?: string;
  /** Keep line breaks, as a paragraph. */
  block?: boolean;
}) {
  return (
    <bdi
      dir="auto"
      className={cx(
        'wrap-anywhere',
        block && 'block whitespace-pre-wrap',
        mono && 'font-mono text-[12.5px]',
        className,
      )}
    >
      {revealUntrusted(text).map((segment, index) => (
        <Fragment key={index}>
          {segment.kind === 'text' ? (
            segment.text
          ) : (
            <UntrustedMark kind={segment.kind} label={segment.label} />
          )}
        </Fragment>
      ))}
    </bdi>
  );
}

/** The label that stands in place of a character nobody can see. */
export function UntrustedMark({ kind, label }: { kind: string; label: string }) {
  return (
    <span
      dir="ltr"
      data-untrusted-mark={kind}
      className="mx-0.5 inline-block indent-0 rounded-sm border border-dashed border-sev-2 bg-sev-2-soft px-1 align-baseline font-sans text-[11px] leading-4 font-medium text-sev-2"
    >
      {label}
    </span>
  );
}
